internal import CoSimulation
internal import InferencePlacement

/// The work of one class at a service node, by tick: the core that the strategies of the role share.
struct ServiceWork: Sendable {
    static let fields: [Field] = [
        .required(
            "demand", .map(.series(.nonNegative), keys: "workload classes"), unit: .requestsPerTick,
            "Requests of each class that arrive per tick (lambda, MODEL 1)."),
        .optional(
            "inputTokensPerRequest", .map(.series(.nonNegative), keys: "workload classes"), unit: .tokensPerRequest,
            "Input tokens of a request (n_in, MODEL 1); all four token settings stand in place of the class's energy."),
        .optional(
            "outputTokensPerRequest", .map(.series(.nonNegative), keys: "workload classes"), unit: .tokensPerRequest,
            "Output tokens of a request (n_out, MODEL 1)."),
        .optional(
            "energyWhPerInputToken", .map(.number(.nonNegative), keys: "workload classes"), unit: .wattHourPerToken,
            "IT energy of an input token (e_in, MODEL 1)."),
        .optional(
            "energyWhPerOutputToken", .map(.number(.nonNegative), keys: "workload classes"), unit: .wattHourPerToken,
            "IT energy of an output token (e_out, MODEL 1)."),
        .optional(
            "payloadKBPerToken", .map(.series(.nonNegative), keys: "workload classes"), unit: .kilobytePerToken,
            "Data of a token (beta, MODEL 2.7), in place of the class's."),
        .optional(
            "delayLimitSeconds", .map(.number(.positive), keys: "workload classes"), unit: .seconds,
            "Most delay of the node's work of a class in a tick (Delta_ik, MODEL 2.7), in place of the class's."),
    ]

    /// Index of the class.
    let workloadClass: Int
    private let setup: ServiceNodeSetup
    private let requests: Series
    private let tokens: TokenEnergy?
    private let payloadKBPerToken: Series?
    /// A line at the class's own energy, which most ticks copy.
    private let template: BidLine

    /// The work of a class with so many requests per tick.
    init(workloadClass: Int, requests: Series, tokens: TokenEnergy?, setup: ServiceNodeSetup) {
        let kind = setup.classes[workloadClass]
        self.workloadClass = workloadClass
        self.setup = setup
        self.requests = requests
        self.tokens = tokens
        payloadKBPerToken = setup.parameters.section("payloadKBPerToken").seriesIfPresent(kind.name)
        template = BidLine(
            workloadClass: workloadClass, requests: 0, arrivedRequests: 0,
            energyKWhPerRequest: kind.energyKWhPerRequest, workPerRequest: kind.workPerRequest,
            movableShare: kind.movableShare, valueUSDPerRequest: kind.valueUSDPerRequest,
            switchingUSDPerRequest: kind.switchingUSDPerRequest,
            delayLimitSeconds: setup.parameters.section("delayLimitSeconds").numberIfPresent(kind.name)
                ?? kind.delay.limitSeconds,
            delayUSDPerSecond: kind.delay.priceUSDPerSecond,
            options: setup.options(workloadClass: workloadClass, energyKWhPerRequest: kind.energyKWhPerRequest))
    }

    /// The line that bids all that arrives in a tick, with true friction (MODEL 1.5) for every allowed region.
    ///
    /// Where tokens state the energy of a request, its work goes up and down with it.
    func line(at tick: Int) -> BidLine {
        var line = template
        line.requests = requests[tick]
        line.arrivedRequests = line.requests
        line.forecastRequests = requests.horizon(
            from: tick + 1, count: setup.horizonTicks - 1, tickCount: setup.clock.tickCount)
        guard tokens != nil || payloadKBPerToken != nil else { return line }
        line.energyKWhPerRequest = tokens?.energyKWhPerRequest(at: tick) ?? line.energyKWhPerRequest
        line.options = setup.options(
            workloadClass: workloadClass, energyKWhPerRequest: line.energyKWhPerRequest,
            tokensPerRequest: tokens?.tokensPerRequest(at: tick), payloadKBPerToken: payloadKBPerToken?[tick])
        if template.energyKWhPerRequest > 0 {
            let ratio = line.energyKWhPerRequest / template.energyKWhPerRequest
            for index in line.workPerRequest.indices { line.workPerRequest[index] *= ratio }
        }
        return line
    }

    /// The work of all classes a node has demand for, ascending by class.
    static func all(setup: ServiceNodeSetup) throws(ParameterError) -> [ServiceWork] {
        let names = setup.classes.map(\.name)
        for setting in ["demand", "payloadKBPerToken", "delayLimitSeconds"] + TokenEnergy.settings {
            for entry in setup.parameters.section(setting).entries where !names.contains(entry.name) {
                throw ParameterError(
                    path: "\(setting).\(entry.name)", problem: "there is no workload class '\(entry.name)'",
                    remedy: "use one of \(names.joined(separator: ", "))")
            }
        }
        let demand = setup.parameters.section("demand")
        var works: [ServiceWork] = []
        for (k, name) in names.enumerated() where demand[name] != nil {
            let tokens = try TokenEnergy(
                workloadClass: name, parameters: setup.parameters, tickCount: setup.clock.tickCount)
            works.append(ServiceWork(workloadClass: k, requests: demand.series(name), tokens: tokens, setup: setup))
        }
        return works
    }
}
