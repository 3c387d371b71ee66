import CoSimulation
import InferencePlacement
import PowerGrid
import ReferenceAgents
import Testing

/// Co-optimised clearing by cuts equals the single joint linear program (MODEL 3.4), for fleets in merit order.
///
/// The joint program is built by another road: what a fleet has left after its own demand is a list of blocks, so that one
/// clearing over those blocks is the joint optimum.
@Suite struct JointOptimumTests {
    private static let demandsMW = [420.0, 300, 510]

    private func fleet(_ area: Int, _ random: inout RandomStream) -> [Generator] {
        (0..<8).map { unit in
            Generator(
                name: "unit-\(unit)", technology: "t\(unit % 3)", capacityMW: (40 + 160 * random.uniform()).rounded(),
                costUSDPerMWh: (5 + 20 * Double(unit) * random.uniform() + 10 * Double(area)).rounded(),
                emissionsKgPerMWh: (900 * random.uniform()).rounded())
        }
    }

    private func experiment(_ fleets: [[Generator]], coupling: Coupling, onSiteMW: Double = 0) -> Experiment {
        let kind = WorkloadClass(
            name: "batch", latencyBudgetMilliseconds: 1e9, energyKWhPerRequest: 0.01, workPerRequest: [30],
            valueUSDPerRequest: 50, friction: Friction(surchargeUSDPerMWh: 3))
        let operators = fleets.enumerated().map { area, fleet in
            let rows = fleet.map { unit in
                ParameterValue.section(
                    Parameters([
                        ("name", .text(unit.name)), ("technology", .text(unit.technology)),
                        ("capacityMW", .number(unit.capacityMW)), ("minimumMW", .number(0)),
                        ("costUSDPerMWh", .number(unit.costUSDPerMWh)),
                        ("emissionsKgPerMWh", .number(unit.emissionsKgPerMWh)), ("availability", .number(1)),
                    ]))
            }
            let parameters = Parameters([
                ("fleet", .list(rows)), ("demandMW", .number(Self.demandsMW[area])), ("forecastTicks", .number(0)),
                ("forecastErrorShare", .number(0)), ("forecastErrorPersistence", .number(1)),
                ("forecastBiasShare", .number(0)),
                ("expectedComputeLoadMW", .number(0)), ("unservedEnergyUSDPerMWh", .number(10_000)),
            ])
            return GridOperatorSite(
                agent: AgentSite(name: "grid-\(area)", strategy: "merit-order", parameters: parameters))
        }
        let regions = fleets.indices.map { area in
            let parameters = Parameters([
                ("capacityAcceleratorSeconds", .number(1e12)), ("connectionMW", .number(700)),
                ("pue", .number(1.1 + 0.1 * Double(area))), ("onSiteRenewableMW", .number(onSiteMW)),
                ("waterLitresPerKWh", .number(0)),
                ("gridWaterLitresPerKWh", .number(0)), ("carbonTaxUSDPerTonne", .number(0)),
                ("markUpUSDPerMWh", .number(1)),
            ])
            return ComputeRegionSite(
                agent: AgentSite(name: "region-\(area)", strategy: "honest", parameters: parameters), gridOperator: area
            )
        }
        let services = fleets.indices.map { home in
            let parameters = Parameters([
                ("demand", .section(Parameters([("batch", .number(22_000_000 + 6_000_000 * Double(home)))])))
            ])
            return ServiceNodeSite(
                agent: AgentSite(name: "node-\(home)", strategy: "honest", parameters: parameters), home: home,
                roundTripMilliseconds: fleets.indices.map { $0 == home ? 5 : 80 },
                egressUSDPerGB: fleets.map { _ in 0 }, permitted: [fleets.map { _ in true }])
        }
        return Experiment(
            name: "joint", seed: 1, clock: Clock(startSeconds: 0, tickSeconds: 3600, tickCount: 1),
            resources: ["accelerator"],
            classes: [kind], gridOperators: operators, regions: regions, services: services,
            mechanism: Mechanism(.leastCost), coupling: coupling)
    }

    /// Placement and dispatch cost of the only tick, without the cost of serving the areas' own demand, $.
    private func cost(_ record: TickRecord, _ fleets: [[Generator]]) -> Double {
        var sum = record.clearing.frictionUSD + record.clearing.unservedUSD
        for (area, fleet) in fleets.enumerated() {
            let own = Fleet(fleet).dispatch(demandMW: Self.demandsMW[area], at: 0).costUSDPerHour
            sum += record.dispatches[area]!.areas[0].costUSD - own
            sum += record.clearing.regions[area].gridMWh * 1
        }
        return sum
    }

    /// The joint optimum: one clearing over what each fleet has left.
    private func jointOptimum(
        _ record: TickRecord, _ experiment: Experiment, _ fleets: [[Generator]], onSiteMW: Double = 0
    ) throws -> Double {
        let supplies = fleets.enumerated().map { area, fleet in
            let used = Fleet(fleet).dispatch(demandMW: Self.demandsMW[area], at: 0).outputMW
            let blocks = zip(fleet, used).map { unit, output in
                EnergyBlock(
                    limitMWh: unit.capacityMW - output, priceUSDPerMWh: unit.costUSDPerMWh + 1, emissionsKgPerMWh: 0,
                    isFromGrid: true)
            }
            let unserved = EnergyBlock(limitMWh: 1e6, priceUSDPerMWh: 10_001, emissionsKgPerMWh: 0, isFromGrid: true)
            let own = EnergyBlock(limitMWh: onSiteMW, priceUSDPerMWh: 0, emissionsKgPerMWh: 0, isFromGrid: false)
            return RegionSupply(
                capacity: [1e12], connectionMWh: 700, pue: record.offers[area]!.pue, blocks: blocks + [unserved, own])
        }
        let orders = record.bids.enumerated().map { service, bid in
            WorkOrder(
                service: service, home: service, line: bid!.lines[0],
                roundTripMilliseconds: bid!.lines[0].options.map {
                    experiment.services[service].roundTripMilliseconds[$0.region]
                })
        }
        var house = try ClearingHouse(mechanism: Mechanism(.leastCost))
        return try house.clear(OrderBook(tickHours: 1, supplies: supplies, orders: orders)).costUSD
    }

    private func record(_ experiment: Experiment) throws -> TickRecord {
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        var found: TickRecord?
        try run.run { record, _ in found = record }
        return found!
    }

    @Test func coOptimisedEqualsTheJointProgram() throws {
        var rounds = 0
        for seed in 0..<60 as Range<UInt64> {
            var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .quoting)
            let fleets = (0..<3).map { fleet($0, &random) }
            let experiment = experiment(fleets, coupling: Coupling(.coOptimised))
            let record = try record(experiment)
            let optimum = try jointOptimum(record, experiment, fleets)
            let found = cost(record, fleets)
            #expect(abs(found - optimum) <= 1e-6 * max(1, abs(optimum)), "seed \(seed): \(found), joint \(optimum)")
            #expect(record.clearing.coupling.hasConverged, "seed \(seed): \(record.clearing.coupling)")
            #expect(record.clearing.coupling.rounds < 30, "seed \(seed): \(record.clearing.coupling)")
            rounds = max(rounds, record.clearing.coupling.rounds)
            // The control: on published signals alone the joint optimum is missed now and then, and never beaten.
            let sequential = try self.record(self.experiment(fleets, coupling: Coupling()))
            #expect(cost(sequential, fleets) >= optimum - 1e-6 * max(1, abs(optimum)), "seed \(seed)")
        }
        #expect(rounds > 2, "the cases are too easy to show anything")
    }
    /// Regions with energy of their own draw from the grid what the joint optimum says, also where prices do not.
    @Test func energyOnSiteIsPartOfTheJointProgram() throws {
        for seed in 0..<30 as Range<UInt64> {
            var random = RandomStream(seed: seed, agent: 1, tick: 0, phase: .quoting)
            let fleets = (0..<3).map { fleet($0, &random) }
            let own = (50 + 250 * random.uniform()).rounded()
            let experiment = experiment(fleets, coupling: Coupling(.coOptimised), onSiteMW: own)
            let record = try record(experiment)
            let optimum = try jointOptimum(record, experiment, fleets, onSiteMW: own)
            let found = cost(record, fleets)
            #expect(abs(found - optimum) <= 1e-6 * max(1, abs(optimum)), "seed \(seed): \(found), joint \(optimum)")
            #expect(record.clearing.coupling.hasConverged, "seed \(seed): \(record.clearing.coupling)")
        }
    }
}
