import LinearProgram
import PowerGrid
import Testing

/// Net transfer capacities between areas (MODEL 3.1).
@Suite struct TransferLimitTests {
    /// Two areas of two buses each, joined by two lines and a direct-current line; cheap power in area 1.
    private func network(forwardMW: Double, reverseMW: Double = .infinity) -> Network {
        Network(
            name: "pair", baseMVA: 100,
            buses: [
                Bus(number: 1, isReference: true, demandMW: 50, area: 1), Bus(number: 2, demandMW: 20, area: 1),
                Bus(number: 3, demandMW: 150, area: 2), Bus(number: 4, demandMW: 80, area: 2),
            ],
            branches: [
                Branch(from: 0, to: 1, reactance: 0.1), Branch(from: 0, to: 2, reactance: 0.1),
                Branch(from: 3, to: 1, reactance: 0.2), Branch(from: 2, to: 3, reactance: 0.1),
            ],
            generators: [
                NetworkGenerator(
                    bus: 0, maximumMW: 500, cost: .polynomial(c2: 0, c1: 10, c0: 0), emissionsKgPerMWh: 900),
                NetworkGenerator(
                    bus: 2, maximumMW: 500, cost: .polynomial(c2: 0, c1: 60, c0: 0), emissionsKgPerMWh: 300),
            ],
            dcLines: [DCLine(from: 1, to: 3, minimumMW: -40, maximumMW: 40)],
            transferLimits: [TransferLimit(fromArea: 1, toArea: 2, forwardMW: forwardMW, reverseMW: reverseMW)])
    }

    @Test func separatesPricesWhenItBinds() throws {
        for limit in [0.0, 30, 100, 229] {
            var flow = try DCOptimalPowerFlow(network(forwardMW: limit), convention: .matpower)
            let dispatch = try #require(try flow.solve().dispatch)
            #expect(abs(dispatch.transferMW[0] - limit) < 1e-6)
            #expect(abs(dispatch.generationMW[1] - (230 - limit)) < 1e-6)
            for (bus, price) in [10.0, 10, 60, 60].enumerated() {
                #expect(abs(dispatch.lmpUSDPerMWh[bus] - price) < 1e-6, "limit \(limit), bus \(bus)")
            }
            let binding = try #require(dispatch.bindingBranches.first { $0.quantity == .transfer })
            #expect(abs(binding.shadowPriceUSDPerMWh - 50) < 1e-6 && binding.end == .greatest)
            #expect(abs(dispatch.congestionRentUSDPerHour - 50 * limit) < 1e-5)
            let signals = try #require(try flow.emissionSignals())
            #expect(zip(signals.marginalKgPerMWh, [900.0, 900, 300, 300]).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test func isFreeWhenItDoesNotBind() throws {
        var limited = try DCOptimalPowerFlow(network(forwardMW: 231), convention: .matpower)
        var free = try DCOptimalPowerFlow(network(forwardMW: .infinity), convention: .matpower)
        let (one, other) = (try #require(try limited.solve().dispatch), try #require(try free.solve().dispatch))
        #expect(abs(one.objectiveUSDPerHour - other.objectiveUSDPerHour) < 1e-6)
        #expect(one.bindingBranches.isEmpty)
        limited.setLimits(forwardMW: 100, reverseMW: 0, transfer: 0)
        #expect(abs(try #require(try limited.solve().dispatch).transferMW[0] - 100) < 1e-6, "changed in place")
    }

    /// Demand that only imports could serve is a conflict that names the capacity.
    @Test func takesPartInAConflict() throws {
        var network = network(forwardMW: 100)
        network.generators[1].maximumMW = 50
        var flow = try DCOptimalPowerFlow(network, convention: .matpower)
        guard case .infeasible(let conflict) = try flow.solve() else {
            Issue.record("a dispatch where there is none")
            return
        }
        #expect(conflict.limits.contains(.transfer(0)), "\(conflict)")
        #expect(conflict.description.contains("area 1 to area 2"))
    }

    /// The limit is what a brute search over the cheap unit's output finds.
    @Test func agreesWithABruteSearch() throws {
        for seed in 0..<30 {
            let limit = Double(seed * 37 % 200)
            var network = network(forwardMW: limit, reverseMW: Double(seed % 3) * 40)
            network.generators[1].cost = .polynomial(c2: 0, c1: seed % 2 == 0 ? 60 : 5, c0: 0)
            var flow = try DCOptimalPowerFlow(network, convention: .matpower)
            let dispatch = try #require(try flow.solve().dispatch, "seed \(seed)")
            var best = Double.infinity
            for output in stride(from: 0.0, through: 300, by: 0.5) {
                let exported = output - 70
                guard exported <= limit, -exported <= network.transferLimits[0].reverseMW else { continue }
                let cost = output * 10 + (300 - output) * (seed % 2 == 0 ? 60 : 5)
                best = min(best, cost)
            }
            #expect(abs(dispatch.objectiveUSDPerHour - best) < 1e-6 * (1 + best), "seed \(seed)")
        }
    }
}
