import CoSimulation
import Foundation
import InferencePlacement
import Synchronization
import TestKit
import Testing

@testable import ZeroMQTransport

/// Frames that were damaged at random against a coordinator at work: nothing they say may end the run or change it.
///
/// 20,000 unless GRIDTIDE_HOSTILE_FRAMES says how many; a million take some minutes.
@Suite struct HostileFrameTests {
    private static let frameCount =
        ProcessInfo.processInfo.environment["GRIDTIDE_HOSTILE_FRAMES"].flatMap { Int($0) } ?? 20_000

    /// Frames as agents and recorders send them, to be damaged.
    private static func samples(_ experiment: Experiment) throws -> [(kind: UInt8, body: [UInt8])] {
        let records = try SampleRun(experiment).records
        let offer = try #require(records[0].offers[0])
        let bid = try #require(records[0].bids[0])
        let recorded = RecordedTick(
            bytes: records[0].canonicalBytes(), digest: experiment.digest, telemetry: nil)
        let messages: [Message] = [
            .hello(Hello(name: "recorder", scenario: experiment.digest, software: "hostile")),
            .reply(Reply(agent: 0, tick: 0, phase: .bidding, answer: .offer(offer))),
            .reply(Reply(agent: 0, tick: 1, phase: .bidding, answer: .bid(bid))),
            .failure("an agent that cannot go on"), .record(recorded), .receipt(nextTick: 3), .stop,
        ]
        return messages.map { ($0.kind, $0.body()) }
    }

    private static func damaged(
        _ sample: (kind: UInt8, body: [UInt8]), _ random: inout RandomStream
    ) -> (kind: UInt8, body: [UInt8]) {
        var (kind, body) = sample
        if random.uniform() < 0.1 { kind = UInt8.random(in: 0...255, using: &random) }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !body.isEmpty else { break }
            let place = Int.random(in: body.indices, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: body[place] ^= UInt8(1) << UInt8.random(in: 0...7, using: &random)
            case 1: body[place] = UInt8.random(in: 0...255, using: &random)
            case 2: body.removeSubrange(place..<min(body.count, place + Int.random(in: 1...8, using: &random)))
            default: body.insert(contentsOf: body.suffix(Int.random(in: 1...16, using: &random)), at: place)
            }
        }
        return (kind, body)
    }

    /// One hostile peer has a name of the scenario that nobody has taken, the recorder's; another has a name of its own.
    @Test func damagedFramesChangeNothing() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 4)
        let expected = try SampleRun(experiment).digest
        let samples = try Self.samples(experiment)
        let place = try RunOverTransportTests.Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        let refused = Mutex(0)
        let isOver = Mutex(false)
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .ipc(path: place.path + "/hub"), expectsRecorder: false,
            options: CoordinatorService.Options(arrivalDeadline: .seconds(3600))
        ) { event in
            if case .refused = event { refused.withLock { $0 += 1 } }
        }
        let (endpoint, scenario) = (service.endpoint, experiment.digest)
        let outcomes = RunOverTransportTests.Outcomes()
        outcomes.start("hostile") { () throws(AgentError) in
            try? Self.attack(endpoint, names: ["recorder", "nobody"], samples)
            // The run begins under fire, and its agents come when most of it is over.
            for number in 0..<experiment.agentCount {
                let name = experiment.agent(number).name
                outcomes.start(name) { () throws(AgentError) in
                    try AgentProcess.run(
                        names: [name], endpoint: endpoint, scenario: scenario, catalogue: SampleAgents.catalogue)
                }
            }
            try? Self.attack(endpoint, names: ["nobody"], Array(samples.prefix(3)), share: 0.2) {
                isOver.withLock { $0 }
            }
        }
        let digest = Result { () throws(RunError) in try service.run() }
        isOver.withLock { $0 = true }
        #expect(try digest.get() == expected)
        #expect(outcomes.wait().isEmpty)
        #expect(refused.withLock { $0 } > 0, "nothing hostile arrived")
    }

    private static func isAnswered(_ link: Link) throws -> Bool {
        if case .message = try link.receive(timeoutMilliseconds: 0) { return true }
        return false
    }

    /// Whether a frame could be sent; not while the coordinator has enough of them.
    private static func sent(_ frame: (kind: UInt8, body: [UInt8]), by link: Link) -> Bool {
        do {
            try link.send(kind: frame.kind, frame.body)
            return true
        } catch {
            return error.code != .congested
        }
    }

    /// Sends damaged frames from some peers in turn, as fast as the coordinator takes them.
    private static func attack(
        _ endpoint: Endpoint, names: [String], _ samples: [(kind: UInt8, body: [UInt8])], share: Double = 1,
        until isOver: () -> Bool = { false }
    ) throws {
        let links = try names.map { try Link(to: endpoint, name: $0) }
        var random = RandomStream(seed: 31, agent: 0, tick: 0, phase: .bidding)
        for index in 0..<Int(Double(frameCount) * share) {
            let link = links[index % links.count]
            let frame = damaged(samples[Int.random(in: samples.indices, using: &random)], &random)
            while !sent(frame, by: link) {
                // Nobody takes frames once the run is over.
                if isOver() { return }
                Thread.sleep(forTimeInterval: 0.001)
            }
            // Answers are taken, so that they do not fill the way back.
            while try isAnswered(link) {}
        }
        for link in links { try link.close() }
    }
}
