import CoSimulation
import InferencePlacement
import TestKit
import Testing

/// The coupling ladder (MODEL 3.4) over operators whose cost is a smooth convex function of load.
@Suite struct CouplingTests {
    private func run(_ coupling: Coupling, _ mechanism: Mechanism = Mechanism(.leastCost), seed: UInt64 = 7) throws
        -> SampleRun
    {
        try SampleRun(experiment(coupling, mechanism, seed: seed, ticks: 6))
    }

    /// Operators whose base prices lie so close that their slopes decide where work goes.
    private func experiment(_ coupling: Coupling, _ mechanism: Mechanism, seed: UInt64, ticks: Int) -> Experiment {
        var experiment = SampleExperiment.make(
            size: 3, ticks: ticks, seed: seed, mechanism: mechanism, coupling: coupling)
        for number in experiment.gridOperators.indices {
            experiment.gridOperators[number].agent.parameters["basePriceUSDPerMWh"] = .number(basePrice(number))
        }
        return experiment
    }

    private func basePrice(_ number: Int) -> Double { 20 + 3 * Double(number) }

    /// Cost of placement and grid at the loads that were dispatched, $ in a tick: what co-optimisation minimises.
    private func systemCost(_ record: TickRecord) -> Double {
        var cost = record.clearing.frictionUSD + record.clearing.switchingUSD + record.clearing.unservedUSD
        for (number, dispatch) in record.dispatches.enumerated() {
            let load: Double = dispatch!.areas[0].computeLoadMW
            cost += basePrice(number) * load + load * load / 20
        }
        for (region, outcome) in record.clearing.regions.enumerated() {
            cost += outcome.gridMWh * record.offers[region]!.blocks[0].markUpUSDPerMWh
        }
        return cost
    }

    /// The first tick starts every coupling from the same state, so that its costs can be compared.
    @Test func theLadderNeverCostsMoreAsItRises() throws {
        for seed in 0..<12 as Range<UInt64> {
            let home = systemCost(try run(Coupling(), Mechanism(.home), seed: seed).records[0])
            let sequential = systemCost(try run(Coupling(.sequential), seed: seed).records[0])
            let iterated = systemCost(try run(Coupling(.iterated), seed: seed).records[0])
            let best = try run(Coupling(.coOptimised, roundLimit: 60), seed: seed).records[0]
            let scale = 1e-6 * abs(home)
            #expect(iterated <= sequential + scale, "seed \(seed)")
            #expect(systemCost(best) <= iterated + scale, "seed \(seed)")
            #expect(systemCost(best) <= home + scale, "seed \(seed)")
            #expect(
                best.clearing.coupling.hasConverged && best.clearing.coupling.gap <= 1e-7,
                "seed \(seed): \(best.clearing.coupling)")
        }
    }

    /// At the joint optimum of smooth costs, work that is free to move sees equal marginal costs but for friction.
    @Test func coOptimisedClosesTheGapEveryTick() throws {
        for record in try run(Coupling(.coOptimised, roundLimit: 60)).records {
            #expect(record.clearing.coupling.hasConverged, "tick \(record.tick): \(record.clearing.coupling)")
            #expect(record.quoteRounds.count == record.clearing.coupling.rounds)
        }
    }

    @Test func theRoundLimitIsRecorded() throws {
        let record = try run(Coupling(.coOptimised, roundLimit: 2)).records[0]
        #expect(!record.clearing.coupling.hasConverged && record.clearing.coupling.rounds == 2)
        #expect(record.clearing.coupling.gap > 1e-7)
    }

    @Test(arguments: Coupling.Kind.allCases)
    func everyCouplingReplaysAndRepeats(kind: Coupling.Kind) throws {
        let experiment = experiment(Coupling(kind), Mechanism(.leastCost), seed: 7, ticks: 5)
        let first = try SampleRun(experiment)
        #expect(try SampleRun(experiment).digest == first.digest)
        var coordinator = try Coordinator(experiment: experiment)
        for record in first.records {
            #expect(
                FieldDifference(between: record, and: try coordinator.replay(record).record) == nil,
                "tick \(record.tick)")
            #expect(try TickRecord(canonicalBytes: record.canonicalBytes(), experiment: experiment) == record)
        }
        if kind == .iterated || kind == .coOptimised {
            var short = first.records[0]
            short.quoteRounds.removeLast()
            var other = try Coordinator(experiment: experiment)
            #expect(throws: ClearingError.self, "a record with a round cut off") { _ = try other.replay(short) }
        }
    }
}
