import CoSimulation
import RunStore
import Testing

@testable import RunAnalysis

@Suite("Congestion, coupling, fidelity, consumer payment and herding")
struct MarketFigureTests {
    private func isClose(_ found: Double?, _ expected: Double) -> Bool {
        found.map { abs($0 - expected) <= 1e-9 * max(1, abs(expected)) } ?? false
    }

    private func summary(isRelocated: Bool = true, isStressed: Bool = true) throws -> RunSummary {
        let folder = try TemporaryFolder()
        return try RunSummary(
            of: TwoRegionRun(isRelocated: isRelocated, isStressed: isStressed).recorded(in: folder.url))
    }

    @Test("Hours with a full line count once for the system; rents add up")
    func congestion() throws {
        let run = try summary()
        #expect(run.areas.map(\.grid.congestionHours) == [2, 1])
        #expect(run.areas.map(\.grid.congestionRentUSD) == [150, 75])
        #expect(run.grid.congestionHours == 2)
        #expect(run.grid.congestionRentUSD == 225)
        #expect(try summary(isStressed: false).grid.congestionHours == 0)
    }

    @Test("Rounds, convergence and gap of coupling")
    func coupling() throws {
        let coupling = try summary().coupling
        #expect(coupling.kind == "iterated")
        #expect(coupling.meanRounds == 3)
        #expect(coupling.mostRounds == 6)
        #expect(coupling.convergedShare == 0.75)
        #expect(isClose(coupling.meanGap, 0.015))
        #expect(isClose(coupling.largestGap, 0.03))
        #expect(try summary(isStressed: false).coupling.kind == "sequential")
    }

    @Test("Other consumers pay the realised price for what they were served")
    func consumerPayment() throws {
        let run = try summary()
        let north: Double = 99.5 * 20 + 109.5 * 25 + 119.5 * 25 + 99.5 * 20
        let south: Double = 199.5 * 60 + 219.5 * 50 + 259.5 * 70 + 199.5 * 60
        #expect(isClose(run.areas[0].grid.consumerPaymentUSD, north))
        #expect(isClose(run.grid.consumerPaymentUSD, north + south))
    }

    @Test("Marginal emissions that came as published have no error; the meter sees those that did not")
    func emissionsFidelity() throws {
        let run = try summary()
        #expect(run.compute.emissionsFidelity?.sampleCount == 8)
        #expect(run.compute.emissionsFidelity?.rootMeanSquareErrorKgPerMWh == 0)
        var meter = FidelityMeter()
        meter.add(published: 100, realised: 400)
        meter.add(published: 500, realised: 100)
        #expect(meter.emissionsFigures?.meanErrorKgPerMWh == -50)
        #expect(isClose(meter.emissionsFigures?.rootMeanSquareErrorKgPerMWh, 125_000.0.squareRoot()))
    }

    @Test("Work that went where the price stayed lower herds in no tick")
    func orderly() throws {
        let run = try summary()
        #expect(run.herding.relocatingTicks == 2)
        #expect(run.herding.share == 0)
        // Net imports of north: 0, 30, 30, 0, so moves 30, 0, -30; south mirrors them.
        #expect(run.herding.flipsPerDay == 0)
        #expect(run.herding.moveAutocorrelation == 0)
        let home = try summary(isRelocated: false)
        #expect(home.herding.share == nil)
        #expect(home.herding.moveAutocorrelation == nil)
    }

    @Test("Work that swings to and fro herds: two ticks of three spoiled, two flips, autocorrelation -2/3")
    func herding() {
        // Two regions, six-hour ticks. Net import of region 1: 0, 10, 0, 10, so moves 10, -10, 10 (and their mirror).
        var meter = HerdingMeter(regions: [0, 1], tickSeconds: 21_600)
        meter.add(from: 0, to: 1, energyMWh: 5, prices: (home: 30, region: 20))
        meter.add(from: 1, to: 0, energyMWh: 5, prices: (home: 20, region: 45))
        meter.endTick()
        meter.add(from: 0, to: 1, energyMWh: 10, prices: (home: 30, region: 60))
        meter.endTick()
        meter.endTick()
        meter.add(from: 0, to: 1, energyMWh: 10, prices: (home: 30, region: 29))
        meter.endTick()
        let figures = meter.figures
        // Of three ticks that relocated, the first (5 × -10 + 5 × 25 > 0) and the second ended with the higher price.
        #expect(figures.relocatingTicks == 3)
        #expect(isClose(figures.share, 2.0 / 3))
        // One day, two flips for each region.
        #expect(figures.flipsPerDay == 2)
        #expect(isClose(figures.moveAutocorrelation, -400.0 / 600))
    }

    @Test("A tick without a price at one end does not count")
    func unknownPrice() {
        var meter = HerdingMeter(regions: [0, 1], tickSeconds: 3600)
        meter.add(from: 0, to: 1, energyMWh: 5, prices: (home: nil, region: 20))
        meter.endTick()
        #expect(meter.figures.share == nil)
    }
}
