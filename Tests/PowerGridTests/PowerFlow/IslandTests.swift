import PowerGrid
import Testing

@Suite("Islands and outages")
struct IslandTests {
    @Test("An outage that splits the network gives each island its balance, price and reference")
    func split() throws {
        var (powerFlow, _) = try ThreeBus.solved(demandMW: [20, 40, 60])
        powerFlow.setInService(false, branch: 1)
        powerFlow.setInService(false, branch: 0)
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        #expect(agree(dispatch.generationMW, [20, 100], 1e-9))
        #expect(agree(dispatch.lmpUSDPerMWh, [20, 45, 45], 1e-9))
        #expect(dispatch.islandReference == [0, 1, 1])
        #expect(dispatch.flowMW[0] == 0 && dispatch.flowMW[1] == 0)
        powerFlow.setInService(true, branch: 0)
        powerFlow.setInService(true, branch: 1)
        let (_, whole) = try ThreeBus.solved(demandMW: [20, 40, 60])
        #expect(agree(try powerFlow.solve().dispatch?.generationMW ?? [], whole.generationMW, 1e-9))
    }

    @Test("An island without supply has no dispatch, and the outage is named")
    func stranded() throws {
        var (powerFlow, _) = try ThreeBus.solved()
        powerFlow.setInService(false, branch: 1)
        powerFlow.setInService(false, branch: 2)
        guard case .infeasible(let conflict) = try powerFlow.solve() else { throw Missing.dispatch }
        #expect(Set(conflict.limits) == [.branchOutage(1), .branchOutage(2), .demand(bus: 2)])
        #expect(agree(conflict.missingMW, [0, 0, 150], 1e-9))
    }

    @Test("An island without supply or demand has no price of the next MWh")
    func empty() throws {
        var (powerFlow, _) = try ThreeBus.solved(demandMW: [20, 40, 0])
        powerFlow.setInService(false, branch: 1)
        powerFlow.setInService(false, branch: 2)
        try powerFlow.solve()
        guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
        #expect(signals.marginal.emissionsAboveKgPerMWh == [950, 950, nil])
        #expect(signals.marginal.kinks == [2])
        #expect(signals.accountingError < 1e-9)
    }

    @Test("A bus out of service takes its demand, units and branches with it")
    func isolated() throws {
        var network = ThreeBus.network
        network.buses[1].isIsolated = true
        network.branches[1].limitMW = 200
        var powerFlow = try DCOptimalPowerFlow(network, convention: .matpower)
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        #expect(agree(dispatch.generationMW, [170, 0], 1e-9))
        #expect(agree(dispatch.flowMW, [0, 150, 0], 1e-9))
        powerFlow.setInService(true, branch: 0)
        #expect(try powerFlow.solve().dispatch?.flowMW[0] == 0)
        #expect(try powerFlow.emissionSignals()?.marginal.emissionsAboveKgPerMWh == [950, nil, 950])
    }

    @Test("Outages at random leave what a network without those branches has")
    func outages() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = RandomNetwork(seed: seed)
            var powerFlow = try random.powerFlow()
            try powerFlow.solve()
            var without = random.network
            for branch in random.network.branches.indices where random.random.integer(below: 4) == 0 {
                powerFlow.setInService(false, branch: branch)
                without.branches[branch].limitMW = -1
            }
            without.branches.removeAll { $0.limitMW < 0 }
            var fresh = try DCOptimalPowerFlow(without, convention: .matpower, options: powerFlow.options)
            guard let first = try powerFlow.solve().dispatch, let second = try fresh.solve().dispatch else { continue }
            #expect(agree(first.objectiveUSDPerHour, second.objectiveUSDPerHour, 1e-9), "seed \(seed)")
            #expect(first.islandReference == second.islandReference, "seed \(seed)")
        }
    }

    @Test("Two areas without a tie cost what each costs alone")
    func separateAreas() throws {
        for seed in 1...30 as ClosedRange<UInt64> {
            let parts = [RandomNetwork(seed: seed).network, RandomNetwork(seed: seed + 1_000).network]
            let options = PowerFlowOptions(unservedEnergyUSDPerMWh: 5_000)
            let costs = try (parts + [Self.joined(parts[0], parts[1])]).map { network in
                var powerFlow = try DCOptimalPowerFlow(network, convention: .pglib, options: options)
                return try powerFlow.solve().dispatch?.objectiveUSDPerHour ?? -1
            }
            #expect(agree(costs[0] + costs[1], costs[2], 1e-9), "seed \(seed)")
        }
    }

    private static func joined(_ first: Network, _ second: Network) -> Network {
        var joined = first
        let offset = first.buses.count
        joined.buses += second.buses
        joined.branches += second.branches.map { branch in
            var branch = branch
            branch.from += offset
            branch.to += offset
            return branch
        }
        joined.generators += second.generators.map { generator in
            var generator = generator
            generator.bus += offset
            return generator
        }
        return joined
    }
}
