import CoSimulation
import Foundation
import InferencePlacement
import Synchronization
import TestKit
import Testing
import ZeroMQTransport

/// The same run over function calls, ipc and tcp: one body, one digest.
@Suite struct RunOverTransportTests {
    enum Transport: String, CaseIterable, Sendable {
        case inProcess
        case ipc
        case tcp
    }

    /// A private folder for a socket and a journal.
    final class Place {
        let path = NSTemporaryDirectory() + "gt-\(UUID().uuidString.prefix(8))"

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// What an agent thread came to.
    final class Outcomes: Sendable {
        private let errors = Mutex<[String: AgentError]>([:])
        private let group = DispatchGroup()

        func start(_ name: String, _ body: @escaping @Sendable () throws(AgentError) -> Void) {
            group.enter()
            Thread.detachNewThread {
                do throws(AgentError) {
                    try body()
                } catch {
                    self.errors.withLock { $0[name] = error }
                }
                self.group.leave()
            }
        }

        func wait() -> [String: AgentError] {
            group.wait()
            return errors.withLock { $0 }
        }
    }

    /// Runs an experiment and returns its digest; agents start in the order given, each in a thread of its own.
    private func digest(
        _ experiment: Experiment, over transport: Transport, startOrder: [Int],
        options: CoordinatorService.Options = CoordinatorService.Options()
    ) throws -> Digest {
        guard transport != .inProcess else { return try SampleRun(experiment).digest }
        let place = try Place()
        let listening: Endpoint = transport == .ipc ? .ipc(path: place.path + "/hub") : .tcp(host: "127.0.0.1", port: 0)
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        let names = (0..<experiment.agentCount).map { experiment.agent($0).name }
        let keys = transport == .tcp ? try RunKeys(peers: names) : nil
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: listening, expectsRecorder: false, options: options,
            keys: keys?.hub)
        let outcomes = Outcomes()
        let (endpoint, scenario) = (service.endpoint, experiment.digest)
        for number in startOrder {
            let name = experiment.agent(number).name
            outcomes.start(name) { () throws(AgentError) in
                try AgentProcess.run(
                    names: [name], endpoint: endpoint, scenario: scenario, catalogue: SampleAgents.catalogue,
                    keys: keys?.links[name])
            }
            Thread.sleep(forTimeInterval: 0.001 * Double(number % 3))
        }
        let digest = try service.run()
        #expect(outcomes.wait().isEmpty)
        return digest
    }

    @Test(arguments: Transport.allCases)
    func everyTransportAndStartOrderGivesOneDigest(transport: Transport) throws {
        let experiment = SampleExperiment.make()
        let expected = try SampleRun(experiment).digest
        for seed in 0..<8 as Range<UInt64> {
            var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .signalling)
            let order = Array(0..<experiment.agentCount).shuffled(using: &random)
            #expect(
                try digest(experiment, over: transport, startOrder: order) == expected,
                "\(transport), seed \(seed), order \(order)")
        }
        // The control: another seed is another run, over every transport.
        let other = SampleExperiment.make(seed: 8)
        let order = Array(0..<other.agentCount)
        #expect(try digest(other, over: transport, startOrder: order) != expected)
    }

    /// Faults are the coordinator's doing: the same in one process and over every transport.
    @Test(arguments: Transport.allCases)
    func faultsAreTheSameOverEveryTransport(transport: Transport) throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let experiment = SampleFaults.experiment(seed: seed)
            let order = Array(0..<experiment.agentCount).reversed()
            let expected = try SampleRun(experiment).digest
            #expect(
                try digest(experiment, over: transport, startOrder: Array(order)) == expected,
                "\(transport), seed \(seed)")
        }
    }

    /// A slow agent takes time and changes nothing; the control is that it took the time.
    @Test func aSlowAgentChangesNothing() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 4)
        var options = CoordinatorService.Options()
        let delay = Duration.milliseconds(60)
        options.slowness = [CoordinatorService.Slowness(agent: 3, ticks: 1..<3, delay: delay)]
        let start = ContinuousClock.now
        let order = Array(0..<experiment.agentCount)
        #expect(
            try digest(experiment, over: .ipc, startOrder: order, options: options) == SampleRun(experiment).digest)
        #expect(.now - start >= delay * 2)
    }

    @Test func strangersAreRefusedAndTheRunGoesOn() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 3)
        let place = try Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .ipc(path: place.path + "/hub"), expectsRecorder: false)
        let endpoint = service.endpoint
        let outcomes = Outcomes()
        let other = SampleExperiment.make(seed: 99).digest
        outcomes.start("another scenario") { () throws(AgentError) in
            try AgentProcess.run(
                names: ["node-0"], endpoint: endpoint, scenario: other, catalogue: SampleAgents.catalogue)
        }
        outcomes.start("unknown name") { () throws(AgentError) in
            try AgentProcess.run(
                names: ["nobody"], endpoint: endpoint, scenario: nil, catalogue: SampleAgents.catalogue)
        }
        outcomes.start("agents") { () throws(AgentError) in
            // The real node-0 comes when the impostor has been sent away.
            Thread.sleep(forTimeInterval: 0.3)
        }
        let scenario = experiment.digest
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.3)
            for number in 0..<experiment.agentCount {
                let name = experiment.agent(number).name
                outcomes.start(name) { () throws(AgentError) in
                    try AgentProcess.run(
                        names: [name], endpoint: endpoint, scenario: scenario, catalogue: SampleAgents.catalogue)
                }
            }
        }
        #expect(try service.run() == SampleRun(experiment).digest)
        let errors = outcomes.wait()
        #expect(errors["another scenario"]?.description.contains("wrong-scenario") == true, "\(errors)")
        #expect(errors["unknown name"]?.description.contains("unknown-name") == true, "\(errors)")
        #expect(errors.count == 2)
    }

    @Test func anAgentWithoutACoordinatorSaysSo() throws {
        let place = try Place()
        #expect {
            try AgentProcess.run(
                names: ["node-0"], endpoint: .ipc(path: place.path + "/hub"), scenario: nil,
                catalogue: SampleAgents.catalogue,
                patience: .milliseconds(200))
        } throws: { error in
            (error as? AgentError)?.code == .noCoordinator && "\(error)".contains("within 0.2 s")
        }
    }

    @Test func anAgentThatNeverComesIsNamed() throws {
        let experiment = SampleExperiment.make(size: 1, ticks: 1)
        let place = try Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .ipc(path: place.path + "/hub"), expectsRecorder: false,
            options: CoordinatorService.Options(arrivalDeadline: .milliseconds(200)))
        #expect { _ = try service.run() } throws: { error in
            let text = "\(error)"
            return text.contains("grid-operator grid-0") && text.contains("service-node node-0")
                && text.contains("0.2 s")
        }
    }

    /// A recorder that is slower than the run loses nothing and never holds more than the window.
    @Test func aSlowRecorderHoldsTheRunBack() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 40)
        let place = try Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        let window = 5
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .ipc(path: place.path + "/hub"), expectsRecorder: true,
            options: CoordinatorService.Options(recorderWindow: window))
        let endpoint = service.endpoint
        let outcomes = Outcomes()
        for number in 0..<experiment.agentCount {
            let name = experiment.agent(number).name
            outcomes.start(name) { () throws(AgentError) in
                try AgentProcess.run(
                    names: [name], endpoint: endpoint, scenario: nil, catalogue: SampleAgents.catalogue)
            }
        }
        let taken = Mutex<[Int]>([])
        outcomes.start("recorder") { () throws(AgentError) in
            let link = try AgentLink(names: [Hello.recorderName], endpoint: endpoint, scenario: nil)
            defer { link.close() }
            _ = try link.greet(patience: .seconds(10))
            while true {
                switch try link.nextTick(patience: .seconds(10)) {
                case .record(let tick):
                    Thread.sleep(forTimeInterval: 0.002)
                    let number = tick.telemetry?.tick ?? -1
                    taken.withLock { $0.append(number) }
                    try link.send(.receipt(nextTick: number + 1))
                case .idle: throw AgentError(.failed, "nothing for 10 s")
                case .over: return
                }
            }
        }
        let digest = try service.run()
        #expect(outcomes.wait().isEmpty)
        #expect(taken.withLock { $0 } == Array(0..<40))
        #expect(digest == (try SampleRun(experiment).digest))
    }
}
