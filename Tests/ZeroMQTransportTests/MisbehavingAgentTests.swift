import CoSimulation
import Foundation
import InferencePlacement
import TestKit
import Testing
import ZeroMQTransport

/// An agent that lies, dawdles or says nothing: what its author reads, and that the others come to no harm.
@Suite struct MisbehavingAgentTests {
    /// What node-0 does in tick 2.
    enum Deed: String, CaseIterable, Sendable {
        case negative
        case notANumber
        case forbiddenRegion
        case wrongTick
        case wrongRole
        case silence
        case slowness

        /// The reply that it sends in place of the right one; nil for none.
        func spoilt(_ reply: Reply) -> Reply? {
            var reply = reply
            guard case .bid(var bid) = reply.answer else { return reply }
            switch self {
            case .negative: bid.lines[0].requests = -1
            case .notANumber: bid.lines[0].energyKWhPerRequest = .nan
            case .forbiddenRegion: bid.lines[0].options.append(PlacementOption(region: 2, frictionUSDPerRequest: 0))
            case .wrongTick: reply.tick += 1
            case .wrongRole:
                reply.answer = .offer(.nothing(resourceCount: 1))
                return reply
            case .silence: return nil
            case .slowness: Thread.sleep(forTimeInterval: 0.2)
            }
            reply.answer = .bid(bid)
            return reply
        }

        /// What its author reads; nil where the run goes on.
        var text: String? {
            switch self {
            case .negative:
                "tick 2, bidding: service-node node-0: its bid for class interactive has a quantity that is negative or no finite number; the answer is discarded"
            case .notANumber:
                "tick 2, bidding: service-node node-0: its bid for class interactive takes nan kWh per request; it must be more than 0; the answer is discarded"
            case .forbiddenRegion:
                "tick 2, bidding: service-node node-0: its bid for class interactive names regions outside its masks, which are struck out: region-2"
            case .wrongTick:
                "tick 2, bidding: no answer from service-node node-0 (it answered tick 3, bidding, and was asked tick 2, bidding) within 0.5 s"
            case .wrongRole:
                "tick 2, bidding: no answer from service-node node-0 (it answered as another role than its own, service-node) within 0.5 s"
            case .silence: "tick 2, bidding: no answer from service-node node-0 within 0.5 s"
            case .slowness: nil
            }
        }
    }

    @Test(arguments: Deed.allCases)
    func isNamedAndHarmsNobody(deed: Deed) throws {
        let experiment = SampleExperiment.make()
        let place = try RunOverTransportTests.Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .ipc(path: place.path + "/hub"), expectsRecorder: false,
            options: CoordinatorService.Options(tickDeadline: .milliseconds(500)))
        let outcomes = RunOverTransportTests.Outcomes()
        let (endpoint, liar) = (service.endpoint, experiment.serviceAgents.lowerBound)
        for number in 0..<experiment.agentCount {
            let name = experiment.agent(number).name
            outcomes.start(name) { () throws(AgentError) in
                guard number == liar else {
                    return try AgentProcess.run(
                        names: [name], endpoint: endpoint, scenario: nil, catalogue: SampleAgents.catalogue)
                }
                do {
                    try Self.play(name, endpoint, deed)
                } catch {
                    throw AgentError(.failed, "\(error)")
                }
            }
        }
        let expected = try SampleRun(experiment)
        if let text = deed.text {
            let error = #expect(throws: RunError.self) { try service.run() }
            #expect(error?.description == text)
        } else {
            #expect(try service.run() == expected.digest, "a slow answer is as good as a fast one")
        }
        #expect(outcomes.wait().isEmpty, "everyone is told that the run is over")
        let reader = try JournalReader(place.path + "/journal")
        var records: [TickRecord] = []
        while let entry = try reader.next() { records.append(entry.record) }
        #expect(records == Array(expected.records.prefix(deed.text == nil ? 8 : 2)), "what was finished stands")
    }

    /// Plays node-0 by hand, with a deed in tick 2.
    private static func play(_ name: String, _ endpoint: Endpoint, _ deed: Deed) throws {
        let link = try Link(to: endpoint, name: name)
        defer { try? link.close() }
        func send(_ message: Message) throws { try link.send(kind: message.kind, message.body()) }
        try send(.hello(Hello(name: name, scenario: nil, software: "test", nextTick: 0)))
        var program: AgentProgram?
        while case .message(let kind) = try link.receive(timeoutMilliseconds: 10_000) {
            let message = try link.withBody { (bytes) throws(WireError) in
                try Message(kind: kind, body: bytes, agent: program?.number ?? 0)
            }
            switch message {
            case .welcome(.agent(let number, let seed, let strategy, let setup)):
                let entry = try #require(SampleAgents.catalogue.entry(setup.role, strategy))
                program = try AgentProgram(
                    number: number, seed: seed, entry: entry, setup: try setup.checked(by: entry.fields))
            case .ask(let ask):
                guard let reply = program?.answer(ask) else { return }
                if let reply = ask.tick == 2 ? deed.spoilt(reply) : reply { try send(.reply(reply)) }
            default: return
            }
        }
    }
}
