/// The world as a coordinator's service sees it: the messages of its peers, in and out, and the time.
///
/// `Hub` is the real one. The other is the simulated world of the tests, in which everything that can go wrong between
/// processes goes wrong as a seed decides, in a time of its own. What the calls do is said at `Hub`.
package protocol Switchboard: AnyObject {
    /// Where peers connect to.
    var endpoint: Endpoint { get }
    /// The names of the peers by slot.
    var peerNames: [String] { get }
    /// The time deadlines are reckoned in.
    var now: SuspendingClock.Instant { get }

    /// Waits for the next event; `nil` waits without limit, 0 takes what is there.
    func receive(timeoutMilliseconds: Int?) throws(ZeroMQError) -> HubEvent
    /// Lends the body of the message that `receive` returned last.
    func withBody<Result, Failure: Error>(
        _ use: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result
    /// Has the connection of the message that `receive` returned last speak for its slot and for others, which are a group
    /// then, and no other connection for them.
    func recognise(_ slot: Int, speakingFor others: [Int])
    /// Whether who sent the message that `receive` returned last may speak for slots.
    func isEntitled(to slots: [Int]) -> Bool
    /// Whether the message that `receive` returned last came by the connection that speaks for its slot.
    func isRecognised(_ slot: Int) -> Bool
    /// Sends a frame to the peer in a slot, without waiting.
    func send(kind: UInt8, _ body: [UInt8], to slot: Int) throws(ZeroMQError)
    /// Sends a frame to whoever sent the message that `receive` returned last, without waiting.
    func respond(kind: UInt8, _ body: [UInt8]) throws(ZeroMQError)
    /// Says whether a new connection may take the name of one that still counts as connected.
    func allowTakeover(_ isAllowed: Bool) throws(ZeroMQError)
    /// Connections that were refused since the last call, in words.
    func takeRefusals() -> [String]
    /// Takes no more messages.
    func close() throws(ZeroMQError)
}

extension Hub: Switchboard {
    /// The time of the machine, which does not jump.
    package var now: SuspendingClock.Instant { .now }
}
