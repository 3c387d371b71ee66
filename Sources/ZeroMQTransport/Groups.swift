/// Which connection speaks for which slots of a hub: each for its own, or one for those of all agents its process plays.
///
/// Slots that are spoken for by one connection are a group; the slot of the name it connected under leads it.
struct Groups {
    /// The leading slot by slot.
    private var leads: [Int]
    /// What waits to be sent, by leading slot; nil where a connection speaks for one slot alone.
    private var outboxes: [Outbox?]
    /// Leading slots for which something waits.
    private var waiting: [Int] = []

    /// Every slot by itself.
    init(slotCount: Int) {
        leads = Array(0..<slotCount)
        outboxes = Array(repeating: nil, count: slotCount)
    }

    /// The slot that leads the group a slot is in; the slot itself where it is in none.
    func lead(of slot: Int) -> Int { leads[slot] }

    /// Whether the connection of a leading slot speaks for the agent of a number.
    func isSpokenFor(_ agent: Int, by lead: Int) -> Bool { leads.indices.contains(agent) && leads[agent] == lead }

    /// Where messages to a slot wait for others to the same connection; nil where they go at once.
    func outbox(of slot: Int) -> Outbox? { outboxes[leads[slot]] }

    /// Has the connection of a slot speak for others too, and for no more than those.
    mutating func form(_ lead: Int, with others: [Int]) {
        for slot in leads.indices where leads[slot] == lead { leads[slot] = slot }
        for slot in others { leads[slot] = lead }
        leads[lead] = lead
        // What waited was for the connection before.
        waiting.removeAll { $0 == lead }
        outboxes[lead] = others.isEmpty ? nil : Outbox()
    }

    /// Notes that something waits for the connection of a slot.
    mutating func noteWaiting(for slot: Int) { waiting.append(leads[slot]) }

    /// The next leading slot for which something waits; nil when nothing does.
    mutating func takeWaiting() -> Int? { waiting.popLast() }
}
