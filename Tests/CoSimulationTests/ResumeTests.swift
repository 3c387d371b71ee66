import CoSimulation
import Foundation
import InferencePlacement
import Synchronization
import TestKit
import Testing

/// A run that stopped anywhere goes on as if it had not, and what cannot be believed is found.
@Suite struct ResumeTests {
    private static let experiments: [Experiment] = [
        SampleExperiment.make(size: 2, ticks: 6),
        SampleExperiment.make(
            size: 2, ticks: 5, coupling: Coupling(.iterated, damping: 0.5, toleranceMW: 0.5, roundLimit: 6)),
        SampleExperiment.make(size: 3, ticks: 5, mechanism: Mechanism(.home)),
    ]

    /// A journal of its own with the records of a run, or the first of them; removed with it.
    private final class TemporaryJournal {
        let path = NSTemporaryDirectory() + "gridtide-resume-\(UUID().uuidString)"

        init(_ experiment: Experiment, _ records: some Sequence<TickRecord>) throws {
            let journal = try JournalWriter(creating: path, experiment: experiment)
            for record in records { _ = try journal.append(record) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var bytes: Data {
            get throws { try Data(contentsOf: URL(fileURLWithPath: path)) }
        }

        func write(_ bytes: Data) throws { try bytes.write(to: URL(fileURLWithPath: path)) }
    }

    /// Goes on with a journal as a launcher does, and returns the digest at the end.
    private func resume(_ path: String, catalogue: AgentCatalogue = SampleAgents.catalogue) throws -> Digest {
        let journal = try JournalWriter(continuing: path)
        let reader = try JournalReader(path)
        var replay = try RunReplay(experiment: reader.experiment, catalogue: catalogue)
        while let entry = try reader.next() { try replay.redo(entry.record) }
        var run = InProcessRun(after: replay)
        try run.run { record, _ in _ = try journal.append(record) }
        return journal.digest
    }

    /// An operator that was absent, and is back when the run goes on, signals with a dispatch of which the record has
    /// nothing: that is no contradiction. Its signal still is one, when it is another.
    @Test func anOperatorThatComesBackIsDeterministic() throws {
        let ask = Ask(
            agent: 0, tick: 2, phase: .dispatching, question: .grid(dispatchLoadMW: [10], signalTick: 3))
        let (signal, other) = (
            GridSignal(buses: []),
            GridSignal(buses: [BusSignal(priceUSDPerMWh: 1, marginalEmissionsKgPerMWh: 1, averageEmissionsKgPerMWh: 1)])
        )
        let dispatch = GridDispatch(buses: [], areas: [])
        let past = Exchange(ask: ask, answer: .grid(dispatch: nil, signal: signal))
        #expect(past.contradiction(of: .grid(dispatch: dispatch, signal: signal)) == nil)
        #expect(past.contradiction(of: .grid(dispatch: dispatch, signal: other)) != nil)
        #expect(past.contradiction(of: .grid(dispatch: dispatch, signal: nil)) != nil)
    }

    /// The crash after every write: cut after each record, and within each frame.
    @Test(arguments: experiments)
    func aRunThatStoppedAnywhereGoesOnTheSame(experiment: Experiment) throws {
        let whole = try SampleRun(experiment)
        for count in 0...whole.records.count {
            let journal = try TemporaryJournal(experiment, whole.records.prefix(count))
            let boundary = try journal.bytes
            #expect(try resume(journal.path) == whole.digest, "after \(count) records")
            let complete = try journal.bytes
            for torn in [1, 7, 8, 9, 200] where boundary.count + torn < complete.count {
                try journal.write(complete.prefix(boundary.count + torn))
                #expect(try resume(journal.path) == whole.digest, "after \(count) records and \(torn) bytes")
                #expect(try journal.bytes == complete)
            }
        }
    }

    /// The control: with one record changed, its digests made anew, the run does not go on.
    @Test func aForgedPastIsFound() throws {
        let experiment = Self.experiments[0]
        var records = Array(try SampleRun(experiment).records.prefix(4))
        records[2].clearing.costUSD += 1
        let journal = try TemporaryJournal(experiment, records)
        let error = #expect(throws: RunError.self) { try resume(journal.path) }
        #expect(error?.code == .nondeterminism)
        #expect(error?.description.hasPrefix("tick 2: clearing.costUSD is recomputed as ") == true, "\(error!)")
    }

    /// The control: an agent that answers otherwise after a restart is named, with tick and field.
    @Test func anAgentThatAnswersOtherwiseIsNamed() throws {
        var experiment = Self.experiments[0]
        experiment.regions[1].agent.strategy = "moody"
        let catalogue = AgentCatalogue(SampleAgents.entries + [.computeRegion("moody", MoodyRegion.self)])
        MoodyRegion.mood.store(0, ordering: .relaxed)
        var records: [TickRecord] = []
        var run = try InProcessRun(experiment: experiment, catalogue: catalogue)
        try run.run { record, _ in records.append(record) }
        let journal = try TemporaryJournal(experiment, records.prefix(3))
        MoodyRegion.mood.store(7, ordering: .relaxed)
        let error = #expect(throws: RunError.self) { try resume(journal.path, catalogue: catalogue) }
        #expect(error?.code == .nondeterminism)
        let expected =
            "tick 0, bidding: compute-region region-1 is not deterministic: offer.pue is 1.27 where the journal has 1.2."
        #expect(error?.description.hasPrefix(expected) == true, "\(error!)")
    }

    // MARK: Damage

    /// A changed byte before the last frame is refused; in the last one it is cut off, and the run goes on.
    @Test func aChangedByteIsRefusedOrCut() throws {
        let experiment = Self.experiments[0]
        let whole = try SampleRun(experiment)
        let journal = try TemporaryJournal(experiment, whole.records.dropLast())
        let lastFrame = try journal.bytes.count
        _ = try { _ = try JournalWriter(continuing: journal.path).append(whole.records.last!) }()
        let good = try journal.bytes
        let head = try TemporaryJournal(experiment, []).bytes.count
        for position in stride(from: head, to: good.count, by: 131) {
            var bad = good
            bad[position] ^= 0x04
            try journal.write(bad)
            if position < lastFrame {
                let error = #expect(throws: JournalError.self, "byte \(position)") { try resume(journal.path) }
                #expect(error?.code == .corrupt)
                #expect(try journal.bytes == bad, "what is refused is left as it is")
            } else {
                #expect(try resume(journal.path) == whole.digest, "byte \(position)")
                #expect(try journal.bytes == good)
            }
        }
    }

    /// After a power failure a file may be longer than what was written, with zeros or old bytes at its end.
    @Test func anEndThatWasNeverWrittenIsCut() throws {
        let experiment = Self.experiments[0]
        let whole = try SampleRun(experiment)
        for tail in [Data(count: 5000), Data("left over from another file".utf8), Data(repeating: 0xff, count: 4096)] {
            let journal = try TemporaryJournal(experiment, whole.records.prefix(3))
            try journal.write(journal.bytes + tail)
            let writer = try JournalWriter(continuing: journal.path)
            #expect(writer.cutBytes == tail.count)
            #expect(writer.recordCount == 3)
        }
    }
}

/// A region whose power use depends on something beside its questions.
private struct MoodyRegion: ComputeRegion {
    static let mood = Atomic<Int>(0)
    static let fields: [Field] = [
        .optional("connectionMW", .number(.nonNegative), unit: .megawatt, default: .number(100), "Greatest draw.")
    ]
    static let summary = "Another after each start."
    private let pue: Double
    private let connectionMW: Double

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        connectionMW = setup.parameters.number("connectionMW")
        pue = 1.2 + Double(Self.mood.load(ordering: .relaxed)) / 100
    }

    mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
        CapacityOffer(
            capacity: [1e9], connectionMW: connectionMW, pue: pue,
            blocks: [OfferBlock(source: .grid, limitMW: connectionMW, markUpUSDPerMWh: 0)])
    }
}
