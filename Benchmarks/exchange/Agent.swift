import ZeroMQTransport

/// An agent: answers every tick and every award at once.
enum Agent {
    /// Answers until it is told to stop. Agents that share the hub's process share its context.
    static func run(name: String, endpoint: Endpoint, messageBytes: Int, context: Context? = nil) throws {
        let link = try Link(to: endpoint, name: name, context: context, insecure: true)
        var answer = body(wireBytes: messageBytes)
        try link.send(kind: Kind.greeting, [])
        loop: while true {
            switch try link.receive(timeoutMilliseconds: 10_000) {
            case .message(Kind.tick):
                stamp(&answer, tick: tick(of: link))
                try link.send(kind: Kind.reply, answer)
            case .message(Kind.award):
                stamp(&answer, tick: tick(of: link))
                try link.send(kind: Kind.acknowledgement, answer)
            default: break loop
            }
        }
        try link.close()
    }

    private static func tick(of link: Link) -> UInt64 {
        link.withBody { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    }
}
