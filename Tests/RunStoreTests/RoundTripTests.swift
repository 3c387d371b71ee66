import CoSimulation
import InferencePlacement
import RunStore
import Testing

@Suite("What is written is what is read")
struct RoundTripTests {
    @Test("Random records come back equal, with digests", arguments: 1...8)
    func records(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(
            seed: seed, gridOperators: 1 + Int(seed) % 4, regions: 2 + Int(seed) % 5, services: 1 + Int(seed) % 3)
        let writer = try RunWriter(
            creating: folder.path(), experiment: run.experiment, origin: run.origin,
            detail: RecordingDetail(ticksPerBatch: 7))
        var written: [(record: TickRecord, digest: Digest)] = []
        for tick in 0..<30 {
            let entry = (run.record(tick), run.nextDigest(tick))
            written.append(entry)
            try writer.append(record: entry.0, digest: entry.1)
        }
        try writer.flush()
        let reader = try RunReader(path: folder.path())
        for entry in written {
            let read = try reader.record(atTick: entry.record.tick)
            #expect(read == entry.record, "seed \(seed), tick \(entry.record.tick)")
            #expect(try reader.read { try $0.digest(atTick: entry.record.tick) } == entry.digest)
        }
        #expect(try reader.record(atTick: 30) == nil)
        #expect(try reader.position() == RunPosition(tick: 29, digest: written[29].digest))
    }

    @Test("A record that differs in one number does not come back equal: the comparison can fail")
    func negativeControl() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 3)
        let record = run.record(0)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        try writer.append(record: record, digest: run.nextDigest(0))
        try writer.flush()
        var other = record
        other.clearing.awards[0].requests = other.clearing.awards[0].requests.nextUp
        #expect(try RunReader(path: folder.path()).record(atTick: 0) != other)
    }

    @Test("Facts, agents and events come back")
    func head() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 0)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        try writer.append(record: run.record(0), digest: run.nextDigest(0))
        let event = RunEvent(
            tick: 0, kind: "restart", agent: 4, text: "region-1 exited on signal 9; restarting, 1 of 3")
        writer.append(event: event)
        try writer.finish(.failed, text: "no more")
        let reader = try RunReader(path: folder.path())
        #expect(reader.facts.name == "random 0")
        #expect(reader.facts.seed == UInt64.max)
        #expect(reader.facts.clock == run.experiment.clock)
        #expect(reader.facts.mechanism == "least-cost")
        #expect(reader.facts.coupling == run.experiment.coupling)
        #expect(reader.facts.status == .failed)
        #expect(reader.facts.statusText == "no more")
        #expect(try reader.facts.finalDigest == reader.position()?.digest)
        #expect(reader.agents.map(\.name) == (0..<run.experiment.agentCount).map { run.experiment.agent($0).name })
        #expect(reader.agents[4].gridOperator == 1)
        #expect(reader.agents[4].location == run.experiment.regions[1].location)
        #expect(reader.agents.last?.homeRegion == 6)
        #expect(try reader.read { try $0.events() } == [event])
    }

    @Test("Options of bids are stored once while they stay the same, and not at all when switched off")
    func bidOptions() throws {
        var run = RandomRun(seed: 5)
        let record = run.record(0, quiet: true)
        var later = record
        later.tick = 1
        for keeps in [true, false] {
            let folder = try TemporaryFolder()
            let detail = RecordingDetail(bidOptions: keeps, forecasts: keeps)
            let writer = try RunWriter(
                creating: folder.path(), experiment: run.experiment, origin: run.origin, detail: detail)
            try writer.append(record: record, digest: run.nextDigest(0))
            try writer.append(record: later, digest: run.nextDigest(1))
            try writer.flush()
            let lines = record.bids.compactMap { $0 }.flatMap(\.lines)
            let rows = try count("bid_option", in: folder.path())
            #expect(rows == (keeps ? lines.count * run.experiment.regions.count : 0))
            let read = try #require(try RunReader(path: folder.path()).record(atTick: 1))
            #expect((read == later) == keeps)
            #expect(read.bids.compactMap { $0 }.flatMap(\.lines).map(\.requests) == lines.map(\.requests))
        }
    }
}
