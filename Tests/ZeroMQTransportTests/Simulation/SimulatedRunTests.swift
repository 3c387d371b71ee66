import Foundation
import Testing

/// Runs in a simulated world where everything goes wrong that can go wrong between processes, as a seed decides.
///
/// One seed: `GRIDTIDE_SIMULATION_SEED=4711 ./gridtide test --filter SimulatedRunTests`, which prints what happened under it.
/// More of them: `GRIDTIDE_SIMULATION_COUNT=100000`.
@Suite struct SimulatedRunTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let givenSeed = environment["GRIDTIDE_SIMULATION_SEED"].flatMap(UInt64.init)
    private static let count = environment["GRIDTIDE_SIMULATION_COUNT"].flatMap(UInt64.init) ?? 2_000
    private static let parts: UInt64 = 12

    @Test(.enabled(if: givenSeed == nil), arguments: 0..<parts)
    func everySeedEndsAsItShould(part: UInt64) throws {
        for seed in stride(from: part, to: Self.count, by: Int(Self.parts)) {
            let run = try SimulatedRun(seed: seed)
            try run.run()
            #expect(
                run.breaches.isEmpty,
                "seed \(seed): see it by GRIDTIDE_SIMULATION_SEED=\(seed) ./gridtide test --filter SimulatedRunTests")
        }
    }

    @Test(.enabled(if: givenSeed != nil)) func theGivenSeed() throws {
        let run = try SimulatedRun(seed: Self.givenSeed ?? 0, isTraced: true)
        defer { print(run.world.trace.joined(separator: "\n")) }
        try run.run()
        #expect(run.breaches.isEmpty)
    }

    /// A defect that is planted is found, and soon; without it, the same seeds find nothing.
    @Test(.enabled(if: givenSeed == nil), arguments: SimulatedRun.Defect.allCases)
    func aPlantedDefectIsFound(defect: SimulatedRun.Defect) throws {
        let finder = try (0..<200 as Range<UInt64>).first { seed in
            let run = try SimulatedRun(seed: seed, defect: defect)
            try run.run()
            return !run.breaches.isEmpty
        }
        let seed = try #require(finder, "no seed finds the defect")
        let sound = try SimulatedRun(seed: seed)
        try sound.run()
        #expect(sound.breaches.isEmpty)
    }

    /// Everything that can happen does, so that what is asserted is asserted of it.
    @Test(.enabled(if: givenSeed == nil)) func everythingHappens() throws {
        var tally: [String: Int] = [:]
        for seed in 0..<160 as Range<UInt64> {
            let run = try SimulatedRun(seed: seed)
            try run.run()
            tally.merge(run.world.tally, uniquingKeysWith: +)
        }
        let kinds =
            SimulatedAgent.Blow.allCases.map { "\($0)" } + SimulatedRecorder.Blow.allCases.map { "recorder \($0)" } + [
                "coordinator dies", "torn within an append", "power fails", "restart", "absent", "ailing", "caught up",
                "stranger", "refused", "violation", "connection ignored", "name taken over", "connection breaks",
                "connection lost", "held", "group greets",
            ]
        for kind in kinds { #expect(tally[kind, default: 0] > 0, "\(kind) never happens") }
    }

    /// One seed is one course of events, to the last of them.
    @Test func aSeedRepeatsItself() throws {
        for seed in 0..<8 as Range<UInt64> {
            let runs = try (0..<2).map { _ in try SimulatedRun(seed: seed, isTraced: true) }
            for run in runs { try run.run() }
            #expect(runs[0].world.trace == runs[1].world.trace, "seed \(seed)")
            // The control: another seed is another course.
            let other = try SimulatedRun(seed: seed + 8, isTraced: true)
            try other.run()
            #expect(runs[0].world.trace != other.world.trace)
        }
    }
}
