import PowerGrid
import Testing

@Suite("Power flows through sequences of changes")
struct WarmStartTests {
    @Test("A warm solve finds what a cold one of the same network finds")
    func warmIsCold() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = RandomNetwork(seed: seed)
            var powerFlow = try random.powerFlow()
            try powerFlow.solve()
            for tick in 0..<12 {
                try Self.change(&powerFlow, &random.random)
                let warm = try powerFlow.solve()
                var fresh = try DCOptimalPowerFlow(
                    powerFlow.network, convention: .matpower, options: powerFlow.options)
                let cold = try fresh.solve()
                #expect(warm.status == cold.status, "seed \(seed), tick \(tick)")
                guard let first = warm.dispatch, let second = cold.dispatch else { continue }
                #expect(
                    agree(first.objectiveUSDPerHour, second.objectiveUSDPerHour, 1e-9), "seed \(seed), tick \(tick)")
                if first.isUnique, second.isUnique {
                    #expect(agree(first.generationMW, second.generationMW), "seed \(seed), tick \(tick)")
                }
            }
        }
    }

    @Test("The same changes give the same bits, and a basis kept gives the same vertex")
    func repeatability() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            let random = RandomNetwork(seed: seed)
            var numbers = (random.random, random.random)
            var first = try random.powerFlow()
            var second = try random.powerFlow()
            for _ in 0..<6 {
                try Self.change(&first, &numbers.0)
                try Self.change(&second, &numbers.1)
                let basis = second.basis
                second = try DCOptimalPowerFlow(second.network, convention: .matpower, options: second.options)
                second.basis = basis
                #expect(try first.solve() == second.solve(), "seed \(seed)")
                #expect(try first.emissionSignals() == second.emissionSignals(), "seed \(seed)")
            }
        }
    }

    @Test("A kept dispatch shows a change: negative control of the comparison above")
    func changesShow() throws {
        var powerFlow = try RandomNetwork(seed: 1).powerFlow()
        let before = try powerFlow.solve()
        powerFlow.setDemand(powerFlow.network.buses[1].demandMW + 1, bus: 1)
        #expect(try powerFlow.solve() != before)
    }

    private static func change(_ powerFlow: inout DCOptimalPowerFlow, _ random: inout Numbers) throws {
        let network = powerFlow.network
        switch random.integer(below: 7) {
        case 0:
            powerFlow.setDemand(network.buses.map { $0.demandMW * random.between(0.8, 1.2) })
        case 1:
            let branch = random.integer(below: network.branches.count)
            powerFlow.setInService(!network.branches[branch].isInService, branch: branch)
        case 2:
            let generator = random.integer(below: network.generators.count)
            powerFlow.setInService(!network.generators[generator].isInService, generator: generator)
        case 3:
            let generator = random.integer(below: network.generators.count)
            powerFlow.setGeneratorLimits(
                minimumMW: 0, maximumMW: network.generators[generator].maximumMW * random.between(0.7, 1.3),
                generator: generator)
        case 4:
            let generator = random.integer(below: network.generators.count)
            try powerFlow.setCost(.polynomial(c2: 0, c1: random.between(1, 80), c0: 3), generator: generator)
        case 5:
            powerFlow.setBranchLimit(random.between(5, 200), branch: random.integer(below: network.branches.count))
        default:
            powerFlow.setDemand(random.between(0, 80), bus: random.integer(below: network.buses.count))
        }
    }
}
