/// How relocation meets the grid (MODEL 3.4).
public struct Coupling: Sendable, Equatable {
    /// The rungs of the ladder.
    public enum Kind: String, Sendable, CaseIterable {
        /// Bids are cleared on given prices and emissions, which no load changes.
        case priceTaker = "price-taker"
        /// Bids are cleared on published signals, then the grid dispatches the result.
        case sequential
        /// That is repeated within the tick: operators quote for what was cleared, and it is cleared again on damped
        /// signals, until loads settle or the round limit is reached.
        case iterated
        /// Operators quote for trial loads until the joint optimum of placement and dispatch is proved; their networks
        /// stay their own.
        case coOptimised = "co-optimised"
    }

    /// Whether operators are asked for quotes.
    public var asksForQuotes: Bool { kind == .iterated || kind == .coOptimised }

    /// The rung.
    public var kind: Kind
    /// Of `iterated`: how much of the way signals go to what was quoted, more than 0 to 1.
    public var damping: Double
    /// Of `iterated`: loads that move by less have settled, MW.
    public var toleranceMW: Double
    /// Most rounds of quotes in a tick.
    public var roundLimit: Int
    /// Of `co-optimised`: relative gap between the best placement and the bound at which it is taken.
    public var gap: Double

    /// A coupling; damping 0.5, 0.1 MW, 30 rounds and a gap of 1e-7 unless given.
    public init(
        _ kind: Kind = .sequential, damping: Double = 0.5, toleranceMW: Double = 0.1, roundLimit: Int = 30,
        gap: Double = 1e-7
    ) {
        self.kind = kind
        self.damping = damping
        self.toleranceMW = toleranceMW
        self.roundLimit = roundLimit
        self.gap = gap
    }
}
