/// The parts of a tick in which agents are asked.
public enum Phase: Int, Sendable, CaseIterable {
    /// Grid operators publish prices and emissions.
    case signalling = 1
    /// Compute regions offer, service nodes bid.
    case bidding = 2
    /// Grid operators dispatch what was placed, and signal for the next tick in the same answer.
    case dispatching = 3
    /// Grid operators say what trial loads would cost, in rounds between bidding and dispatching.
    case quoting = 4

    /// Name for messages.
    public var name: String {
        switch self {
        case .signalling: "signalling"
        case .bidding: "bidding"
        case .dispatching: "dispatching"
        case .quoting: "quoting"
        }
    }
}
