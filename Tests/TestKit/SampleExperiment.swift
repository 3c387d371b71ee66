public import CoSimulation
public import InferencePlacement

/// Experiments of sample agents.
public enum SampleExperiment {
    /// Operators, regions and nodes in equal number, each node at home in the region of its number.
    public static func make(
        size: Int = 3, ticks: Int = 8, seed: UInt64 = 7,
        mechanism: Mechanism = Mechanism(.carbonPriced, carbonPriceUSDPerKg: 0.05), coupling: Coupling = Coupling()
    ) -> Experiment {
        let classes = [
            WorkloadClass(
                name: "interactive", latencyBudgetMilliseconds: 300, processingMilliseconds: 150,
                energyKWhPerRequest: 0.0005,
                workPerRequest: [2], valueUSDPerRequest: 0.5, friction: Friction(surchargeUSDPerMWh: 2)),
            WorkloadClass(
                name: "batch", latencyBudgetMilliseconds: 3_600_000, energyKWhPerRequest: 0.004, workPerRequest: [15],
                movableShare: 0.8, valueUSDPerRequest: 0.5, switchingUSDPerRequest: 0.000_001,
                friction: Friction(surchargeUSDPerMWh: 1)),
        ]
        let operators = (0..<size).map { index in
            GridOperatorSite(
                agent: site("grid-\(index)", "rising", [("basePriceUSDPerMWh", .number(20 + 15 * Double(index)))]))
        }
        let regions = (0..<size).map { index in
            ComputeRegionSite(
                agent: site("region-\(index)", "plain", [("connectionMW", .number(150 + 10 * Double(index)))]),
                gridOperator: index)
        }
        let services = (0..<size).map { service(home: $0, size: size, classCount: classes.count) }
        return Experiment(
            name: "sample", seed: seed, clock: Clock(startSeconds: 1_720_396_800, tickSeconds: 3600, tickCount: ticks),
            resources: ["accelerator"], classes: classes, gridOperators: operators, regions: regions,
            services: services, mechanism: mechanism, coupling: coupling)
    }

    /// A node that may not send work to the region two places on.
    private static func service(home: Int, size: Int, classCount: Int) -> ServiceNodeSite {
        let forbidden = (home + 2) % max(size, 3)
        let roundTrips = (0..<size).map { region -> Double in region == home ? 5 : 60 * Double(abs(region - home)) }
        let permitted = (0..<size).map { $0 != forbidden }
        return ServiceNodeSite(
            agent: site("node-\(home)", "restless", [("demandMWh", .number(30 + 10 * Double(home)))]), home: home,
            roundTripMilliseconds: roundTrips, egressUSDPerGB: Array(repeating: 0.05, count: size),
            permitted: Array(repeating: permitted, count: classCount))
    }

    private static func site(_ name: String, _ strategy: String, _ parameters: [(String, ParameterValue)]) -> AgentSite
    {
        AgentSite(name: name, strategy: strategy, parameters: Parameters(parameters))
    }
}

/// A run carried to its end, with the digest of its records.
public struct SampleRun {
    /// The records.
    public var records: [TickRecord] = []
    /// The digest of their chain.
    public var digest: Digest

    /// Runs an experiment of sample agents in this process.
    public init(_ experiment: Experiment) throws {
        digest = experiment.digest
        var run = try InProcessRun(experiment: experiment, catalogue: SampleAgents.catalogue)
        var (records, digest) = ([TickRecord](), digest)
        try run.run { record, _ in
            records.append(record)
            digest = digest.chained(with: record.canonicalBytes())
        }
        (self.records, self.digest) = (records, digest)
    }

    /// Every question of an experiment of sample agents, with its answer.
    public static func exchanges(_ experiment: Experiment) throws -> [(ask: Ask, reply: Reply)] {
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var directives = try coordinator.start()
        var found: [(Ask, Reply)] = []
        while let directive = directives.first {
            directives.removeFirst()
            guard case .ask(let ask) = directive else { continue }
            let reply = agents[ask.agent].answer(ask)
            found.append((ask, reply))
            directives += try coordinator.receive(reply)
        }
        return found
    }
}
