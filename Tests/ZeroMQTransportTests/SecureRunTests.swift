import CZeroMQ
import CoSimulation
import Foundation
import Synchronization
import TestKit
import Testing

@testable import ZeroMQTransport

/// Whoever has no business in a run over tcp is refused with a word, and the run comes out as if nobody had come.
@Suite struct SecureRunTests {
    private typealias Place = RunOverTransportTests.Place
    private typealias Outcomes = RunOverTransportTests.Outcomes

    /// Somebody who tries to get into a run before its agents are there.
    enum Intruder: String, CaseIterable, Sendable {
        case unknownKey, noKey, keyOfAnother, unknownName, anotherScenario, anotherVersion, notGreeted, oversizedFrame
        case secondClaimant

        /// A part of what the run says of it.
        var line: String {
            switch self {
            case .unknownKey: "a connection from 127.0.0.1 was refused: its key is not one of this run"
            case .noKey: "a connection failed in its handshake: it has no key"
            case .keyOfAnother: "the holder of the key of 'node-0' sent a message under the name 'node-1'"
            case .unknownName: "the holder of the key of 'node-0' sent a message under the name 'nobody'"
            case .anotherScenario: "'node-0' came for"
            case .anotherVersion: "bytes that are no frame: the frame is of protocol version 9"
            case .notGreeted: "say hello first"
            case .oversizedFrame, .secondClaimant: ""
            }
        }
        /// A part of what it is told; empty where its connection is only cut.
        var answer: String {
            switch self {
            case .unknownKey: "its key is not one of this run"
            case .noKey: "a key is needed there"
            case .keyOfAnother: "wrong-key"
            case .unknownName: "wrong-key"
            case .anotherScenario: "wrong-scenario"
            case .anotherVersion: "wrong-version"
            case .notGreeted: "not-greeted"
            case .oversizedFrame, .secondClaimant: ""
            }
        }
    }

    /// What a run with an intruder came to.
    private struct Result {
        var digest: Digest?
        var refused: [String] = []
        var answer = ""
        var errors: [String: AgentError] = [:]
    }

    private func run(
        _ experiment: Experiment, keys: RunKeys, meanwhile: Bool = false,
        intrude: @escaping @Sendable (Endpoint) -> String
    ) throws -> Result {
        let place = try Place()
        var result = Result()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        let refused = Mutex<[String]>([])
        let hasStarted = Mutex(false)
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .tcp(host: "127.0.0.1", port: 0),
            expectsRecorder: false,
            keys: keys.hub
        ) { event in
            switch event {
            case .refused(let text): refused.withLock { $0.append(text) }
            case .started: hasStarted.withLock { $0 = true }
            default: break
            }
        }
        let (endpoint, scenario) = (service.endpoint, experiment.digest)
        let outcomes = Outcomes()
        let answer = Mutex("")
        let isDone = Mutex(meanwhile)
        outcomes.start("intruder") { () throws(AgentError) in
            while meanwhile, !hasStarted.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
            let text = intrude(endpoint)
            answer.withLock { $0 = text }
            isDone.withLock { $0 = true }
        }
        for number in 0..<experiment.agentCount {
            let name = experiment.agent(number).name
            outcomes.start(name) { () throws(AgentError) in
                while !isDone.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.01) }
                try AgentProcess.run(
                    names: [name], endpoint: endpoint, scenario: scenario, catalogue: SampleAgents.catalogue,
                    keys: keys.links[name])
            }
        }
        result.digest = try service.run()
        result.errors = outcomes.wait()
        result.refused = refused.withLock { $0 }
        result.answer = answer.withLock { $0 }
        return result
    }

    private static func keys(of experiment: Experiment) throws -> RunKeys {
        try RunKeys(peers: (0..<experiment.agentCount).map { experiment.agent($0).name } + [Hello.recorderName])
    }

    /// The control: without an intruder nobody is refused, and the digest is that of a run in one process.
    @Test func quietRun() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 5)
        let result = try run(experiment, keys: Self.keys(of: experiment)) { _ in "" }
        #expect(try result.digest == SampleRun(experiment).digest)
        #expect(result.refused.isEmpty && result.errors.isEmpty)
    }

    @Test(arguments: Intruder.allCases)
    func intruderIsRefused(_ intruder: Intruder) throws {
        let experiment = SampleExperiment.make(size: 2, ticks: intruder == .secondClaimant ? 200 : 5)
        let keys = try Self.keys(of: experiment)
        let result = try run(experiment, keys: keys, meanwhile: intruder == .secondClaimant) { endpoint in
            do {
                return try Self.answer(to: intruder, at: endpoint, keys)
            } catch {
                return "\(error)"
            }
        }
        #expect(try result.digest == SampleRun(experiment).digest)
        #expect(result.errors.isEmpty, "\(result.errors)")
        #expect(intruder.answer.isEmpty || result.answer.contains(intruder.answer), "it was told: \(result.answer)")
        #expect(intruder.line.isEmpty || result.refused.contains { $0.contains(intruder.line) }, "\(result.refused)")
    }

    /// What an intruder is told.
    private static func answer(to intruder: Intruder, at endpoint: Endpoint, _ keys: RunKeys) throws -> String {
        let own = keys.links["node-0"]!
        let hello = Message.hello(Hello(name: "node-0", scenario: nil, software: "test"))
        switch intruder {
        case .unknownKey:
            let foreign = try LinkKeys(own: KeyPair.make(), hub: keys.hub.own.publicKey)
            return try greet("node-0", endpoint, keys: foreign)
        case .noKey: return try greet("node-0", endpoint, keys: nil)
        case .keyOfAnother: return try greet("node-1", endpoint, keys: own)
        case .unknownName: return try greet("nobody", endpoint, keys: own)
        case .anotherScenario:
            return try greet("node-0", endpoint, keys: own, scenario: SampleExperiment.make(seed: 99).digest)
        case .anotherVersion: return try send([0x47, 0x54, 9, 1, 0, 0, 0, 0], endpoint, own)
        case .notGreeted:
            return try send(Frame.encoding(kind: Message.receipt(nextTick: 1).kind, body: []), endpoint, own)
        case .oversizedFrame:
            return try send([UInt8](repeating: 0, count: (64 << 20) + 1), endpoint, own)
        case .secondClaimant:
            // The same key and name as an agent that is there.
            return try send(Frame.encoding(kind: hello.kind, body: hello.body()), endpoint, own, patience: 100)
        }
    }

    private static func greet(_ name: String, _ endpoint: Endpoint, keys: LinkKeys?, scenario: Digest? = nil) throws
        -> String
    {
        let link = try AgentLink(names: [name], endpoint: endpoint, scenario: scenario, keys: keys, insecure: true)
        defer { link.close() }
        do {
            return "\(try link.greet(patience: .seconds(5)))"
        } catch {
            return error.description
        }
    }

    /// Sends any bytes under the name node-0 and returns the code of the refusal that comes back.
    private static func send(
        _ bytes: [UInt8], _ endpoint: Endpoint, _ keys: LinkKeys, patience: Int = 1_500
    ) throws -> String {
        let context = try Context()
        let socket = try Socket(.dealer, in: context)
        try socket.set(ZMQ_LINGER, to: 0)
        try socket.set(ZMQ_ROUTING_ID, to: Array("node-0".utf8))
        try socket.apply(keys, Limits())
        try socket.connect(to: endpoint)
        let packet = Packet()
        try packet.set(bytes)
        #expect(socket.send(packet) == 0)
        let receipt = try socket.receive(into: packet, timeoutMilliseconds: patience)
        defer {
            socket.close()
            try? context.close()
        }
        guard case .message = receipt, case .refusal(let refusal) = try Message(kind: 3, body: packet.body, agent: 0)
        else {
            return ""
        }
        return refusal.code.rawValue
    }

    /// An agent's key in bad hands: a flood under another name, all through the run.
    @Test func floodIsToldInAFewLines() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 60)
        let keys = try Self.keys(of: experiment)
        let sent = Mutex(0)
        let flood: @Sendable (Endpoint) -> String = { endpoint in
            var limits = Limits()
            limits.lingerMilliseconds = 0
            guard let link = try? Link(to: endpoint, name: "flooder", limits: limits, keys: keys.links["node-0"]!)
            else {
                return ""
            }
            var failures = 0
            // It ends when the run has, and nobody takes its messages any more.
            while failures < 500 {
                if (try? link.send(kind: 5, [UInt8](repeating: 1, count: 100))) != nil {
                    sent.withLock { $0 += 1 }
                    failures = 0
                } else {
                    failures += 1
                    Thread.sleep(forTimeInterval: 0.001)
                }
            }
            try? link.close()
            return ""
        }
        let result = try run(experiment, keys: keys, meanwhile: true, intrude: flood)
        #expect(try result.digest == SampleRun(experiment).digest)
        #expect(result.errors.isEmpty, "\(result.errors)")
        #expect(!result.refused.isEmpty && result.refused.count < 15, "\(result.refused.count) lines")
        #expect(sent.withLock { $0 } > 1_000)
    }
}
