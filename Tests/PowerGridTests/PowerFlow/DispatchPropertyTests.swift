import LinearProgram
import PowerGrid
import Testing

@Suite("Properties of dispatches over random networks")
struct DispatchPropertyTests {
    static let seeds: ClosedRange<UInt64> = 1...120

    @Test("Balance, limits, flow law and gap", arguments: [true, false])
    func check(isLinear: Bool) throws {
        guard isLinear || PublishedOptimaTests.hasHighs else { return }
        for seed in Self.seeds {
            var powerFlow = try RandomNetwork(seed: seed, isLinear: isLinear).powerFlow()
            guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
            #expect(dispatch.check.passes, "seed \(seed): \(dispatch.check)")
        }
    }

    /// In terms of angles, which the model does not have: for every bus the sum of b (pi_to - pi_from - mu) over the
    /// branches that leave, less those that enter, vanishes; and every generator is at the slope its price allows.
    @Test("Karush, Kuhn and Tucker in angles", arguments: [true, false])
    func optimality(isLinear: Bool) throws {
        guard isLinear || PublishedOptimaTests.hasHighs else { return }
        for seed in Self.seeds {
            let random = RandomNetwork(seed: seed, isLinear: isLinear)
            var powerFlow = try random.powerFlow()
            guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
            if dispatch.unservedMW.contains(where: { $0 > 1e-9 }) { continue }
            let prices = dispatch.lmpUSDPerMWh
            var multipliers = [Double](repeating: 0, count: random.network.branches.count)
            for limit in dispatch.bindingBranches {
                multipliers[limit.index] = (limit.end == .greatest ? 1 : -1) * limit.shadowPriceUSDPerMWh
            }
            var sums = [Double](repeating: 0, count: prices.count)
            for (branch, multiplier) in zip(random.network.branches, multipliers) {
                let term = (prices[branch.to] - prices[branch.from] - multiplier) / branch.reactance
                sums[branch.from] += term
                sums[branch.to] -= term
            }
            #expect(sums.allSatisfy { abs($0) < 1e-3 }, "seed \(seed)")
            for (index, generator) in random.network.generators.enumerated() {
                let output = dispatch.generationMW[index]
                let (below, above) = generator.cost.slopes(at: output)
                let price = prices[generator.bus]
                if output < generator.maximumMW - 1e-6 { #expect(price <= above + 1e-4, "seed \(seed)") }
                if output > generator.minimumMW + 1e-6 { #expect(price >= below - 1e-4, "seed \(seed)") }
            }
        }
    }

    @Test("Prices are differences of cost")
    func pricesAreDifferences() throws {
        for seed in Self.seeds {
            let random = RandomNetwork(seed: seed, busCount: 3...12)
            var powerFlow = try random.powerFlow()
            guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
            for bus in random.network.buses.indices {
                guard let difference = try powerFlow.demandDifference(bus: bus),
                    let above = difference.priceAboveUSDPerMWh, let below = difference.priceBelowUSDPerMWh
                else { throw Missing.dispatch }
                // Without demand the price falls where more of it would go unserved: no more can than there is.
                let (price, least, most) = (dispatch.lmpUSDPerMWh[bus], min(below, above), max(below, above))
                #expect(least - 1e-3 <= price && price <= most + 1e-3, "seed \(seed), bus \(bus)")
                #expect(below <= above + 1e-3 || agree(above, 5_000), "seed \(seed), bus \(bus)")
            }
        }
    }

    @Test("What loads pay beyond what generators receive is the rent of binding limits")
    func congestionRent() throws {
        for seed in Self.seeds {
            let random = RandomNetwork(seed: seed)
            var powerFlow = try random.powerFlow()
            guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
            if dispatch.lmpUSDPerMWh.contains(where: { $0 >= 5_000 - 1e-6 }) { continue }
            var surplus = 0.0
            for (bus, price) in dispatch.lmpUSDPerMWh.enumerated() {
                surplus += price * (random.network.buses[bus].demandMW - dispatch.unservedMW[bus])
            }
            for (generator, output) in zip(random.network.generators, dispatch.generationMW) {
                surplus -= dispatch.lmpUSDPerMWh[generator.bus] * output
            }
            let rent = zip(dispatch.flowMW, dispatch.branchShadowPriceUSDPerMWh).reduce(0) { $0 + abs($1.0) * $1.1 }
            #expect(agree(surplus, dispatch.congestionRentUSDPerHour), "seed \(seed)")
            #expect(agree(surplus, rent), "seed \(seed)")
        }
    }

    @Test("More room never costs more, less never less, and demand never makes cost fall without negative prices")
    func monotonicity() throws {
        for seed in Self.seeds {
            var random = RandomNetwork(seed: seed)
            var powerFlow = try random.powerFlow()
            let cost = try powerFlow.solve().dispatch?.objectiveUSDPerHour ?? 0
            var wider = powerFlow
            let branch = random.random.integer(below: random.network.branches.count)
            wider.setBranchLimit(random.network.branches[branch].limitMW * 2, branch: branch)
            let generator = random.random.integer(below: random.network.generators.count)
            let unit = random.network.generators[generator]
            wider.setGeneratorLimits(
                minimumMW: 0, maximumMW: unit.maximumMW * 1.5, generator: generator)
            let less = try wider.solve().dispatch?.objectiveUSDPerHour ?? .infinity
            #expect(less <= cost + 1e-6 * (1 + abs(cost)), "seed \(seed)")
            wider.setBranchLimit(random.network.branches[branch].limitMW * 0.5, branch: branch)
            wider.setGeneratorLimits(
                minimumMW: unit.minimumMW, maximumMW: max(unit.minimumMW, unit.maximumMW * 0.5), generator: generator)
            let more = try wider.solve().dispatch?.objectiveUSDPerHour ?? -.infinity
            #expect(more >= cost - 1e-6 * (1 + abs(cost)), "seed \(seed)")
        }
    }

    @Test("Without demand nothing runs and nothing flows")
    func zeroDemand() throws {
        for seed in Self.seeds {
            var random = RandomNetwork(seed: seed)
            for index in random.network.generators.indices { random.network.generators[index].minimumMW = 0 }
            for index in random.network.buses.indices { random.network.buses[index].demandMW = 0 }
            var powerFlow = try DCOptimalPowerFlow(random.network, convention: .matpower)
            guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
            #expect(dispatch.generationMW.allSatisfy { abs($0) < 1e-9 }, "seed \(seed)")
            #expect(dispatch.flowMW.allSatisfy { abs($0) < 1e-9 }, "seed \(seed)")
            guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
            #expect(signals.averageKgPerMWh == 0 && signals.accountingError == 0, "seed \(seed)")
            #expect(signals.marginal.emissionsBelowKgPerMWh.allSatisfy { $0 == nil }, "seed \(seed)")
        }
    }
}

extension CostCurve {
    /// Slopes to the left and right of an output, $/MWh.
    func slopes(at output: Double) -> (below: Double, above: Double) {
        switch self {
        case .polynomial(let c2, let c1, _):
            return (c1 + 2 * c2 * output, c1 + 2 * c2 * output)
        case .piecewiseLinear(let points):
            let slopes = (1..<points.count).map {
                ($0, (points[$0].y - points[$0 - 1].y) / (points[$0].x - points[$0 - 1].x))
            }
            let below = slopes.last { output > points[$0.0 - 1].x + 1e-6 } ?? slopes[0]
            let above = slopes.last { output > points[$0.0 - 1].x - 1e-6 } ?? slopes[0]
            return (below.1, above.1)
        }
    }
}
