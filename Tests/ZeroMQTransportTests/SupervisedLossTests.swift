import CoSimulation
import Foundation
import TestKit
import Testing

@testable import ZeroMQTransport

/// Under a watcher, nothing one process does ends the run of the others: it is given up, and its successor goes on.
///
/// Each of these was a fault once, and found by `SimulatedRunTests`.
@Suite struct SupervisedLossTests {
    /// A run whose watcher replaces at once whoever is given up.
    private final class Watched {
        let hub: ScriptedHub
        private(set) var ailing: [String] = []
        private let experiment: Experiment
        private let place: RunOverTransportTests.Place
        private let service: CoordinatorService

        init(_ experiment: Experiment, past: [TickRecord] = []) throws {
            self.experiment = experiment
            place = try RunOverTransportTests.Place()
            let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
            for record in past { _ = try journal.append(record) }
            let hub = ScriptedHub(experiment)
            self.hub = hub
            var note: (CoordinatorService.Event) -> Void = { _ in }
            service = try CoordinatorService(
                experiment: experiment, journal: journal, hub: hub, wake: {}, expectsRecorder: true,
                options: CoordinatorService.Options(isSupervised: true)
            ) { note($0) }
            note = { [unowned self] in take($0) }
        }

        private func take(_ event: CoordinatorService.Event) {
            switch event {
            case .ailing(let name, let error):
                ailing.append(error.description)
                order(.awaitSuccessor(names: [name]))
            case .released(let name, _, _): hub.greet(name)
            default: break
            }
        }

        func order(_ order: CoordinatorService.Order) {
            service.orderTaker.give(order)
            hub.wake()
        }

        func endsAsUndisturbed(sourceLocation: SourceLocation = #_sourceLocation) throws {
            #expect(try service.run() == SampleRun(experiment).digest, sourceLocation: sourceLocation)
        }
    }

    private static let experiment = SampleExperiment.make(size: 1, ticks: 4)

    @Test func bytesThatCannotBeReadCostTheirSenderItsPlace() throws {
        let run = try Watched(Self.experiment)
        var isDone = false
        run.hub.script = { [hub = run.hub] name, message in
            guard case .ask(let ask) = message, name == "node-0", ask.tick == 2, !isDone else { return nil }
            isDone = true
            for _ in 0..<2 { hub.say(kind: 5, [1, 2, 3], as: name) }
            return []
        }
        try run.endsAsUndisturbed()
        #expect(run.ailing.count == 1 && run.ailing[0].contains("node-0 sent a message that cannot be read"))
    }

    @Test func oneThatGivesUpTwiceIsReplacedOnce() throws {
        let run = try Watched(Self.experiment)
        var isDone = false
        run.hub.script = { name, message in
            guard case .ask(let ask) = message, name == "region-0", ask.tick == 1, !isDone else { return nil }
            isDone = true
            return [.failure("no more"), .failure("no more")]
        }
        try run.endsAsUndisturbed()
        #expect(run.ailing == ["tick 1: compute-region region-0: no more"])
    }

    /// A question of the past was lost with a connection: the answers that follow are to other questions.
    @Test func oneThatMissesAQuestionOfItsPastIsToldAnew() throws {
        let past = try SampleRun(Self.experiment).records.prefix(3)
        let run = try Watched(Self.experiment, past: Array(past))
        var isLost = false
        run.hub.script = { name, message in
            guard case .ask(let ask) = message, name == "region-0", ask.tick == 1, !isLost else { return nil }
            isLost = true
            return []
        }
        try run.endsAsUndisturbed()
        #expect(
            run.ailing == ["tick 1, bidding: compute-region region-0 was asked its past and answered tick 2, bidding"])
    }

    /// Longer than the window of questions an agent has before it, so that messages are taken between the ticks.
    @Test func aLossWhileThePastIsToldIsNoFault() throws {
        let experiment = SampleExperiment.make(size: 1, ticks: 80)
        let past = try SampleRun(experiment).records.prefix(79)
        let run = try Watched(experiment, past: Array(past))
        var isLost = false
        run.hub.script = { name, message in
            guard case .ask(let ask) = message, name == "node-0", ask.tick == 10, !isLost else { return nil }
            isLost = true
            run.order(.awaitSuccessor(names: [name]))
            return []
        }
        try run.endsAsUndisturbed()
        #expect(isLost && run.ailing.isEmpty)
    }

    /// A recorder that lacks ticks of the journal stores them while agents still arrive.
    @Test func aReceiptDuringArrivalIsHeard() throws {
        let past = try SampleRun(Self.experiment).records.prefix(2)
        let run = try Watched(Self.experiment, past: Array(past))
        let late = run.hub
        late.hold("node-0")
        late.script = { name, message in
            guard case .record = message, name == Hello.recorderName else { return nil }
            defer { late.release() }
            return nil
        }
        try run.endsAsUndisturbed()
        let refusals = late.sent.filter { if case .refusal = $0.message { true } else { false } }
        #expect(refusals.isEmpty)
    }
}
