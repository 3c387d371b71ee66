import PowerGrid
import Testing

@Suite("Marginal emissions by the basis")
struct MarginalTests {
    @Test("Equal one-sided differences at every bus, kinks included", arguments: [true, false])
    func differences(isLinear: Bool) throws {
        guard isLinear || PublishedOptimaTests.hasHighs else { return }
        for seed in 1...(isLinear ? 80 : 40) as ClosedRange<UInt64> {
            let random = RandomNetwork(seed: seed, busCount: 3...14, isLinear: isLinear)
            var powerFlow = try random.powerFlow()
            guard let dispatch = try powerFlow.solve().dispatch, dispatch.isUnique else { continue }
            guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
            let tolerance = isLinear ? 1e-4 : 1e-2
            for bus in random.network.buses.indices {
                guard let difference = try powerFlow.demandDifference(bus: bus, stepMW: isLinear ? 1e-3 : 1e-2) else {
                    throw Missing.dispatch
                }
                let pairs = [
                    (signals.marginal.emissionsAboveKgPerMWh[bus], difference.emissionsAboveKgPerMWh),
                    (signals.marginal.emissionsBelowKgPerMWh[bus], difference.emissionsBelowKgPerMWh),
                    (signals.marginal.priceAboveUSDPerMWh[bus], difference.priceAboveUSDPerMWh),
                    (signals.marginal.priceBelowUSDPerMWh[bus], difference.priceBelowUSDPerMWh),
                ]
                for (basis, oracle) in pairs {
                    let isEqual = basis.map { basis in oracle.map { agree(basis, $0, tolerance) } ?? false }
                    #expect(isEqual ?? (oracle == nil), "seed \(seed), bus \(bus): \(pairs)")
                }
            }
        }
    }

    /// Demands, capacities and limits in tens and two reactances: limits are reached exactly all the time.
    @Test("Equal one-sided differences in networks of round numbers, which are full of kinks")
    func roundNumbers() throws {
        var kinks = 0
        for seed in 1...150 as ClosedRange<UInt64> {
            var random = RandomNetwork(seed: seed, busCount: 3...20)
            random.round()
            var powerFlow = try random.powerFlow()
            guard let dispatch = try powerFlow.solve().dispatch, dispatch.isUnique else { continue }
            guard let marginal = try powerFlow.emissionSignals()?.marginal else { throw Missing.signals }
            kinks += marginal.kinks.count
            for bus in random.network.buses.indices {
                guard let difference = try powerFlow.demandDifference(bus: bus) else { throw Missing.dispatch }
                let pairs = [
                    (marginal.emissionsAboveKgPerMWh[bus], difference.emissionsAboveKgPerMWh),
                    (marginal.emissionsBelowKgPerMWh[bus], difference.emissionsBelowKgPerMWh),
                    (marginal.priceAboveUSDPerMWh[bus], difference.priceAboveUSDPerMWh),
                    (marginal.priceBelowUSDPerMWh[bus], difference.priceBelowUSDPerMWh),
                ]
                for (basis, oracle) in pairs {
                    let isEqual = basis.map { basis in oracle.map { agree(basis, $0, 1e-4) } ?? false }
                    #expect(isEqual ?? (oracle == nil), "seed \(seed), bus \(bus): \(pairs)")
                }
            }
        }
        #expect(kinks > 30)
    }

    @Test("Identities: prices through the basis, and consumption times signal", arguments: [true, false])
    func identities(isLinear: Bool) throws {
        guard isLinear || PublishedOptimaTests.hasHighs else { return }
        for seed in 1...120 as ClosedRange<UInt64> {
            var powerFlow = try RandomNetwork(seed: seed, isLinear: isLinear).powerFlow()
            try powerFlow.solve()
            guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
            #expect(signals.accountingError < 1e-9, "seed \(seed)")
            let error = signals.marginal.identityErrorUSDPerMWh ?? .infinity
            #expect(error < (isLinear ? 1e-6 : 1e-3), "seed \(seed): \(error)")
        }
    }

    /// At 80 MW in all unit 1 is full to the MW: the next MWh comes from the other, the last one came from it.
    @Test("A unit that is full exactly: both sides are reported")
    func kink() throws {
        var network = ThreeBus.network
        network.generators[0].maximumMW = 80
        network.branches[1].limitMW = .infinity
        var powerFlow = try DCOptimalPowerFlow(network, convention: .matpower)
        powerFlow.setDemand([20, 40, 20])
        try powerFlow.solve()
        guard let marginal = try powerFlow.emissionSignals()?.marginal else { throw Missing.signals }
        #expect(agree(marginal.emissionsBelowKgPerMWh.compactMap { $0 }, [950, 950, 950], 1e-9))
        #expect(agree(marginal.emissionsAboveKgPerMWh.compactMap { $0 }, [400, 400, 400], 1e-9))
        #expect(agree(marginal.priceBelowUSDPerMWh.compactMap { $0 }, [20, 20, 20], 1e-9))
        #expect(agree(marginal.priceAboveUSDPerMWh.compactMap { $0 }, [45, 45, 45], 1e-9))
        #expect(agree(marginal.emissionsKgPerMWh, [400, 400, 400], 1e-9))
        #expect(marginal.kinks == [0, 1, 2])
        guard let basis = try powerFlow.emissionSignals(resolvesKinks: false)?.marginal else { throw Missing.signals }
        let known = zip(basis.emissionsAboveKgPerMWh, basis.emissionsBelowKgPerMWh).map { ($0 == nil) != ($1 == nil) }
        #expect(known == [true, true, true])
    }

    /// Bus 3 takes what the limited branch lets through with unit 1 alone: the limit is reached and costs nothing.
    @Test("A branch that is full exactly: a kink at some buses")
    func branchKink() throws {
        // f13 = (2 p1 + p2 - 2 d1 - d2) / 3 with p1 = 135 alone is 70 at d = (20, 20, 95).
        var powerFlow = try DCOptimalPowerFlow(ThreeBus.network, convention: .matpower)
        powerFlow.setDemand([20, 20, 95])
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        #expect(agree(dispatch.flowMW[1], 70, 1e-9) && agree(dispatch.generationMW, [135, 0], 1e-9))
        guard let marginal = try powerFlow.emissionSignals()?.marginal else { throw Missing.signals }
        #expect(agree(marginal.emissionsBelowKgPerMWh.compactMap { $0 }, [950, 950, 950], 1e-9))
        #expect(agree(marginal.emissionsAboveKgPerMWh.compactMap { $0 }, [950, 400, -150], 1e-9))
        #expect(agree(marginal.priceAboveUSDPerMWh.compactMap { $0 }, [20, 45, 70], 1e-9))
        #expect(marginal.kinks == [1, 2])
    }

    @Test("Demand that supply just covers has no next MWh")
    func exhausted() throws {
        let (powerFlow, _) = try ThreeBus.solved(demandMW: [200, 200, 0])
        guard let marginal = try powerFlow.emissionSignals()?.marginal else { throw Missing.signals }
        #expect(marginal.emissionsAboveKgPerMWh == [nil, nil, nil])
        #expect(marginal.emissionsBelowKgPerMWh.allSatisfy { $0 != nil })
    }

    /// Marginal costs 10 + 0.2 p and 20 + 0.1 p share one more MWh 1 to 2.
    @Test("Quadratic costs share a MWh by their slopes", .enabled(if: PublishedOptimaTests.hasHighs, "HiGHS not found"))
    func quadratic() throws {
        var network = DeviceTests.pair()
        network.generators[0].cost = .polynomial(c2: 0.1, c1: 10, c0: 0)
        network.generators[1].cost = .polynomial(c2: 0.05, c1: 20, c0: 0)
        let (dispatch, powerFlow) = try DeviceTests.solve(network)
        #expect(agree(dispatch.generationMW, [200.0 / 3, 100.0 / 3], 1e-6))
        guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
        #expect(agree(signals.marginalKgPerMWh[1], 800.0 / 3 + 300 * 2.0 / 3, 1e-6))
        #expect(signals.marginal.kinks.isEmpty)
    }

    @Test("Another basis fails the identity: a negative control")
    func wrongBasis() throws {
        var (powerFlow, _) = try ThreeBus.solved()
        guard let before = try powerFlow.emissionSignals()?.marginal else { throw Missing.signals }
        let (other, _) = try ThreeBus.solved(demandMW: [20, 20, 20])
        powerFlow.basis = other.basis
        guard let after = try powerFlow.emissionSignals()?.marginal else { throw Missing.signals }
        #expect((before.identityErrorUSDPerMWh ?? 1) < 1e-9)
        #expect((after.identityErrorUSDPerMWh ?? 1e9) > 1)
    }
}
