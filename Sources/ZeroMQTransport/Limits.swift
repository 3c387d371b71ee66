/// Limits and times of a hub or a link; the defaults suit runs of up to some hundreds of peers.
public struct Limits: Sendable, Hashable {
    /// The largest message, header included, in bytes.
    ///
    /// Over tcp and ipc libzmq cuts a peer that sends more before the bytes are stored; over inproc the message is
    /// discarded as a violation. Senders refuse it with `messageTooLarge`.
    public var maximumMessageBytes = 64 << 20

    /// The most messages that wait to be sent to one peer before a send fails with `congested`.
    ///
    /// In lock-step a peer has one or two messages under way, so this only stops memory from growing behind a peer
    /// that has stopped reading.
    public var sendQueueMessages = 20_000

    /// The most messages received from one peer and not yet taken.
    ///
    /// Beyond it libzmq stops reading from that peer's connection, so that the sender's own queue fills: nothing is
    /// lost, and a flood costs its sender.
    public var receiveQueueMessages = 20_000

    /// The longest a connection may take for the ZeroMQ handshake, in milliseconds.
    public var handshakeMilliseconds = 10_000

    /// How long a link waits before it connects again, in milliseconds; doubled each time up to a second.
    public var reconnectMilliseconds = 20

    /// How often a silent tcp connection is tried, in milliseconds; 0 turns it off.
    ///
    /// A machine that has vanished is given up after three of these. libzmq answers by itself, so an agent that
    /// computes for minutes is not cut.
    public var heartbeatMilliseconds = 5_000

    /// The longest `close` waits for messages under way, in milliseconds.
    public var lingerMilliseconds = 2_000

    /// Makes the default limits.
    public init() {}
}
