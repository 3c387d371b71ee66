internal import CoSimulation
internal import RunStore

/// How placement and grid came together over a run (MODEL 3.4).
public struct CouplingFigures: Sendable, Equatable, Codable {
    /// The rung of the ladder, such as sequential or co-optimised.
    public var kind: String
    /// Rounds of quotes, mean over the ticks.
    public var meanRounds: Double
    /// Most rounds in a tick.
    public var mostRounds: Int
    /// Share of ticks in which loads settled or the gap closed before the round limit.
    public var convergedShare: Double
    /// Relative gap to the joint optimum, mean over the ticks.
    public var meanGap: Double
    /// Largest relative gap in a tick.
    public var largestGap: Double
}

/// Follows the coupling of the clearings.
struct CouplingMeter {
    private var count = 0
    private var rounds = 0
    private var most = 0
    private var converged = 0
    private var gaps = Sum()
    private var largest = 0.0

    /// Adds a tick.
    mutating func add(_ outcome: CouplingOutcome) {
        count += 1
        rounds += outcome.rounds
        most = max(most, outcome.rounds)
        converged += outcome.hasConverged ? 1 : 0
        gaps.add(outcome.gap)
        largest = max(largest, outcome.gap)
    }

    /// What it came to, under a rung of the ladder.
    func figures(of kind: Coupling.Kind) -> CouplingFigures {
        let ticks = Double(max(1, count))
        return CouplingFigures(
            kind: kind.rawValue, meanRounds: Double(rounds) / ticks, mostRounds: most,
            convergedShare: Double(converged) / ticks, meanGap: gaps.value / ticks, largestGap: largest)
    }
}
