internal import SwiftProtobuf

extension Reply {
    /// The body of its frame, with what the answer took: reading the question, finding the answer, and writing it.
    public func body(reading: Duration, computing: Duration) -> [UInt8] {
        let start = SuspendingClock.now
        let bytes = encoded()
        var tail = WireReply()
        tail.effort = Effort(computing: computing, coding: reading + (SuspendingClock.now - start)).wire
        // A message may come in pieces, one field behind the other.
        return bytes + CanonicalEncoder.bytes(of: tail)
    }
}
