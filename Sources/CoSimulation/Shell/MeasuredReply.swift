extension MessageEncoder {
    /// The body of the frame of an answer, with what it took: reading the question, finding the answer, and writing it.
    public mutating func body(of reply: Reply, reading: Duration, computing: Duration) -> [UInt8] {
        let start = SuspendingClock.now
        return body {
            reply.write(into: &$0)
            let effort = Effort(computing: computing, coding: reading + (SuspendingClock.now - start))
            $0.field(Reply.effortField, effort)
        }
    }
}
