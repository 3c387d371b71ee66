import ZeroMQTransport

/// An agent process: answers every tick and every award at once.
enum Agent {
    static func run(name: String, endpoint: Endpoint, shape: Shape) throws {
        let link = try Link(to: endpoint, name: name, insecure: true)
        var reply = body(wireBytes: shape.reply)
        var acknowledgement = body(wireBytes: shape.acknowledgement)
        try link.send(kind: Kind.greeting, [])
        loop: while true {
            switch try link.receive(timeoutMilliseconds: 10_000) {
            case .message(Kind.tick):
                stamp(&reply, tick: tick(of: link))
                try link.send(kind: Kind.reply, reply)
            case .message(Kind.award):
                stamp(&acknowledgement, tick: tick(of: link))
                try link.send(kind: Kind.acknowledgement, acknowledgement)
            default: break loop
            }
        }
        try link.close()
    }

    private static func tick(of link: Link) -> UInt64 {
        link.withBody { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    }
}
