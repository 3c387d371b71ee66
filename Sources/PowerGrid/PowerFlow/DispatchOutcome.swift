/// How an optimal power flow ended: with a dispatch, or with the answer that there is none.
public enum DispatchOutcome: Sendable, Equatable {
    /// The least-cost dispatch.
    case optimal(NetworkDispatch)
    /// No dispatch keeps all limits.
    case infeasible(LimitConflict)
    /// The cost falls without end.
    case unbounded

    /// The dispatch, if there is one.
    public var dispatch: NetworkDispatch? {
        if case .optimal(let dispatch) = self { dispatch } else { nil }
    }

    /// `optimal`, `infeasible` or `unbounded`.
    public var status: String {
        switch self {
        case .optimal: "optimal"
        case .infeasible: "infeasible"
        case .unbounded: "unbounded"
        }
    }
}
