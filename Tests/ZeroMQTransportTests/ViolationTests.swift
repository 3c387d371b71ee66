import CZeroMQ
import Glibc
import Testing

@testable import ZeroMQTransport

@Suite struct ViolationTests {
    /// A foreign client: a bare DEALER that sends what it likes.
    func stranger(_ star: Star, name: [UInt8]) throws -> Socket {
        let socket = try Socket(.dealer, in: star.context)
        try socket.set(ZMQ_ROUTING_ID, to: name)
        try socket.set(ZMQ_LINGER, to: 0)
        try socket.connect(to: star.hub.endpoint)
        return socket
    }

    func send(_ parts: [[UInt8]], by socket: Socket) throws {
        for (index, part) in parts.enumerated() {
            let message = Packet()
            try message.resize(bytes: part.count)
            message.bytes.copyBytes(from: part)
            #expect(socket.send(message, more: index + 1 < parts.count) == 0)
        }
    }

    @Test(arguments: Transport.allCases)
    func unknownPeer(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"])
        try star.greet()
        let socket = try stranger(star, name: Array("m\u{7}x".utf8))
        try send([Frame.encoding(kind: 1, body: [])], by: socket)
        let violation = TransportViolation(sender: .unknown(name: "m\\x07x"), reason: .unknownPeer)
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .violation(violation))
        #expect(
            violation.description
                == "an unknown peer 'm\\x07x' sent a message; its name is not in the hub's table")
        #expect(star.hub.violationCount == 1)
        socket.close()
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func namelessPeer(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"], connecting: [])
        let socket = try Socket(.dealer, in: star.context)
        try socket.set(ZMQ_LINGER, to: 0)
        try socket.connect(to: star.hub.endpoint)
        try send([Frame.encoding(kind: 1, body: [])], by: socket)
        guard case .violation(let violation) = try star.hub.receive(timeoutMilliseconds: 5_000) else {
            throw TestFailure("no violation")
        }
        #expect(violation.reason == .nameless)
        socket.close()
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func garbageIsNamedAndTheNextFrameHeard(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"], connecting: [])
        let socket = try stranger(star, name: Array("a".utf8))
        let cases: [([[UInt8]], TransportViolation.Reason)] = [
            ([[]], .notAFrame(.truncated(bytes: 0))),
            ([[1, 2, 3]], .notAFrame(.truncated(bytes: 3))),
            ([Array("HTTP/1.1 200".utf8)], .notAFrame(.wrongMagic(0x48, 0x54))),
            ([[0x47, 0x54, 9, 0, 0, 0, 0, 0]], .notAFrame(.wrongVersion(9))),
            ([[0x47, 0x54, 1, 0, 9, 0, 0, 0]], .notAFrame(.wrongLength(announced: 9, actual: 0))),
            ([[], Frame.encoding(kind: 1, body: [])], .multipart(parts: 2)),
            ([[1], [], [3], [4], [5]], .multipart(parts: 5)),
        ]
        for (parts, reason) in cases {
            try send(parts, by: socket)
            try send([Frame.encoding(kind: 7, body: [42])], by: socket)
            #expect(
                try star.hub.receive(timeoutMilliseconds: 5_000)
                    == .violation(TransportViolation(sender: .slot(0), reason: reason)))
            #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 7))
            #expect(star.hub.withBody { Array($0) } == [42])
        }
        #expect(star.hub.violationCount == cases.count)
        socket.close()
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func randomMessagesNeverStopTheHub(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a", "b"], connecting: ["b"])
        try star.greet()
        let socket = try stranger(star, name: Array("a".utf8))
        for seed in 0..<500 as Range<UInt64> {
            var random = Random(seed: seed)
            let count = Int(random.next() % 4 + 1)
            try send((0..<count).map { _ in random.bytes(Int(random.next() % 300)) }, by: socket)
        }
        for received in 0..<500 {
            guard case .violation = try star.hub.receive(timeoutMilliseconds: 5_000) else {
                throw TestFailure("after \(received)")
            }
        }
        try star.links[0].send(kind: 3, [])
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 1, kind: 3))
        socket.close()
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func oversizeIsRefused(_ transport: Transport) throws {
        var limits = Limits()
        limits.maximumMessageBytes = 1_000
        let star = try Star(transport, peers: ["a", "b"], connecting: ["b"], limits: limits)
        try star.greet()
        let error = #expect(throws: ZeroMQError.self) {
            try star.links[0].send(kind: 1, [UInt8](repeating: 0, count: 993))
        }
        #expect(error?.code == .messageTooLarge)
        let socket = try stranger(star, name: Array("a".utf8))
        try send([Frame.encoding(kind: 1, body: [UInt8](repeating: 0, count: 993))], by: socket)
        let event = try star.hub.receive(timeoutMilliseconds: 100)
        if transport == .inproc {
            #expect(event == .violation(TransportViolation(sender: .slot(0), reason: .tooLarge(bytes: 1_001))))
        } else {
            #expect(event == .timedOut, "libzmq has cut the connection")
        }
        try star.links[0].send(kind: 1, [UInt8](repeating: 0, count: 992))
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 1, kind: 1))
        socket.close()
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func secondClaimantOfANameIsNotHeard(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"])
        try star.greet()
        let second = try Link(to: star.hub.endpoint, name: "a", context: star.context, insecure: true)
        for _ in 0..<3 { try second.send(kind: 66, []) }
        switch try star.hub.receive(timeoutMilliseconds: 100) {
        case .timedOut: break
        case .violation(let violation): #expect(violation.reason == .duplicateName)
        case let event: Issue.record("unexpected: \(event)")
        }
        try star.hub.send(kind: 1, [], to: 0)
        #expect(try star.links[0].receive(timeoutMilliseconds: 5_000) == .message(kind: 1), "the first keeps the name")
        #expect(try second.receive(timeoutMilliseconds: 20) == .timedOut)
        try second.close()
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func restartedPeerIsHeardAfterReconnecting(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"])
        try star.greet()
        var second = try Link(to: star.hub.endpoint, name: "a", context: star.context, insecure: true)
        try second.send(kind: 66, [])
        _ = try star.hub.receive(timeoutMilliseconds: 50)
        try star.links[0].close()
        var heard = false
        for _ in 0..<20 where !heard {
            try second.close()
            second = try Link(to: star.hub.endpoint, name: "a", context: star.context, insecure: true)
            try second.send(kind: 67, [])
            if case .message(0, 67) = try star.hub.receive(timeoutMilliseconds: 200) { heard = true }
        }
        #expect(heard)
        try star.hub.send(kind: 1, [], to: 0)
        #expect(try second.receive(timeoutMilliseconds: 5_000) == .message(kind: 1))
        try second.close()
        try star.close()
    }

    @Test(arguments: [nil, 0x00, 0x01, 0xff])
    func garbageOnTheTCPPortIsIgnored(firstByte: UInt8?) throws {
        let star = try Star(.tcp, peers: ["a"])
        try star.greet()
        for seed in 0..<40 as Range<UInt64> {
            try throwGarbage(at: star.hub.endpoint, firstByte: firstByte, seed: seed)
        }
        try star.links[0].send(kind: 1, [])
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 1))
        #expect(try star.hub.receive(timeoutMilliseconds: 20) == .timedOut)
        try star.close()
    }

    @Test func garbageWhileClosingIsHarmless() throws {
        for round in 0..<10 as Range<UInt64> {
            let star = try Star(.tcp, peers: ["a"])
            for seed in 0..<20 {
                try throwGarbage(at: star.hub.endpoint, firstByte: 3, seed: 100 * round + UInt64(seed))
            }
            try star.close()
        }
    }

    func throwGarbage(at endpoint: Endpoint, firstByte: UInt8?, seed: UInt64) throws {
        guard case .tcp(_, let port) = endpoint else { throw TestFailure("not tcp") }
        var random = Random(seed: seed)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(connected == 0)
        var bytes = random.bytes(200)
        if let firstByte { bytes[0] = firstByte }
        if firstByte == 0xff { bytes.replaceSubrange(1..<12, with: [0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]) }
        if seed % 2 == 0 && firstByte == 0xff {
            bytes.replaceSubrange(12..<64, with: Array("NULL".utf8) + [UInt8](repeating: 0, count: 48))
        }
        Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        close(descriptor)
    }

    /// A peer dies and its successor connects before the hub looks.
    @Test(arguments: [Transport.ipc, .tcp], [true, false])
    func peerRestartedWhileTheHubIsBusy(_ transport: Transport, takeover: Bool) throws {
        let star = try Star(transport, peers: ["a"], connecting: [])
        let first = try Link(to: star.hub.endpoint, name: "a", insecure: true)
        try first.send(kind: 1, [])
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 1))
        for _ in 0..<5 { try first.send(kind: 2, []) }
        try first.close()
        try star.hub.allowTakeover(takeover)
        var second = try Link(to: star.hub.endpoint, name: "a", insecure: true)
        try second.send(kind: 3, [])
        Deadline.sleep(milliseconds: 400)
        for _ in 0..<5 {
            let event = try star.hub.receive(timeoutMilliseconds: 5_000)
            #expect(event == .message(slot: 0, kind: 2), "what the dead peer had sent")
        }
        if !takeover {
            #expect(try star.hub.receive(timeoutMilliseconds: 200) == .timedOut, "libzmq has refused the successor")
            try second.close()
            second = try Link(to: star.hub.endpoint, name: "a", insecure: true)
            try second.send(kind: 3, [])
        }
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 3))
        try star.hub.send(kind: 5, [], to: 0)
        #expect(try second.receive(timeoutMilliseconds: 5_000) == .message(kind: 5))
        try second.close()
        try star.close()
    }
}
