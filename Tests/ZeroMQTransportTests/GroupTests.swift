import CoSimulation
import Foundation
import TestKit
import Testing

@testable import ZeroMQTransport

/// One connection that speaks for several names: what it is sent and sends, and what it may not say.
@Suite struct GroupTests {
    private static let group = [0, 2, 3]

    /// A hub whose peer `a` speaks for `c` and `d` as well; `b` is alone.
    private func star(_ transport: Transport) throws -> Star {
        let star = try Star(transport, peers: ["a", "b", "c", "d"], connecting: ["a", "b"])
        try star.links[0].send(kind: 1, [])
        guard case .message(0, 1) = try star.hub.receive(timeoutMilliseconds: 5_000) else {
            throw TestFailure("a greeting is missing")
        }
        #expect(star.hub.isEntitled(to: Self.group))
        star.hub.recognise(0, speakingFor: [2, 3])
        try star.links[1].send(kind: 1, [])
        guard case .message(1, 1) = try star.hub.receive(timeoutMilliseconds: 5_000) else {
            throw TestFailure("a greeting is missing")
        }
        star.hub.recognise(1)
        return star
    }

    private func received(_ hub: Hub) throws -> (slot: Int, kind: UInt8, body: [UInt8])? {
        guard case .message(let slot, let kind) = try hub.receive(timeoutMilliseconds: 2_000) else { return nil }
        return (slot, kind, hub.withBody { Array($0) })
    }

    private func received(_ link: Link) throws -> (agent: Int?, kind: UInt8, body: [UInt8])? {
        guard case .message(let kind) = try link.receive(timeoutMilliseconds: 2_000) else { return nil }
        return (link.addressee, kind, link.withBody { Array($0) })
    }

    @Test(arguments: Transport.allCases)
    func framesGoBothWaysInTheirOrder(transport: Transport) throws {
        let star = try star(transport)
        for round in 0..<20 as Range<UInt8> {
            for slot in Self.group { try star.hub.send(kind: 4, [round, UInt8(slot)], to: slot) }
            try star.hub.send(kind: 4, [round, 1], to: 1)
            #expect(try star.hub.receive(timeoutMilliseconds: 0) == .timedOut)
            for slot in Self.group {
                let frame = try #require(try received(star.links[0]))
                #expect(frame == (slot, 4, [round, UInt8(slot)]))
                try star.links[0].send(kind: 5, [round, UInt8(slot), 9], from: slot)
            }
            let alone = try #require(try received(star.links[1]))
            #expect(alone == (nil, 4, [round, 1]))
            #expect(try star.links[0].receive(timeoutMilliseconds: 0) == .timedOut)
            for slot in Self.group {
                let frame = try #require(try received(star.hub))
                #expect(frame == (slot, 5, [round, UInt8(slot), 9]))
                // Within a process connections have no mark to be told apart by.
                #expect(star.hub.isRecognised(slot) && (transport == .inproc || !star.hub.isRecognised(1)))
            }
        }
        try star.close()
    }

    /// More than one message holds goes in several, and a frame that fits into none is refused.
    @Test func muchIsSentInSeveralMessages() throws {
        let star = try star(.ipc)
        let body = [UInt8](repeating: 7, count: 300_000)
        for _ in 0..<5 { for slot in Self.group { try star.hub.send(kind: 4, body, to: slot) } }
        let failures = try star.hub.send(kind: 6, [1], to: [0, 1, 2, 3])
        #expect(failures.isEmpty)
        #expect(try star.hub.receive(timeoutMilliseconds: 0) == .timedOut)
        for _ in 0..<5 { for slot in Self.group { #expect(try received(star.links[0])! == (slot, 4, body)) } }
        for slot in Self.group { #expect(try received(star.links[0])! == (slot, 6, [1])) }
        let huge = [UInt8](repeating: 0, count: star.hub.limits.maximumMessageBytes)
        #expect(throws: ZeroMQError.self) { try star.hub.send(kind: 4, huge, to: 2) }
        #expect(throws: ZeroMQError.self) { try star.links[0].send(kind: 4, huge, from: 2) }
        try star.close()
    }

    @Test func aConnectionSpeaksForItsOwnAlone() throws {
        let star = try star(.ipc)
        try star.links[0].send(kind: 5, [], from: 1)
        try star.links[0].send(kind: 5, [], from: 4_000_000_000)
        try star.links[0].send(kind: 5, [], from: 2)
        #expect(try star.links[0].receive(timeoutMilliseconds: 0) == .timedOut)
        for number in [1, 4_000_000_000] {
            let violation = TransportViolation(sender: .slot(0), reason: .foreignAgent(number: number))
            #expect(try star.hub.receive(timeoutMilliseconds: 2_000) == .violation(violation))
        }
        #expect(try received(star.hub)?.slot == 2)
        // One that is alone speaks for nobody else either, in a batch or not.
        try star.links[1].send(kind: 5, [], from: 2)
        #expect(try star.links[1].receive(timeoutMilliseconds: 0) == .timedOut)
        let violation = TransportViolation(sender: .slot(1), reason: .foreignAgent(number: 2))
        #expect(try star.hub.receive(timeoutMilliseconds: 2_000) == .violation(violation))
        // When the connection that led greets again by itself, the others are nobody's.
        try star.links[0].send(kind: 1, [])
        _ = try received(star.hub)
        star.hub.recognise(0)
        try star.links[0].send(kind: 5, [], from: 2)
        #expect(try star.links[0].receive(timeoutMilliseconds: 0) == .timedOut)
        let last = TransportViolation(sender: .slot(0), reason: .foreignAgent(number: 2))
        #expect(try star.hub.receive(timeoutMilliseconds: 2_000) == .violation(last))
        try star.close()
    }

    /// Whatever bytes a batch has, it is read up to the first that is no frame, and no further.
    @Test func brokenBatchesAreNamed() throws {
        for seed in 0..<3_000 as Range<UInt64> {
            var random = Random(seed: seed)
            let outbox = Outbox()
            let bodies = (0..<4).map { _ in random.bytes(Int(random.next() % 40)) }
            for (agent, body) in bodies.enumerated() {
                try body.withUnsafeBytes { try outbox.add(agent: agent, kind: 5, $0, limit: 10_000) }
            }
            let packet = Packet()
            try outbox.pack(into: packet)
            var bytes = Array(packet.bytes)
            #expect(try entries(of: bytes).map(\.body.count) == bodies.map(\.count), "seed \(seed)")
            let place = Frame.headerBytes + Int(random.next() % UInt64(bytes.count - Frame.headerBytes))
            if random.next() % 2 == 0 {
                bytes[place] ^= UInt8(1 + random.next() % 255)
            } else {
                bytes.removeSubrange(place...)
            }
            let read = (try? entries(of: bytes)) ?? []
            #expect(read.allSatisfy { $0.body.upperBound <= bytes.count }, "seed \(seed)")
        }
        let nested = [0, 0, 0, 0] + Frame.encoding(kind: Batch.kind, body: [])
        #expect(throws: Frame.Fault.nestedBatch) { try entries(of: Frame.encoding(kind: Batch.kind, body: nested)) }
    }

    private func entries(of bytes: [UInt8]) throws -> [Batch.Entry] {
        var cursor = Batch.Cursor()
        cursor.begin()
        var entries: [Batch.Entry] = []
        try bytes.withUnsafeBytes { while let entry = try cursor.next(in: $0) { entries.append(entry) } }
        return entries
    }

    /// The connection of a group is lost once, under the name it greeted by.
    @Test(arguments: [Transport.ipc, .tcp]) func theLossOfAGroupIsTold(transport: Transport) throws {
        let star = try star(transport)
        try star.links[0].close()
        #expect(try star.hub.receive(timeoutMilliseconds: 3_000) == .lost(slot: 0))
        // What is sent to it then is dropped, as it is told otherwise.
        for slot in Self.group { try star.hub.send(kind: 4, [], to: slot) }
        #expect(try star.hub.receive(timeoutMilliseconds: 0) == .timedOut)
        try star.close()
    }
}

/// Runs whose agents share processes: the digest is that of a run in one.
@Suite struct GroupedRunTests {
    private typealias Place = RunOverTransportTests.Place
    private typealias Outcomes = RunOverTransportTests.Outcomes

    /// Runs an experiment with agents shared out among so many processes, which come in an order of the seed.
    private func digest(_ experiment: Experiment, over transport: Transport, processes: Int, seed: UInt64) throws
        -> Digest
    {
        let place = try Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .signalling)
        let names = (0..<experiment.agentCount).map { experiment.agent($0).name }.shuffled(using: &random)
        let groups = names.shared(among: processes)
        let keys = transport == .tcp ? try RunKeys(groups: groups) : nil
        let service = try CoordinatorService(
            experiment: experiment, journal: journal,
            endpoint: transport == .tcp ? .tcp(host: "127.0.0.1", port: 0) : .ipc(path: place.path + "/hub"),
            expectsRecorder: false, keys: keys?.hub)
        let outcomes = Outcomes()
        let endpoint = service.endpoint
        for group in groups {
            outcomes.start(group[0]) { () throws(AgentError) in
                try AgentProcess.run(
                    names: group, endpoint: endpoint, scenario: nil, catalogue: SampleAgents.catalogue,
                    keys: keys?.links[group[0]])
            }
        }
        let digest = try service.run()
        #expect(outcomes.wait().isEmpty)
        return digest
    }

    @Test(arguments: [Transport.ipc, .tcp], [1, 2, 3, 6])
    func everyGroupingGivesOneDigest(transport: Transport, processes: Int) throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 5)
        let expected = try SampleRun(experiment).digest
        for seed in 0..<4 as Range<UInt64> {
            let grouped = try digest(experiment, over: transport, processes: processes, seed: seed)
            #expect(grouped == expected, "\(transport), \(processes) processes, seed \(seed)")
        }
        // The control: another experiment is another run.
        let other = SampleExperiment.make(size: 2, ticks: 5, seed: 8)
        #expect(try digest(other, over: transport, processes: processes, seed: 0) != expected)
    }

    /// Faults strike agents, not processes.
    @Test(arguments: 1...3 as ClosedRange<UInt64>) func faultsStrikeAgents(seed: UInt64) throws {
        let experiment = SampleFaults.experiment(seed: seed)
        #expect(try digest(experiment, over: .ipc, processes: 2, seed: seed) == SampleRun(experiment).digest)
    }

    /// Who greets for others is refused as a whole when it may not speak for one of them, and the run waits for better.
    @Test func whoMayNotSpeakForAllIsRefused() throws {
        let experiment = SampleExperiment.make(size: 1, ticks: 2)
        let names = (0..<experiment.agentCount).map { experiment.agent($0).name }
        let keys = try RunKeys(groups: [[names[0], names[1]], [names[2]]])
        let place = try Place()
        let service = try CoordinatorService(
            experiment: experiment, journal: JournalWriter(creating: place.path + "/journal", experiment: experiment),
            endpoint: .tcp(host: "127.0.0.1", port: 0), expectsRecorder: false, keys: keys.hub)
        let outcomes = Outcomes()
        let endpoint = service.endpoint
        func play(_ who: [String], as label: String, after seconds: Double) {
            outcomes.start(label) { () throws(AgentError) in
                Thread.sleep(forTimeInterval: seconds)
                try AgentProcess.run(
                    names: who, endpoint: endpoint, scenario: nil, catalogue: SampleAgents.catalogue,
                    keys: keys.links[who[0]])
            }
        }
        play([names[2], names[0]], as: "foreign key", after: 0)
        play([names[2], "nobody"], as: "unknown name", after: 0.3)
        play([names[2], names[2]], as: "twice", after: 0.6)
        play([names[0], names[1]], as: "group", after: 0.9)
        play([names[2]], as: "alone", after: 0.9)
        _ = try service.run()
        let errors = outcomes.wait()
        #expect(errors["foreign key"]?.description.contains("wrong-key") == true)
        #expect(errors["unknown name"]?.description.contains("unknown-name") == true)
        #expect(errors["twice"]?.description.contains("unknown-name") == true)
        #expect(errors["group"] == nil && errors["alone"] == nil)
    }
}
