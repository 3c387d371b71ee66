/// What part an agent plays in a run.
public enum AgentRole: String, Sendable, CaseIterable {
    /// Runs a balancing area or network: publishes prices and emissions, dispatches load.
    case gridOperator = "grid-operator"
    /// Runs accelerators on a grid bus: offers capacity.
    case computeRegion = "compute-region"
    /// Anchors client sessions: bids for the placement of their work.
    case serviceNode = "service-node"
}
