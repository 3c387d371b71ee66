/// How a run is carried out. Nothing here can change its outcome, so none of it is part of the experiment.
public struct RunOptions: Sendable, Equatable {
    /// How the processes of a run talk to each other.
    public enum Transport: String, Sendable, CaseIterable {
        /// Sockets in a private folder of one machine.
        case ipc
        /// TCP on the loopback address.
        case tcp
    }

    /// How the processes talk.
    public var transport: Transport
    /// Seconds an agent may take to answer before it counts as hung.
    public var tickDeadlineSeconds: Double

    /// Options; ipc and 30 s unless given.
    public init(transport: Transport = .ipc, tickDeadlineSeconds: Double = 30) {
        self.transport = transport
        self.tickDeadlineSeconds = tickDeadlineSeconds
    }
}
