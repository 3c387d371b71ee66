/// What a link's `receive` came back with.
public enum LinkEvent: Sendable, Hashable {
    /// A message from the hub; read its body with `Link.withBody`.
    case message(kind: UInt8)
    /// A message that broke the rules; it has been discarded.
    case violation(TransportViolation)
    /// The connection that messages came by is gone, and all of them were taken. Told by a link that watches it.
    case lost
    /// Nothing came within the time.
    case timedOut
    /// The context was shut down or the link closed: nothing more will come.
    case closed
}
