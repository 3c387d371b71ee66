import PowerGrid
import Testing

/// Hand cases and properties of the merit order (MODEL 3.1 and 3.2 on one bus).
@Suite struct FleetTests {
    /// Wind 100 MW at 0, coal 200 MW at 30 of which 50 must run, gas 300 MW at 60.
    private let small = Fleet(
        [
            Generator(name: "gas", technology: "gas", capacityMW: 300, costUSDPerMWh: 60, emissionsKgPerMWh: 400),
            Generator(
                name: "coal", technology: "coal", capacityMW: 200, minimumMW: 50, costUSDPerMWh: 30,
                emissionsKgPerMWh: 900),
            Generator(
                name: "wind", technology: "wind", capacityMW: 100, costUSDPerMWh: 0, emissionsKgPerMWh: 0,
                availability: .series([1, 0.5])),
        ], unservedEnergyUSDPerMWh: 5000)

    @Test func cheapUnitsRunFirst() {
        let dispatch = small.dispatch(demandMW: 350, at: 0)
        #expect(dispatch.outputMW == [50, 200, 100])
        #expect(dispatch.margin == Margin(generator: 0, priceUSDPerMWh: 60, emissionsKgPerMWh: 400, headroomMW: 250))
        #expect(dispatch.costUSDPerHour == 200 * 30 + 50 * 60)
        #expect(dispatch.emissionsKgPerHour == 200 * 900 + 50 * 400)
        #expect(dispatch.averageEmissionsKgPerMWh == 200_000.0 / 350)
        #expect(dispatch.curtailedMW == 0 && dispatch.unservedMW == 0)
        #expect(small.technologies == ["coal", "gas", "wind"])
        #expect(small.outputByTechnologyMW(dispatch) == [200, 50, 100])
    }

    @Test func availabilityFollowsTheTick() {
        #expect(small.dispatch(demandMW: 350, at: 1).outputMW == [100, 200, 50])
        #expect(small.supply(at: 1).totalMW == 550)
    }

    @Test func curtailedWindSetsAPriceOfZero() {
        let dispatch = small.dispatch(demandMW: 120, at: 0)
        #expect(dispatch.outputMW == [0, 50, 70])
        #expect(dispatch.curtailedMW == 30)
        #expect(dispatch.margin.generator == 2)
        #expect(dispatch.margin.priceUSDPerMWh == 0 && dispatch.margin.emissionsKgPerMWh == 0)
    }

    @Test func atABoundaryTheNextUnitIsMarginal() {
        #expect(small.margin(demandMW: 150, at: 0).priceUSDPerMWh == 30)
        #expect(small.margin(demandMW: 300, at: 0).priceUSDPerMWh == 60)
        #expect(small.margin(demandMW: 300 - 1e-12, at: 0).priceUSDPerMWh == 60)
        #expect(small.margin(demandMW: 600, at: 0).priceUSDPerMWh == 5000)
    }

    @Test func surplusOfMustRunIsTurnedAwayButPaid() {
        let dispatch = small.dispatch(demandMW: 20, at: 0)
        #expect(dispatch.outputMW == [0, 20, 0])
        #expect(dispatch.curtailedMW == 130, "30 MW of coal and 100 MW of wind")
        #expect(dispatch.costUSDPerHour == 50 * 30)
        #expect(dispatch.emissionsKgPerHour == 50 * 900)
        #expect(dispatch.margin == Margin(generator: nil, priceUSDPerMWh: 0, emissionsKgPerMWh: 0, headroomMW: 580))
    }

    @Test func demandBeyondSupplyIsUnserved() {
        let dispatch = small.dispatch(demandMW: 610, at: 0)
        #expect(dispatch.unservedMW == 10 && dispatch.generationMW == 600)
        #expect(dispatch.margin == Margin(generator: nil, priceUSDPerMWh: 5000, emissionsKgPerMWh: 0, headroomMW: 0))
        #expect(dispatch.costUSDPerHour == 74_000, "200 MW at 30, 300 at 60, 10 at 5000")
    }

    @Test func equalCostsRunInOrderOfName() {
        let twins = Fleet(
            ["b", "a"].map { name in
                Generator(name: name, technology: "gas", capacityMW: 10, costUSDPerMWh: 5, emissionsKgPerMWh: 1)
            })
        #expect(twins.dispatch(demandMW: 12, at: 0).outputMW == [2, 10])
    }

    @Test func anEmptyFleetServesNothing() {
        let dispatch = Fleet([]).dispatch(demandMW: 3, at: 0)
        #expect(dispatch.unservedMW == 3 && dispatch.averageEmissionsKgPerMWh == 0)
        #expect(dispatch.margin.priceUSDPerMWh == 10_000)
    }

    @Test func roundingBelowZeroIsNoDemand() {
        let wind = Fleet([
            Generator(name: "w", technology: "wind", capacityMW: 10, costUSDPerMWh: 1, emissionsKgPerMWh: 0)
        ])
        #expect(wind.margin(demandMW: -1e-12, at: 0).generator == 0)
        #expect(wind.dispatch(demandMW: -1e-12, at: 0).outputMW == [0])
    }

    @Test func availabilitiesMultiply() {
        #expect(Availability.constant(0.5).times(.series([1, 0.5])) == .series([0.5, 0.25]))
        #expect(Availability.series([1, 0.5]).times(.series([0, 1])) == .series([0, 0.5]))
        #expect(Availability.constant(0.5).times(.constant(0.5))[7] == 0.25)
    }

    @Test func outputsBalanceWithDemand() {
        for sample in Sample.all {
            let dispatch = sample.fleet.dispatch(demandMW: sample.demandMW, at: sample.tick)
            let served = dispatch.outputMW.reduce(0, +)
            #expect(abs(served + dispatch.unservedMW - sample.demandMW) < 1e-9, "seed \(sample.seed)")
            #expect(dispatch.outputMW.allSatisfy { $0 >= 0 } && dispatch.curtailedMW >= -1e-9, "seed \(sample.seed)")
            let headroom = max(0, sample.fleet.supply(at: sample.tick).totalMW - sample.demandMW)
            #expect(dispatch.margin.headroomMW == headroom, "seed \(sample.seed)")
        }
    }

    @Test func priceNeverFallsAsDemandGrows() {
        for sample in Sample.all {
            let prices = (0...50).map { step in
                sample.fleet.margin(demandMW: sample.demandMW * Double(step) / 40, at: sample.tick).priceUSDPerMWh
            }
            let mustRun = sample.fleet.supply(at: sample.tick).mustRunMW
            let mayFall = mustRun > 0 && sample.hasNegativeCost
            #expect(mayFall || zip(prices, prices.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(sample.seed)")
        }
    }

    @Test func priceAndEmissionsAreFiniteDifferences() {
        let step = 1e-4
        for sample in Sample.all where !sample.isNearKink(within: 2 * step) {
            let here = sample.fleet.dispatch(demandMW: sample.demandMW, at: sample.tick)
            let beyond = sample.fleet.dispatch(demandMW: sample.demandMW + step, at: sample.tick)
            let price = (beyond.costUSDPerHour - here.costUSDPerHour) / step
            let emissions = (beyond.emissionsKgPerHour - here.emissionsKgPerHour) / step
            #expect(abs(price - here.margin.priceUSDPerMWh) < 0.01, "seed \(sample.seed)")
            #expect(abs(emissions - here.margin.emissionsKgPerMWh) < 0.1, "seed \(sample.seed)")
        }
    }

    /// Linear-programming duality: with the price as dual of the balance, the dual objective equals the cost.
    @Test func costIsProvenLeastByTheDual() {
        for sample in Sample.all where sample.fleet.supply(at: sample.tick).mustRunMW <= sample.demandMW {
            let dispatch = sample.fleet.dispatch(demandMW: sample.demandMW, at: sample.tick)
            let price = dispatch.margin.priceUSDPerMWh
            var bound = price * sample.demandMW
            for generator in sample.fleet.generators {
                let available = generator.capacityMW * generator.availability[sample.tick]
                let best = generator.costUSDPerMWh < price ? available : min(generator.minimumMW, available)
                bound += (generator.costUSDPerMWh - price) * best
            }
            #expect(abs(bound - dispatch.costUSDPerHour) < 1e-7 * max(1, abs(bound)), "seed \(sample.seed)")
        }
    }
}
