import InferencePlacement
import TestKit
import Testing

@testable import CoSimulation

@Suite struct WireTests {
    @Test func experimentsSurviveTheirBytes() throws {
        for size in 1...4 {
            let experiment = SampleExperiment.make(size: size)
            let bytes = experiment.canonicalBytes()
            let again = try Experiment(canonicalBytes: bytes)
            #expect(again == experiment)
            #expect(again.canonicalBytes() == bytes)
        }
    }

    @Test func recordsSurviveTheirBytes() throws {
        let experiment = SampleExperiment.make(size: 3, ticks: 5)
        for record in try SampleRun(experiment).records {
            let bytes = record.canonicalBytes()
            let again = try TickRecord(canonicalBytes: bytes, experiment: experiment)
            #expect(FieldDifference(between: record, and: again) == nil)
            #expect(again.canonicalBytes() == bytes)
        }
    }

    @Test func messagesSurviveTheirFrames() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 2)
        let record = try SampleRun(experiment).records[1]
        var messages: [Message] = [
            .hello(Hello(name: "node-0", scenario: experiment.digest, software: "test", nextTick: 3)),
            .hello(Hello(name: "node-0", scenario: nil, software: "")), .welcome(.recorder(experiment)),
            .refusal(Refusal(code: .wrongScenario, text: "no")), .stop, .failure("broken"),
            .failure("no", setting: ParameterError(path: "pue", problem: "it is 0", remedy: "Give 1")),
            .receipt(nextTick: 12),
            .record(
                RecordedTick(
                    bytes: record.canonicalBytes(), digest: experiment.digest,
                    telemetry: TickTelemetry(
                        tick: 1, waitMicroseconds: [1, 2, 3], clearingMicroseconds: 4, tickMicroseconds: 5))),
        ]
        for agent in 0..<experiment.agentCount {
            messages.append(
                .welcome(.agent(number: agent, seed: 9, strategy: "x", setup: experiment.setup(ofAgent: agent))))
        }
        for (ask, reply) in try SampleRun.exchanges(experiment) {
            for message in [Message.ask(ask), .reply(reply)] {
                #expect(try Message(kind: message.kind, body: message.body(), agent: ask.agent) == message)
            }
        }
        for message in messages { #expect(try Message(kind: message.kind, body: message.body(), agent: 0) == message) }
    }

    /// Bytes that were cut, changed or made up are an error or another message, and never a crash.
    @Test func brokenBytesNeverCrash() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 1)
        let record = try SampleRun(experiment).records[0].canonicalBytes()
        let head = experiment.canonicalBytes()
        for seed in 0..<400 as Range<UInt64> {
            var random = RandomStream(seed: seed, agent: 1, tick: 0, phase: .bidding)
            for original in [record, head] {
                var bytes = original
                for _ in 0..<(1 + Int(random.next() % 4)) {
                    bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                if random.next() % 3 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
                _ = try? TickRecord(canonicalBytes: bytes, experiment: experiment)
                _ = try? Experiment(canonicalBytes: bytes)
                for kind in 0...10 as ClosedRange<UInt8> { _ = try? Message(kind: kind, body: bytes, agent: 0) }
            }
        }
    }

    @Test func parameterOrderDoesNotReachTheBytes() {
        let pairs: [(String, ParameterValue)] = [
            ("b", .number(1)), ("a", .series([1, 2])), ("c", .list([.text("x"), .boolean(true)])),
        ]
        #expect(Parameters(pairs).wire == Parameters(pairs.reversed()).wire)
        var parameters = Parameters(pairs)
        parameters["a"] = nil
        #expect(parameters.entries.map(\.name) == ["b", "c"])
    }

    /// The stream is part of every digest: its numbers may never change.
    @Test func randomStreamIsFixed() {
        var stream = RandomStream(seed: 1, agent: 2, tick: 3, phase: .bidding)
        let first = [stream.next(), stream.next(), stream.next()]
        var again = RandomStream(seed: 1, agent: 2, tick: 3, phase: .bidding)
        #expect(first == [again.next(), again.next(), again.next()])
        #expect(first == RandomStreamGolden.values)
        for (agent, tick, phase) in [(3, 3, Phase.bidding), (2, 4, .bidding), (2, 3, .dispatching)] {
            var other = RandomStream(seed: 1, agent: agent, tick: tick, phase: phase)
            #expect(other.next() != first[0])
        }
        var sum = 0.0
        for _ in 0..<10_000 { sum += stream.uniform() }
        #expect(abs(sum / 10_000 - 0.5) < 0.01)
    }
}

private enum RandomStreamGolden {
    static let values: [UInt64] = [11_965_972_926_649_751_701, 6_810_323_027_688_760_541, 7_176_349_839_352_587_107]
}
