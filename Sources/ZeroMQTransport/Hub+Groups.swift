#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// Which connections speak for which slots, and what is sent to those that speak for several.
extension Hub {
    /// Has the connection of the message that `receive` returned last speak for its slot and for others, which are a group
    /// then, and no other connection for them.
    ///
    /// A process that was given up and lives, or a second one of the same name, can get the name back from libzmq when
    /// it connects again. What it says then is told apart by this.
    public func recognise(_ slot: Int, speakingFor others: [Int] = []) {
        // Before a number that is given out again is another connection's.
        noteEnds()
        groups.form(slot, with: others)
        acquaintances.recognise(slot, by: sender)
    }

    /// Whether the message that `receive` returned last came by the connection that speaks for its slot.
    public func isRecognised(_ slot: Int) -> Bool {
        acquaintances.isRecognised(groups.lead(of: slot), sender)
    }

    /// Whether who sent the message that `receive` returned last may speak for slots: where there are keys, they are all of
    /// its key.
    public func isEntitled(to slots: [Int]) -> Bool {
        guard doorkeeper != nil else { return true }
        let holder = sender.holder
        return slots.allSatisfy { holders[$0] == holder }
    }

    /// Adds a frame to what waits for a group, and sends that when it is much.
    func add(
        _ kind: UInt8, _ body: UnsafeRawBufferPointer, to slot: Int, _ outbox: Outbox
    ) throws(ZeroMQError) {
        let limit = limits.maximumMessageBytes
        if outbox.overflows(adding: body.count, limit: limit) { try transmit(outbox, to: groups.lead(of: slot)) }
        if outbox.count == 0 { groups.noteWaiting(for: slot) }
        try outbox.add(agent: slot, kind: kind, body, limit: limit)
        if outbox.isFull { try transmit(outbox, to: groups.lead(of: slot)) }
    }

    /// Sends what waits for groups.
    func flush() throws(ZeroMQError) {
        while let lead = groups.takeWaiting() {
            if let outbox = groups.outbox(of: lead), outbox.count > 0 { try transmit(outbox, to: lead) }
        }
    }

    /// Sends a batch. That its connection is gone, the monitor tells.
    private func transmit(_ outbox: Outbox, to lead: Int) throws(ZeroMQError) {
        try outbox.pack(into: outgoing)
        let number = transmit(outgoing, to: lead)
        if number != 0, number != EHOSTUNREACH { throw failure(number, lead) }
    }
}
