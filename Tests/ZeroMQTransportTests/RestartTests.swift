import CoSimulation
import Foundation
import InferencePlacement
import Synchronization
import TestKit
import Testing
import ZeroMQTransport

/// A lost agent is replaced, and a coordinator that stopped goes on, at every point of a run: the digest stays.
@Suite struct RestartTests {
    private typealias Place = RunOverTransportTests.Place
    private typealias Outcomes = RunOverTransportTests.Outcomes

    /// What the service says, and what is done then.
    private final class Watcher: @unchecked Sendable {
        let onReleased: @Sendable () -> Void
        var onAiling: (String) -> Void = { _ in }
        var caughtUp: [String] = []
        var ailing: [String] = []
        init(_ onReleased: @escaping @Sendable () -> Void) { self.onReleased = onReleased }

        func note(_ event: CoordinatorService.Event) {
            switch event {
            case .released: onReleased()
            case .caughtUp(let name, let exchanges): caughtUp.append("\(name) \(exchanges)")
            case .ailing(let name, let error):
                ailing.append(error.description)
                onAiling(name)
            default: break
            }
        }
    }

    /// How an agent ends.
    enum End: CaseIterable, Sendable {
        case beforeAnswering, afterAnswering, hanging
    }

    /// Plays an agent up to its n-th question, and then vanishes, before or after it has answered it.
    private static func vanish(_ name: String, _ endpoint: Endpoint, after count: Int, _ end: End) throws {
        let link = try Link(to: endpoint, name: name)
        let hello = Message.hello(Hello(name: name, scenario: nil, software: "test"))
        try link.send(kind: hello.kind, hello.body())
        var program: AgentProgram?
        var asked = 0
        while case .message(let kind) = try link.receive(timeoutMilliseconds: 5_000) {
            let number = program?.number ?? 0
            let message = try link.withBody { bytes in try Message(kind: kind, body: bytes, agent: number) }
            switch message {
            case .welcome(.agent(let number, let seed, let strategy, let setup)):
                let entry = SampleAgents.catalogue.entry(setup.role, strategy)!
                program = try AgentProgram(
                    number: number, seed: seed, entry: entry, setup: try setup.checked(by: entry.fields))
            case .ask(let ask):
                asked += 1
                if asked == count, end == .hanging {
                    // It is there, and says nothing more until it is sent away.
                    while case .message = try link.receive(timeoutMilliseconds: 6_000) {}
                    return try link.close()
                }
                if asked == count, end == .beforeAnswering { return try link.close() }
                let reply = Message.reply(program!.answer(ask))
                try link.send(kind: reply.kind, reply.body())
                if asked == count { return try link.close() }
            default: return try link.close()
            }
        }
    }

    private struct Result {
        let digest: Digest
        let caughtUp: [String]
        let ailing: [String]
        let errors: [String: AgentError]
    }

    /// Runs with one agent that vanishes; its successor plays to the end.
    private func run(
        _ experiment: Experiment, losing victim: Int, after count: Int, _ end: End, from records: [TickRecord] = []
    ) throws -> Result {
        let place = try Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        for record in records { _ = try journal.append(record) }
        let outcomes = Outcomes()
        let target = Mutex<Endpoint?>(nil)
        let start: @Sendable (String) -> Void = { name in
            outcomes.start(name) { () throws(AgentError) in
                try AgentProcess.run(
                    names: [name], endpoint: target.withLock { $0! }, scenario: nil, catalogue: SampleAgents.catalogue)
            }
        }
        let name = experiment.agent(victim).name
        let watcher = Watcher { start(name) }
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .ipc(path: place.path + "/hub"), expectsRecorder: false,
            options: CoordinatorService.Options(
                tickDeadline: end == .hanging ? .seconds(2) : .seconds(20), isSupervised: true), watch: watcher.note)
        target.withLock { $0 = service.endpoint }
        let endpoint = service.endpoint
        for number in 0..<experiment.agentCount where number != victim { start(experiment.agent(number).name) }
        let orders = service.orderTaker
        watcher.onAiling = { if $0 == name { orders.give(.awaitSuccessor(names: [name])) } }
        Thread.detachNewThread {
            do {
                try Self.vanish(name, endpoint, after: count, end)
            } catch {
                Issue.record("\(error)")
            }
            if end != .hanging { orders.give(.awaitSuccessor(names: [name])) }
        }
        let digest = try service.run()
        return Result(digest: digest, caughtUp: watcher.caughtUp, ailing: watcher.ailing, errors: outcomes.wait())
    }

    @Test(arguments: [0, 2, 5], [End.beforeAnswering, .afterAnswering])
    func anAgentThatVanishesAnywhereIsReplaced(victim: Int, end: End) throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 4)
        let expected = try SampleRun(experiment).digest
        // One that vanishes with its last answer is needed no more.
        for count in 1...((victim < 2 ? 5 : 4) - (end == .afterAnswering ? 1 : 0)) {
            let result = try run(experiment, losing: victim, after: count, end)
            #expect(result.digest == expected, "agent \(victim) vanished at question \(count)")
            #expect(result.errors.isEmpty)
        }
    }

    @Test func anAgentThatHangsIsNamedAndReplaced() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 4)
        let result = try run(experiment, losing: 2, after: 3, .hanging)
        #expect(result.digest == (try SampleRun(experiment).digest))
        #expect(result.ailing == ["tick 2, bidding: no answer from compute-region region-0 within 2 s"])
        #expect(result.caughtUp == ["region-0 2"])
    }

    @Test func aCoordinatorThatStoppedAnywhereGoesOn() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 4)
        let whole = try SampleRun(experiment)
        for count in 0..<whole.records.count {
            // Among the questions are those of the past, so that the agent also vanishes while it is told it.
            for question in [1, 3, 6] {
                let past = Array(whole.records.prefix(count))
                let result = try run(experiment, losing: 3, after: question, .afterAnswering, from: past)
                #expect(result.digest == whole.digest, "after \(count) ticks, question \(question)")
                #expect(result.errors.isEmpty)
            }
        }
    }

    /// An agent that is lost amid faults is told its past as it was, stale signals, lost bids and gaps included.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func anAgentIsReplacedAmidFaults(seed: UInt64) throws {
        var experiment = SampleFaults.experiment(seed: seed, size: 2, ticks: 6)
        let victim = Int(seed % 6)
        // So that the one that vanishes is asked once in the middle, whatever else befalls it.
        experiment.faults = experiment.faults.filter { $0.kind != .outage }
        experiment.faults += [
            AgentFault(name: "out", agents: [0, victim], ticks: 1..<2, kind: .outage),
            AgentFault(name: "lost", agents: [2, 3, 4, 5], ticks: 0..<6, kind: .lostBids(probability: 0.3)),
        ]
        let expected = try SampleRun(experiment)
        for count in 1...4 {
            let result = try run(experiment, losing: victim, after: count, .afterAnswering)
            #expect(result.digest == expected.digest, "seed \(seed), agent \(victim) vanished at question \(count)")
            #expect(result.errors.isEmpty)
        }
        let past = Array(expected.records.prefix(3))
        #expect(try run(experiment, losing: victim, after: 2, .beforeAnswering, from: past).digest == expected.digest)
    }
}
