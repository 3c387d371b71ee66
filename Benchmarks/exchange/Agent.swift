import ZeroMQTransport

/// An agent, or several that share a process and a connection: answers every tick and every award at once.
enum Agent {
    /// Answers until it is told to stop. Agents that share the hub's process share its context.
    static func run(name: String, endpoint: Endpoint, messageBytes: Int, context: Context? = nil) throws {
        let link = try Link(to: endpoint, name: name, context: context, insecure: true)
        var answer = body(wireBytes: messageBytes)
        try link.send(kind: Kind.greeting, [])
        while case .message(let question) = try link.receive(timeoutMilliseconds: 10_000), question != Kind.stop {
            stamp(&answer, tick: link.withBody { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) })
            // What comes in a batch is answered in one.
            if let agent = link.addressee {
                try link.send(kind: question + 1, answer, from: agent)
            } else {
                try link.send(kind: question + 1, answer)
            }
        }
        try link.close()
    }
}
