/// What a hub's `receive` came back with.
public enum HubEvent: Sendable, Hashable {
    /// A message from the peer in a slot; read its body with `Hub.withBody`.
    case message(slot: Int, kind: UInt8)
    /// A message that broke the rules; it has been discarded.
    case violation(TransportViolation)
    /// The connection that spoke for a slot (`Hub.recognise`) is gone, for `Hub.partingMilliseconds` by now.
    case lost(slot: Int)
    /// `Waker.wake` was called, or connections were refused: see `Hub.takeRefusals`.
    case woken
    /// Nothing came within the time.
    case timedOut
    /// The context was shut down or the hub closed: nothing more will come.
    case closed
}
