/// The share of a generator's capacity that can run, 0 to 1: the same at every tick, or one value per tick.
public enum Availability: Sendable, Equatable {
    /// The same share at every tick.
    case constant(Double)
    /// A share per tick, such as the wind.
    case series([Double])

    /// The share at a tick; a series must reach that far.
    public subscript(tick: Int) -> Double {
        switch self {
        case .constant(let share): share
        case .series(let shares): shares[tick]
        }
    }

    /// This share times another one, tick by tick; two series must be of equal length.
    public func times(_ other: Availability) -> Availability {
        switch (self, other) {
        case (.constant(let left), .constant(let right)):
            return .constant(left * right)
        case (.constant(let share), .series(let shares)), (.series(let shares), .constant(let share)):
            return .series(shares.map { $0 * share })
        case (.series(let left), .series(let right)):
            precondition(left.count == right.count, "availabilities of \(left.count) and of \(right.count) ticks")
            return .series(zip(left, right).map { $0 * $1 })
        }
    }

    /// Whether every share lies from 0 to 1.
    var isValid: Bool {
        switch self {
        case .constant(let share): (0...1).contains(share)
        case .series(let shares): !shares.isEmpty && shares.allSatisfy { (0...1).contains($0) }
        }
    }
}
