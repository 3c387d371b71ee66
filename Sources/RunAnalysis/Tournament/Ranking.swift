/// Strategies that played in one place on the same seeds, best mean first.
public struct Ranking: Sendable {
    /// What a strategy came to on a seed.
    public struct Result: Sendable, Equatable {
        /// The seed.
        public let seed: UInt64
        /// The figure of the role, $ per run.
        public let figureUSD: Double
        /// What it did for it, in the unit of the role.
        public let volume: Double

        /// A result from its parts.
        public init(seed: UInt64, figureUSD: Double, volume: Double) {
            self.seed = seed
            self.figureUSD = figureUSD
            self.volume = volume
        }
    }

    /// A strategy with what it came to.
    public struct Standing: Sendable {
        /// Name of the strategy.
        public let name: String
        /// What it came to, seed by seed.
        public let results: [Result]
        /// Its figure, $ per run.
        public let figureUSD: Estimate
        /// Its figure less that of the first, seed by seed, $ per run; nil for the first.
        public let behindUSD: Estimate?
        /// Mean of what it did, in the unit of the role.
        public let volume: Double
    }

    /// The strategies, best first; equal means stand in the order they were given in.
    public let standings: [Standing]

    /// A ranking of strategies with results on the same seeds, in the same order.
    public init(_ entries: [(name: String, results: [Result])], prefersGreater: Bool) {
        let sign = prefersGreater ? -1.0 : 1.0
        let means = entries.map { entry in Estimate(entry.results.map(\.figureUSD)).mean * sign }
        let order = entries.indices.sorted { (means[$0], $0) < (means[$1], $1) }
        standings = order.map { index in
            let results = entries[index].results
            let differences = zip(results, entries[order[0]].results).map { own, best in
                precondition(own.seed == best.seed, "strategies are compared on the same seeds")
                return own.figureUSD - best.figureUSD
            }
            return Standing(
                name: entries[index].name, results: results, figureUSD: Estimate(results.map(\.figureUSD)),
                behindUSD: index == order[0] ? nil : Estimate(differences),
                volume: Estimate(results.map(\.volume)).mean)
        }
    }
}
