/// How a solve ended; whether the vectors may be believed is said by the `Solution`.
public enum SolutionStatus: UInt8, Sendable, Hashable, Codable {
    /// An optimum, confirmed by an `OptimalityCheck` of our own.
    case optimal = 0
    /// No point satisfies all bounds, proven by an `InfeasibilityCertificate`.
    case infeasible = 1
    /// The objective falls without end over feasible points.
    case unbounded = 2
    /// The iteration limit came first.
    case iterationLimit = 3
    /// The solver gave up, or claimed what our checks could not confirm, from a cold start too.
    case failed = 4
}
