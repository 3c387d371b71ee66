import CoSimulation
import ZeroMQTransport

/// A hub in a simulated world, with the rules of libzmq's ROUTER: a second connection of a name is ignored, or takes it where
/// that is allowed; a name is free again when all its holder sent has been taken; messages go to whoever holds the name.
///
/// While it waits, the world goes on. When the coordinator dies, every call fails from then on.
final class SimulatedHub: Switchboard {
    let endpoint = Endpoint.inproc(name: "simulation")
    let peerNames: [String]
    let world: SimulatedWorld
    /// How many more calls the coordinator lives for; nil for ever.
    var remainingCalls: Int?
    private(set) var isDead = false
    /// Looked at before each call that the coordinator makes.
    var inspect: () -> Void = {}
    /// What a planted defect makes of a message; nil swallows it.
    var alterReceived: (_ slot: Int, [UInt8]) -> [UInt8] = { $1 }
    var isSwallowed: (_ slot: Int, _ kind: UInt8) -> Bool = { _, _ in false }

    private var connections: [SimulatedConnection] = []
    private var holders: [SimulatedConnection?]
    private var recognised: [SimulatedConnection?]
    /// The slot whose connection speaks for a slot.
    private var leads: [Int]
    /// Slots whose connection is known to be gone.
    private var parted: [Int] = []
    private var allowsTakeover = false
    private var isWoken = false
    private var sender: SimulatedConnection?
    private var incoming: [UInt8] = []

    init(world: SimulatedWorld, peerNames: [String]) {
        self.world = world
        self.peerNames = peerNames
        leads = Array(peerNames.indices)
        holders = Array(repeating: nil, count: peerNames.count)
        recognised = holders
    }

    var now: SuspendingClock.Instant { world.now }

    func wake() { isWoken = true }

    // MARK: The coordinator's side

    func receive(timeoutMilliseconds: Int?) throws(ZeroMQError) -> HubEvent {
        try live()
        // Seldom, the coordinator itself is held up, for longer than a deadline too.
        world.spend(world.chance(0.002) ? world.number(in: 1_000_000...60_000_000) : world.number(in: 1...50))
        let end = timeoutMilliseconds.map { world.microseconds + $0 * 1_000 } ?? .max
        while true {
            forgetClosed()
            if let event = takeNext() { return event }
            if !parted.isEmpty { return .lost(slot: parted.removeFirst()) }
            guard world.runNext(before: end) else { return .timedOut }
            if world.isExhausted { throw stopped("the run does not end") }
        }
    }

    func withBody<Result, Failure: Error>(
        _ use: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let result = incoming.withUnsafeBytes { bytes in
            Swift.Result { () throws(Failure) in
                try use(UnsafeRawBufferPointer(rebasing: bytes[min(Frame.headerBytes, bytes.count)...]))
            }
        }
        return try result.get()
    }

    func recognise(_ slot: Int, speakingFor others: [Int]) {
        for member in leads.indices where leads[member] == slot { leads[member] = member }
        for member in [slot] + others { leads[member] = slot }
        recognised[slot] = sender
        if !others.isEmpty { world.count("group greets", peerNames[slot]) }
    }

    func isRecognised(_ slot: Int) -> Bool { recognised[leads[slot]] === sender }

    func isEntitled(to slots: [Int]) -> Bool { true }

    func send(kind: UInt8, _ body: [UInt8], to slot: Int) throws(ZeroMQError) {
        try live()
        let lead = leads[slot]
        let isGrouped = leads.count { $0 == lead } > 1
        guard let holder = holders[lead] else {
            // That a group is gone is told in no other way than by its end.
            if isGrouped { return }
            throw ZeroMQError(.peerUnreachable, what: "peer '\(peerNames[slot])' is not connected", slot: slot)
        }
        guard !isSwallowed(slot, kind) else { return }
        carry(Frame.encoding(kind: kind, body: body), to: holder, agent: isGrouped ? slot : nil)
    }

    func respond(kind: UInt8, _ body: [UInt8]) throws(ZeroMQError) {
        try live()
        if let sender { carry(Frame.encoding(kind: kind, body: body), to: sender) }
    }

    func allowTakeover(_ isAllowed: Bool) throws(ZeroMQError) {
        try live()
        allowsTakeover = isAllowed
    }

    func takeRefusals() -> [String] { [] }

    func close() throws(ZeroMQError) { isDead = true }

    private func live() throws(ZeroMQError) {
        if isDead { throw stopped("the coordinator is dead") }
        inspect()
        if let calls = remainingCalls {
            remainingCalls = calls - 1
            if calls == 0 {
                isDead = true
                world.count("coordinator dies")
            }
        }
        if isDead { throw stopped("the coordinator is dead") }
    }

    private func stopped(_ text: String) -> ZeroMQError { ZeroMQError(.closed, what: text) }

    private func carry(_ bytes: [UInt8], to connection: SimulatedConnection, agent: Int? = nil) {
        world.soon(notBefore: &connection.lastDelivery) { if !connection.isCut { connection.deliver(agent, bytes) } }
    }

    // MARK: The processes' side

    /// A new connection; the hub sees it a little later.
    func accept(_ connection: SimulatedConnection) {
        world.soon(notBefore: &connection.lastArrival) { [self] in
            guard !isDead, !connection.isCut else { return }
            connections.append(connection)
            connection.standing = standing(of: connection)
        }
    }

    /// Carries bytes from a process to the hub, in the name of one of several agents if it says so.
    func carry(_ bytes: [UInt8], from connection: SimulatedConnection, agent: Int?) {
        world.soon(notBefore: &connection.lastArrival) {
            if !connection.isCut { connection.inbound.append((agent, bytes)) }
        }
    }

    /// Ends a connection from the other side; what is under way may be lost with it.
    func hangUp(_ connection: SimulatedConnection, losingAll: Bool) {
        if losingAll { connection.isCut = true }
        world.soon(notBefore: &connection.lastArrival) { [self] in
            connection.isClosed = true
            connection.isCut = true
            noteParting(connection)
        }
    }

    /// After a while, the coordinator hears that whoever speaks for a slot is gone.
    private func noteParting(_ connection: SimulatedConnection) {
        world.after(world.number(in: 700_000...950_000)) { [self] in
            guard let slot = recognised.firstIndex(where: { $0 === connection }) else { return }
            world.count("connection lost", connection.name)
            parted.append(slot)
        }
    }

    private func standing(of connection: SimulatedConnection) -> SimulatedConnection.Standing {
        guard let slot = peerNames.firstIndex(of: connection.name) else { return .nameless }
        if let old = holders[slot] {
            guard allowsTakeover else {
                world.count("connection ignored", connection.name)
                return .ignored
            }
            world.count("name taken over", connection.name)
            old.standing = .nameless
            if world.chance(0.5) { old.inbound = [] }
            world.after(world.delay()) { [self] in
                old.isCut = true
                old.isClosed = true
                noteParting(old)
                old.dropped()
            }
        }
        holders[slot] = connection
        return .holding
    }

    /// Frees the names of those who are gone and have been heard to the end; not always at once.
    private func forgetClosed() {
        connections.removeAll { connection in
            guard connection.isClosed, connection.inbound.isEmpty, world.chance(0.7) else { return false }
            if let slot = holders.firstIndex(where: { $0 === connection }) { holders[slot] = nil }
            return true
        }
    }

    /// One of the things that are there to be heard.
    private func takeNext() -> HubEvent? {
        let ready = connections.filter { !$0.inbound.isEmpty }
        guard isWoken || !ready.isEmpty else { return nil }
        let choice = world.number(in: 0...ready.count - (isWoken ? 0 : 1))
        guard choice < ready.count else {
            isWoken = false
            return .woken
        }
        return take(from: ready[choice])
    }

    private func take(from connection: SimulatedConnection) -> HubEvent? {
        let (agent, bytes) = connection.inbound.removeFirst()
        sender = connection
        switch connection.standing {
        case .coming, .ignored:
            // libzmq drops it; at times it takes what comes next for a name.
            return world.chance(0.8) ? takeNext() : violation(.unknown(name: "GT"), .duplicateName)
        case .nameless:
            return violation(
                .unknown(name: connection.name), peerNames.contains(connection.name) ? .nameless : .unknownPeer)
        case .holding: break
        }
        let lead = peerNames.firstIndex(of: connection.name)!
        let slot = agent ?? lead
        guard leads[slot] == lead || slot == lead else { return violation(.slot(lead), .foreignAgent(number: slot)) }
        incoming = alterReceived(slot, bytes)
        let frame = incoming.withUnsafeBytes { bytes in
            Result { () throws(Frame.Fault) in try Frame(decoding: bytes) }
        }
        switch frame {
        case .success(let frame): return .message(slot: slot, kind: frame.kind)
        case .failure(let fault): return violation(.slot(slot), .notAFrame(fault))
        }
    }

    private func violation(
        _ sender: TransportViolation.Sender, _ reason: TransportViolation.Reason
    ) -> HubEvent {
        let violation = TransportViolation(sender: sender, reason: reason)
        world.count("violation", "\(violation)")
        return .violation(violation)
    }
}
