internal import CoSimulation
internal import InferencePlacement

// Agents with their places in the experiment.
extension ScenarioBuilder {
    /// All agents.
    struct Sites {
        var gridOperators: [GridOperatorSite]
        var regions: [ComputeRegionSite]
        var services: [ServiceNodeSite]
    }

    /// The agents; nil when what ties them together is wrong.
    mutating func sites(classes: [WorkloadClass]) -> Sites? {
        let operators = root.sectionsIfGiven("gridOperators").map { section in
            GridOperatorSite(agent: agent(section, .gridOperator), location: location(section))
        }
        let regions = regions()
        let homes = homes()
        checkClassNames(classes)
        let count = homes.count * regions.count
        guard count == 0 || classes.count <= checker.limits.placements / count else {
            fault(
                .tooLarge, "services",
                "service nodes times regions times classes are more than \(checker.limits.placements).",
                remedy: "Use fewer of one of them.")
            return nil
        }
        let roundTrips = roundTrips()
        let egress = egress(homes: homes)
        let permitted = permitted(classes: classes, homes: homes)
        let bandwidths = bandwidths(serviceCount: homes.count)
        let propagations = propagations(roundTrips, serviceCount: homes.count)
        guard checker.log.isClean, let roundTrips, let egress, let permitted, let bandwidths, let propagations else {
            return nil
        }
        let sections = root.sectionsIfGiven("services")
        let services = sections.indices.compactMap { index -> ServiceNodeSite? in
            guard let home = homes[index] else { return nil }
            return ServiceNodeSite(
                agent: agent(sections[index], .serviceNode), home: home, location: location(sections[index]),
                roundTripMilliseconds: roundTrips[index], egressUSDPerGB: egress[index], permitted: permitted[index],
                bandwidthMbitPerSecond: bandwidths[index], propagationSeconds: propagations[index])
        }
        return Sites(gridOperators: operators, regions: regions.compactMap(\.self), services: services)
    }

    /// Name, strategy, and the settings that are the strategy's own.
    private func agent(_ section: Parameters, _ role: AgentRole) -> AgentSite {
        if let foreign = section.sectionIfGiven("strategy") {
            return AgentSite(
                name: section.textIfPresent("name") ?? "", strategy: foreign.textIfPresent("name") ?? "",
                isForeign: true, parameters: foreign.sectionIfGiven("parameters") ?? Parameters())
        }
        var parameters = section
        for field in ScenarioSchema.agentFields(role) { parameters[field.name] = nil }
        return AgentSite(
            name: section.textIfPresent("name") ?? "", strategy: section.textIfPresent("strategy") ?? "",
            parameters: parameters)
    }

    /// What is done when agents are lost that say so, by name.
    func lossPolicies() -> [String: RunOptions.LossPolicy] {
        var policies: [String: RunOptions.LossPolicy] = [:]
        for section in AgentRole.allCases.flatMap({ root.sectionsIfGiven(ScenarioSchema.listKey($0)) }) {
            guard let name = section.textIfPresent("name") else { continue }
            policies[name] = section.textIfPresent("onLoss").flatMap(RunOptions.LossPolicy.init)
        }
        return policies
    }

    /// How foreign agents come into a run, by name.
    func launches() -> [String: RunOptions.Launch] {
        var launches: [String: RunOptions.Launch] = [:]
        for section in AgentRole.allCases.flatMap({ root.sectionsIfGiven(ScenarioSchema.listKey($0)) }) {
            guard let name = section.textIfPresent("name"), let strategy = section.sectionIfGiven("strategy") else {
                continue
            }
            launches[name] = strategy["exec"] == nil ? .byHand : .command(strategy.texts("exec"))
        }
        return launches
    }

    private func location(_ section: Parameters) -> Location? {
        guard let place = section.sectionIfGiven("location"), let latitude = place.numberIfGiven("latitude"),
            let longitude = place.numberIfGiven("longitude")
        else { return nil }
        return Location(latitudeDegrees: latitude, longitudeDegrees: longitude)
    }

    private mutating func regions() -> [ComputeRegionSite?] {
        let operators = names(in: "gridOperators")
        return root.sectionsIfGiven("regions").enumerated().map { index, section in
            let name = section.textIfPresent("grid")
            let grid = reference(name, operators, "regions[\(index)].grid", "grid operator")
            return grid.map {
                ComputeRegionSite(
                    agent: agent(section, .computeRegion), gridOperator: $0, bus: section.textIfPresent("bus") ?? "",
                    location: location(section))
            }
        }
    }

    private mutating func homes() -> [Int?] {
        let regions = names(in: "regions")
        return root.sectionsIfGiven("services").enumerated().map { index, section in
            reference(section.textIfPresent("home"), regions, "services[\(index)].home", "region")
        }
    }

    /// The index of a name; a fault when there is none. Nothing is said while the list itself has faulty names.
    mutating func reference(_ name: String?, _ names: [String?], _ path: String, _ noun: String) -> Int? {
        guard let name else { return nil }
        if let index = names.firstIndex(of: name) { return index }
        guard !names.isEmpty, names.allSatisfy({ $0 != nil }) else { return nil }
        let known = names.compactMap(\.self)
        fault(
            .unknownReference, path, value: name, "there is no \(noun) `\(Excerpt.brief(name, limit: 40))`.",
            remedy: Suggestion.question(name, among: known) ?? "There are \(Excerpt.list(known)).")
        return nil
    }

    /// Settings named `demand` are by class wherever a strategy has them.
    private mutating func checkClassNames(_ classes: [WorkloadClass]) {
        let known = names(in: "classes")
        for (index, section) in root.sectionsIfGiven("services").enumerated() {
            for (name, _) in section.sectionIfGiven("demand")?.entries ?? [] {
                _ = reference(name, known, "services[\(index)].demand.\(name)", "workload class")
            }
        }
    }
}
