internal import CoSimulation
internal import InferencePlacement

// Resources and workload classes.
extension ScenarioBuilder {
    /// Names of the resources; empty when they are wrong.
    func resources() -> [String] { root.texts(ifList: "resources") }

    /// The classes, in the order of the scenario; a faulty one stands with zeros in place of what is wrong.
    mutating func classes(resources: [String]) -> [WorkloadClass] {
        let relaxation = root.sectionIfGiven("latency")?.numberIfGiven("relaxationMilliseconds") ?? 0
        return root.sectionsIfGiven("classes").enumerated().map { index, section in
            workloadClass(section, "classes[\(index)]", resources: resources, relaxation: relaxation)
        }
    }

    private mutating func workloadClass(
        _ section: Parameters, _ path: String, resources: [String], relaxation: Double
    ) -> WorkloadClass {
        func number(_ name: String) -> Double { section.numberIfGiven(name) ?? 0 }
        let friction = Friction(
            payloadGBPerRequest: number("payloadGBPerRequest"), sessionStateGB: number("sessionStateGB"),
            requestsPerSession: section.numberIfGiven("requestsPerSession") ?? 1, coldStartUSD: number("coldStartUSD"),
            reliabilityUSDPerRequest: number("reliabilityUSDPerRequest"),
            surchargeUSDPerMWh: number("surchargeUSDPerMWh"))
        return WorkloadClass(
            name: section.textIfPresent("name") ?? "",
            latencyBudgetMilliseconds: number("latencyBudgetMilliseconds") + relaxation,
            clientLegMilliseconds: number("clientLegMilliseconds"),
            processingMilliseconds: number("processingMilliseconds"),
            queueingMilliseconds: number("queueingMilliseconds"), energyKWhPerRequest: energy(section, path),
            workPerRequest: work(section, path, resources: resources),
            movableShare: section.numberIfGiven("movableShare") ?? 1,
            valueUSDPerRequest: number("valueUSDPerRequest"), switchingUSDPerRequest: number("switchingUSDPerRequest"),
            deadlineHours: number("deadlineHours"), friction: friction, delay: delayTerms(section, path))
    }

    /// Delay, its limit and its price (MODEL 2.7, 2.8).
    private mutating func delayTerms(_ section: Parameters, _ path: String) -> DelayTerms {
        let regions = names(in: "regions")
        let plain = section.numberIfGiven("processingSecondsPerToken") ?? 0
        let given = section.sectionIfGiven("regionProcessingSecondsPerToken") ?? Parameters()
        for (name, _) in given.entries {
            _ = reference(name, regions, "\(path).regionProcessingSecondsPerToken.\(name)", "region")
        }
        let processing = regions.map { $0.flatMap { given.numberIfGiven($0) } ?? plain }
        let tokens = section.numberIfGiven("inputTokensPerRequest") ?? 0
        return DelayTerms(
            limitSeconds: section.numberIfGiven("delayLimitSeconds") ?? .infinity,
            priceUSDPerSecond: section.numberIfGiven("delayUSDPerSecond") ?? 0,
            tokensPerRequest: tokens + (section.numberIfGiven("outputTokensPerRequest") ?? 0),
            payloadKBPerToken: section.numberIfGiven("payloadKBPerToken") ?? 0,
            processingSecondsPerToken: processing.contains { $0 != 0 } ? processing : [])
    }

    private static let tokenFields = [
        "inputTokensPerRequest", "outputTokensPerRequest", "energyWhPerInputToken", "energyWhPerOutputToken",
    ]

    /// Energy of a request in kWh, from its own setting or from tokens (e_in n_in + e_out n_out).
    private mutating func energy(_ section: Parameters, _ path: String) -> Double {
        // What is no section at all has its fault already.
        if section.entries.isEmpty { return 0 }
        let whole = section.numberIfGiven("energyWhPerRequest")
        let given = ScenarioBuilder.tokenFields.filter { checker.isGiven("\(path).\($0)") }
        let isWholeGiven = checker.isGiven("\(path).energyWhPerRequest")
        if isWholeGiven && !given.isEmpty {
            fault(
                .conflictingKeys, "\(path).\(given[0])", "`energyWhPerRequest` and token settings exclude each other.",
                remedy: "Keep the energy of a request, or the four token settings.")
        } else if !isWholeGiven && given.isEmpty {
            fault(
                .missingKey, "\(path).energyWhPerRequest", "the energy of a request is missing.",
                remedy: "Give `energyWhPerRequest`, or the four of \(Excerpt.list(ScenarioBuilder.tokenFields)).")
        } else if !isWholeGiven {
            for name in ScenarioBuilder.tokenFields where !given.contains(name) {
                fault(
                    .missingKey, "\(path).\(name)", "`\(name)` is missing beside the other token settings.",
                    remedy: "Give all four.")
            }
        }
        let tokens = ScenarioBuilder.tokenFields.map { section.numberIfGiven($0) ?? 0 }
        return (whole ?? (tokens[0] * tokens[2] + tokens[1] * tokens[3])) / 1000
    }

    /// Work of a request per resource in the order of the resources, from its own setting or from tokens.
    private mutating func work(_ section: Parameters, _ path: String, resources: [String]) -> [Double] {
        let settings = ["acceleratorSecondsPerRequest", "acceleratorSecondsPerToken"]
        for setting in settings {
            for (name, _) in section.sectionIfGiven(setting)?.entries ?? []
            where !resources.isEmpty && !resources.contains(name) {
                fault(
                    .unknownReference, "\(path).\(setting).\(name)", value: name,
                    "there is no resource `\(Excerpt.brief(name, limit: 40))`.",
                    remedy: Suggestion.question(name, among: resources)
                        ?? "The resources are \(Excerpt.list(resources)).")
            }
        }
        let isByToken = checker.isGiven("\(path).\(settings[1])")
        if isByToken, checker.isGiven("\(path).\(settings[0])") {
            fault(
                .conflictingKeys, "\(path).\(settings[1])", "the work of a request and of a token exclude each other.",
                remedy: "Keep one of them.")
        }
        if isByToken, section.numberIfGiven("inputTokensPerRequest") == nil {
            fault(
                .missingKey, "\(path).inputTokensPerRequest", "token counts are missing beside the work of a token.",
                remedy: "Give the token settings, or the work of a request.")
        }
        let tokens =
            (section.numberIfGiven("inputTokensPerRequest") ?? 0)
            + (section.numberIfGiven("outputTokensPerRequest") ?? 0)
        let given = section.sectionIfGiven(isByToken ? settings[1] : settings[0]) ?? Parameters()
        return resources.map { (given.numberIfGiven($0) ?? 0) * (isByToken ? tokens : 1) }
    }
}

extension Parameters {
    /// The texts of a list, empty unless it is one.
    func texts(ifList name: String) -> [String] {
        guard case .list(let values)? = self[name] else { return [] }
        return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
}
