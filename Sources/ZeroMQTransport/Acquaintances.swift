/// The connections that speak for a hub's slots, and which of them are gone.
///
/// libzmq names a connection to its reader by the peer's name, which another connection can take, and to its monitor by a
/// number the system gives out again. A message that is kept from each connection ties the two together.
struct Acquaintances {
    /// A message of the connection that speaks for a slot.
    private final class Acquaintance {
        let mark: UnsafeRawPointer?
        let number: Int32
        /// Whether it is gone; its number may be another's then.
        var hasEnded = false
        /// Kept, since that keeps the mark from being another connection's.
        private let message = Packet()

        init(sharing other: borrowing Packet) {
            message.share(other)
            mark = other.connectionMark
            number = other.connectionNumber
        }
    }

    private var bySlot: [Acquaintance?]
    /// Those that ended, and when that is to be told.
    private var parted: [(slot: Int, acquaintance: Acquaintance, due: Deadline)] = []

    init(slotCount: Int) {
        bySlot = Array(repeating: nil, count: slotCount)
    }

    /// Has the connection of a message speak for a slot.
    mutating func recognise(_ slot: Int, by message: borrowing Packet) {
        bySlot[slot] = Acquaintance(sharing: message)
    }

    /// Whether a message came by the connection that speaks for a slot.
    func isRecognised(_ slot: Int, _ message: borrowing Packet) -> Bool {
        guard let acquaintance = bySlot[slot] else { return false }
        return acquaintance.mark == message.connectionMark
    }

    /// Notes that connections ended, by their numbers.
    mutating func noteEnds(_ numbers: [Int32], patienceMilliseconds: Int) {
        for number in numbers {
            let place = bySlot.firstIndex { $0?.number == number && $0?.hasEnded == false }
            guard let slot = place, let acquaintance = bySlot[slot] else { continue }
            acquaintance.hasEnded = true
            parted.append((slot, acquaintance, Deadline(milliseconds: patienceMilliseconds)))
        }
    }

    /// The next slot that nobody speaks for any more, and that it is time to tell of.
    mutating func takeParted() -> Int? {
        while let first = parted.first, first.due.remainingMilliseconds == 0 {
            parted.removeFirst()
            if bySlot[first.slot] === first.acquaintance { return first.slot }
        }
        return nil
    }
}
