import Foundation
import Testing

/// Runs in a simulated world where everything goes wrong that can go wrong between processes, as a seed decides.
///
/// One seed: `GRIDTIDE_SIMULATION_SEED=4711 ./gridtide test --filter SimulatedRunTests`, which prints what happened under it.
/// More of them: `GRIDTIDE_SIMULATION_COUNT=100000`.
@Suite struct SimulatedRunTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let givenSeed = environment["GRIDTIDE_SIMULATION_SEED"].flatMap(UInt64.init)
    private static let count = environment["GRIDTIDE_SIMULATION_COUNT"].flatMap(UInt64.init) ?? 2_400
    private static let parts: UInt64 = 12

    @Test(.enabled(if: givenSeed == nil), arguments: 0..<parts)
    func everySeedEndsAsItShould(part: UInt64) throws {
        var tally: [String: Int] = [:]
        for seed in stride(from: part, to: Self.count, by: Int(Self.parts)) {
            let run = try SimulatedRun(seed: seed)
            try run.run()
            tally.merge(run.world.tally, uniquingKeysWith: +)
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
}
