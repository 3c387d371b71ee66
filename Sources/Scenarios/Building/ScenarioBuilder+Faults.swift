internal import CoSimulation

// Faults of agents and messages, as data of the scenario.
extension ScenarioBuilder {
    /// The keys each kind of fault has beside those of all.
    private static let faultKeys = [
        "outage": [], "late-signals": ["delayTicks"], "lost-signals": ["probability"], "lost-bids": ["probability"],
        "slow": ["delaySeconds"],
    ]

    /// The faults of a scenario: those that change what happens, and those that change how long it takes.
    struct Faults {
        var ofExperiment: [AgentFault] = []
        var slowness: [RunOptions.Slowness] = []
    }

    /// The faults, in the order of the scenario.
    mutating func faults(_ clock: Clock?) -> Faults {
        let sections = root.sectionsIfGiven("faults")
        guard sections.count <= checker.limits.faults else {
            fault(.tooLarge, "faults", "there are more than \(checker.limits.faults) entries.", remedy: "Use fewer.")
            return Faults()
        }
        var faults = Faults()
        var seen: [String: String] = [:]
        for (index, section) in sections.enumerated() {
            let path = "faults[\(index)]"
            checkUnique(section.textIfPresent("name"), path + ".name", &seen)
            guard let kind = section.textIfPresent("kind"), let own = Self.faultKeys[kind] else { continue }
            checkKeys(of: kind, Self.faultKeys, path, "a fault")
            let agents = agents(section, kind, path)
            let ticks = ticks(section, path, clock, "fault")
            let amount = own.first.flatMap { section.numberIfGiven($0) }
            guard let agents, let ticks, amount != nil || own.isEmpty else { continue }
            if kind == "slow" {
                let names = allAgents()
                faults.slowness += agents.compactMap { names[$0] }.map {
                    RunOptions.Slowness(
                        agent: $0, fromTick: ticks.lowerBound, toTick: ticks.upperBound, seconds: amount!)
                }
            } else {
                faults.ofExperiment.append(
                    AgentFault(
                        name: section.textIfPresent("name") ?? "", agents: agents, ticks: ticks,
                        kind: Self.kind(kind, amount)))
            }
        }
        return faults
    }

    private static func kind(_ kind: String, _ amount: Double?) -> AgentFault.Kind {
        switch kind {
        case "outage": .outage
        case "late-signals": .lateSignals(delayTicks: Int(amount!))
        case "lost-signals": .lostSignals(probability: amount!)
        default: .lostBids(probability: amount!)
        }
    }

    /// Names of all agents by number; nil where one is wrong or missing.
    private func allAgents() -> [String?] {
        AgentRole.allCases.flatMap { names(in: ScenarioSchema.listKey($0)) }
    }

    /// The numbers of the agents a fault befalls, ascending; of a fault of messages that names none, all that have such
    /// messages.
    private mutating func agents(_ section: Parameters, _ kind: String, _ path: String) -> [Int]? {
        let names = allAgents()
        let operatorCount = self.names(in: ScenarioSchema.listKey(.gridOperator)).count
        let isOfMessages = !["outage", "slow"].contains(kind)
        guard checker.isGiven(path + ".agents") else {
            if isOfMessages { return Array(operatorCount..<max(operatorCount, names.count)) }
            fault(
                .missingKey, path + ".agents", "`agents` is missing, which a fault of kind \(kind) has.",
                remedy: "Add `agents:` with a list of names.")
            return nil
        }
        var found: Set<Int> = []
        for (place, name) in section.texts(ifList: "agents").enumerated() {
            let path = "\(path).agents[\(place)]"
            guard let number = reference(name, names, path, "agent") else { continue }
            if isOfMessages, number < operatorCount {
                fault(
                    .noEffect, path, value: name, "grid operators get no signals and make no bids.",
                    remedy: "Name compute regions or service nodes, or use `kind: outage`.")
            } else if !found.insert(number).inserted {
                fault(.duplicateName, path, value: name, "the agent is named twice.", remedy: "Name it once.")
            }
        }
        return found.isEmpty ? nil : found.sorted()
    }
}
