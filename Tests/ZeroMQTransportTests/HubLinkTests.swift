import CZeroMQ
import Glibc
import Synchronization
import Testing

@testable import ZeroMQTransport

@Suite struct HubLinkTests {
    @Test(arguments: Transport.allCases)
    func everyPeerIsHeardAndAnswered(_ transport: Transport) throws {
        let names = ["grid-a", "region-å", "s", String(repeating: "n", count: 200)]
        let star = try Star(transport, peers: names)
        try star.greet()
        for round in 0..<50 as Range<UInt8> {
            for slot in names.indices { try star.hub.send(kind: 2, [round, UInt8(slot)], to: slot) }
            for (slot, link) in star.links.enumerated() {
                #expect(try link.receive(timeoutMilliseconds: 5_000) == .message(kind: 2))
                #expect(link.withBody { Array($0) } == [round, UInt8(slot)])
                try link.withBody { body throws(ZeroMQError) in try link.send(kind: 3, body) }
            }
            var heard = Set<Int>()
            for _ in names {
                guard case .message(let slot, 3) = try star.hub.receive(timeoutMilliseconds: 5_000) else { break }
                #expect(star.hub.withBody { Array($0) } == [round, UInt8(slot)])
                heard.insert(slot)
            }
            #expect(heard == Set(names.indices))
        }
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func oneEncodingReachesManySlots(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a", "b", "c", "d"])
        try star.greet()
        let body = [UInt8](repeating: 7, count: 5_000)
        #expect(try star.hub.send(kind: 5, body, to: [0, 2, 3]).isEmpty)
        for slot in [0, 2, 3] {
            #expect(try star.links[slot].receive(timeoutMilliseconds: 5_000) == .message(kind: 5))
            #expect(star.links[slot].withBody { $0.elementsEqual(body) })
        }
        #expect(try star.links[1].receive(timeoutMilliseconds: 20) == .timedOut)
        try star.close()
    }

    @Test(arguments: Transport.allCases, [0, 1, 25, 26, 255, 256, 1 << 20])
    func payloadSizes(_ transport: Transport, bytes: Int) throws {
        let star = try Star(transport, peers: ["a"])
        try star.greet()
        var random = Random(seed: UInt64(bytes))
        let body = random.bytes(bytes)
        try star.hub.send(kind: 1, body, to: 0)
        #expect(try star.links[0].receive(timeoutMilliseconds: 5_000) == .message(kind: 1))
        #expect(star.links[0].withBody { $0.elementsEqual(body) })
        try star.links[0].send(kind: 255, body)
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 255))
        #expect(star.hub.withBody { $0.elementsEqual(body) })
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func orderPerPeerIsKept(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a", "b", "c"])
        try star.greet()
        let count = 10_000
        for number in 0..<count {
            let link = star.links[number % 3]
            try withUnsafeBytes(of: UInt32(number).littleEndian) { try link.send(kind: 1, $0) }
        }
        var last = [-1, -1, -1]
        for received in 0..<count {
            guard case .message(let slot, 1) = try star.hub.receive(timeoutMilliseconds: 5_000) else {
                throw TestFailure("\(received) of \(count) came")
            }
            let number = star.hub.withBody { Int($0.loadUnaligned(as: UInt32.self)) }
            #expect(number % 3 == slot && number > last[slot])
            last[slot] = number
        }
        #expect(last.max() == count - 1)
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func aBatchIsThereAtOnce(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a", "b"])
        try star.greet()
        for link in star.links { for _ in 0..<100 { try link.send(kind: 1, []) } }
        var count = 0
        while count < 200, case .message = try star.hub.receive(timeoutMilliseconds: count == 0 ? 5_000 : 1_000) {
            count += 1
        }
        #expect(count == 200)
        #expect(try star.hub.receive(timeoutMilliseconds: 0) == .timedOut)
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func timeoutsAreKept(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"])
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try star.hub.receive(timeoutMilliseconds: 60) == .timedOut)
        let took = clock.now - start
        #expect(took >= .milliseconds(59))
        #expect(try star.links[0].receive(timeoutMilliseconds: 0) == .timedOut)
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func wakerWakes(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"])
        let waker = star.hub.waker
        waker.wake()
        waker.wake()
        #expect(try star.hub.receive(timeoutMilliseconds: 5_000) == .woken)
        #expect(try star.hub.receive(timeoutMilliseconds: 20) == .timedOut, "wake-ups before the return count as one")
        let thread = onThread {
            Deadline.sleep(milliseconds: 30)
            waker.wake()
        }
        #expect(try star.hub.receive(timeoutMilliseconds: nil) == .woken)
        pthread_join(thread, nil)
        try star.close()
        waker.wake()
    }

    @Test(arguments: Transport.allCases)
    func shutdownEndsEveryWait(_ transport: Transport) throws {
        let star = try Star(transport, peers: ["a"])
        let context = star.context
        let thread = onThread {
            Deadline.sleep(milliseconds: 30)
            context.shutdown()
        }
        #expect(try star.hub.receive(timeoutMilliseconds: nil) == .closed)
        #expect(try star.links[0].receive(timeoutMilliseconds: nil) == .closed)
        pthread_join(thread, nil)
        #expect { try star.links[0].send(kind: 1, []) } throws: { ($0 as? ZeroMQError)?.code == .closed }
        #expect { try star.hub.send(kind: 1, [], to: 0) } throws: { ($0 as? ZeroMQError)?.code == .closed }
        try star.close()
    }

    @Test func aSignalDoesNotEndTheWait() throws {
        let star = try Star(.ipc, peers: ["a"])
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR2, &action, nil)
        let waiter = pthread_self()
        let thread = onThread {
            for _ in 0..<20 {
                Deadline.sleep(milliseconds: 10)
                pthread_kill(waiter, SIGUSR2)
            }
        }
        let start = ContinuousClock.now
        #expect(try star.hub.receive(timeoutMilliseconds: 120) == .timedOut)
        let took = ContinuousClock.now - start
        pthread_join(thread, nil)
        #expect(took >= .milliseconds(119) && took < .milliseconds(1_000))
        try star.close()
    }

    @Test func vanishedPeerIsNamed() throws {
        let star = try Star(.ipc, peers: ["a", "b"], connecting: ["b"])
        try star.greet()
        let error = #expect(throws: ZeroMQError.self) { try star.hub.send(kind: 1, [], to: 0) }
        #expect(error?.code == .peerUnreachable && error?.slot == 0)
        #expect(error?.what == "peer 'a' is not connected")
        let failures = try star.hub.send(kind: 1, [], to: [0, 1])
        #expect(failures.map(\.slot) == [0])
        #expect(try star.links[0].receive(timeoutMilliseconds: 5_000) == .message(kind: 1), "the others get it")
        try star.links[0].close()
        var code: ZeroMQError.Code?
        for _ in 0..<500 where code == nil {
            do { try star.hub.send(kind: 1, [], to: 1) } catch { code = error.code }
            Deadline.sleep(milliseconds: 2)
        }
        #expect(code == .peerUnreachable)
        try star.close()
    }

    @Test func aPeerThatDoesNotReadIsNamed() throws {
        var limits = Limits()
        limits.sendQueueMessages = 10
        limits.receiveQueueMessages = 10
        let star = try Star(.inproc, peers: ["a"], limits: limits)
        try star.greet()
        var error: ZeroMQError?
        for _ in 0..<100 where error == nil {
            do { try star.hub.send(kind: 1, [], to: 0) } catch let failure { error = failure }
        }
        #expect(error?.code == .congested && error?.slot == 0)
        for _ in 0..<100 where error?.code != .closed {
            do { try star.links[0].send(kind: 1, []) } catch let failure {
                error = failure
                break
            }
        }
        #expect(error?.what == "the hub does not read: 10 messages of 'a' wait for it")
        try star.close()
    }

    @Test(arguments: Transport.allCases)
    func closeLosesNothing(_ transport: Transport) throws {
        for round in 0..<10 {
            let star = try Star(transport, peers: ["a"])
            try star.greet()
            let body = [UInt8](repeating: UInt8(round), count: 100_000)
            for _ in 0..<20 { try star.links[0].send(kind: 1, body) }
            try star.links[0].send(kind: 9, [1])
            try star.links[0].close()
            var kind: UInt8 = 0
            while kind != 9, case .message(_, let next) = try star.hub.receive(timeoutMilliseconds: 5_000) {
                kind = next
            }
            #expect(kind == 9)
            try star.close()
        }
    }

    @Test func ownContextIsClosedAndFlushed() throws {
        let folder = TemporaryFolder()
        let hub = try Hub(at: folder.endpoint(.ipc), peers: ["a"])
        let link = try Link(to: hub.endpoint, name: "a")
        try link.send(kind: 9, [UInt8](repeating: 1, count: 1 << 20))
        try link.close()
        #expect(try hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 9))
        try hub.close()
        #expect(try hub.receive(timeoutMilliseconds: nil) == .closed)
        try hub.close()
        folder.remove()
    }

    @Test func closingALinkWithoutAHubIsBounded() throws {
        var limits = Limits()
        limits.lingerMilliseconds = 100
        let link = try Link(to: .ipc(path: "/tmp/gridtide-nobody/hub.sock"), name: "a", limits: limits)
        try link.send(kind: 1, [])
        #expect(try link.receive(timeoutMilliseconds: 20) == .timedOut)
        let took = try ContinuousClock().measure { try link.close() }
        #expect(took < .milliseconds(1_500))
    }

    @Test func contextWithOpenSocketsDoesNotHang() throws {
        let context = try Context()
        let link = try Link(to: .inproc(name: "nobody"), name: "a", context: context)
        #expect { try context.close(graceMilliseconds: 30) } throws: { ($0 as? ZeroMQError)?.code == .socketsOpen }
        try link.close()
        try context.close()
        #expect { try Link(to: .inproc(name: "x"), name: "a", context: context) } throws: {
            ($0 as? ZeroMQError)?.code == .closed
        }
    }

    @Test func linkMayConnectBeforeTheHubListens() throws {
        let folder = TemporaryFolder()
        let endpoint = folder.endpoint(.ipc)
        let link = try Link(to: endpoint, name: "a")
        try link.send(kind: 1, [])
        Deadline.sleep(milliseconds: 50)
        let hub = try Hub(at: endpoint, peers: ["a"])
        #expect(try hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 1))
        try link.close()
        try hub.close()
        folder.remove()
    }

    @Test func namesAreChecked() {
        for name in ["", "a\nb", "\u{0}", String(repeating: "é", count: 101)] {
            #expect { try Hub(at: .inproc(name: "x"), peers: ["ok", name]) } throws: {
                ($0 as? ZeroMQError)?.code == .invalidName && ($0 as? ZeroMQError)?.slot == 1
            }
            #expect { try Link(to: .inproc(name: "x"), name: name) } throws: {
                ($0 as? ZeroMQError)?.code == .invalidName
            }
        }
        #expect { try Hub(at: .inproc(name: "x"), peers: ["a", "b", "a"]) } throws: {
            ($0 as? ZeroMQError)?.code == .duplicateName && ($0 as? ZeroMQError)?.slot == 2
        }
    }

    @Test func tablesOfManyNames() throws {
        let names = (0..<1_000).map { "peer-\($0)" }
        let table = try PeerTable(names)
        for (slot, name) in names.enumerated() {
            #expect(Array(name.utf8).withUnsafeBytes { table.slot(of: $0) } == slot)
        }
        #expect(Array("peer-1000".utf8).withUnsafeBytes { table.slot(of: $0) } == nil)
    }
}
