import CoSimulation
import Foundation
import InferencePlacement
import TestKit
import Testing

@Suite struct JournalTests {
    private func path() -> String { NSTemporaryDirectory() + "gridtide-journal-\(UUID().uuidString)" }

    private func write(_ experiment: Experiment, to path: String) throws -> (records: [TickRecord], digest: Digest) {
        let journal = try JournalWriter(creating: path, experiment: experiment)
        let records = try SampleRun(experiment).records
        for record in records { _ = try journal.append(record) }
        try journal.sync()
        return (records, journal.digest)
    }

    private func read(_ path: String) throws -> (records: [TickRecord], digest: Digest, isTorn: Bool) {
        let reader = try JournalReader(path)
        var records: [TickRecord] = []
        while let entry = try reader.next() { records.append(entry.record) }
        return (records, reader.digest, reader.isTorn)
    }

    @Test func whatIsWrittenIsRead() throws {
        let file = path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let experiment = SampleExperiment.make(ticks: 4)
        let written = try write(experiment, to: file)
        let found = try read(file)
        #expect(found.records == written.records)
        #expect(found.digest == written.digest)
        #expect(found.digest == (try SampleRun(experiment).digest))
        #expect(!found.isTorn)
        #expect(try JournalReader(file).experiment == experiment)
    }

    @Test func noJournalIsOverwritten() throws {
        let file = path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try write(SampleExperiment.make(ticks: 1), to: file)
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect { _ = try JournalWriter(creating: file, experiment: SampleExperiment.make(ticks: 2)) } throws: {
            ($0 as? JournalError)?.code == .exists
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    }

    @Test func twoWritersAreRefused() throws {
        let file = path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let first = try JournalWriter(creating: file, experiment: SampleExperiment.make(ticks: 1))
        #expect { _ = try JournalWriter(continuing: file) } throws: {
            ($0 as? JournalError)?.code == .locked
        }
        #expect(first.recordCount == 0)
    }

    /// Cut at any byte, a journal holds exactly the records before the cut, and can be gone on with to the same digest.
    @Test func aTornTailIsCutAndTheRunGoesOn() throws {
        let file = path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let experiment = SampleExperiment.make(size: 1, ticks: 3)
        let written = try write(experiment, to: file)
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        let head = try headSize(experiment)
        for length in stride(from: head, to: whole.count, by: 97) {
            try whole.prefix(length).write(to: URL(fileURLWithPath: file))
            let found = try read(file)
            #expect(Array(written.records.prefix(found.records.count)) == found.records, "cut at \(length)")
            let journal = try JournalWriter(continuing: file)
            #expect(journal.recordCount == found.records.count)
            #expect((journal.cutBytes > 0) == found.isTorn)
            for record in written.records.dropFirst(journal.recordCount) { _ = try journal.append(record) }
            #expect(journal.digest == written.digest, "cut at \(length)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole, "cut at \(length)")
        }
    }

    private func headSize(_ experiment: Experiment) throws -> Int {
        let file = path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try JournalWriter(creating: file, experiment: experiment)
        return try Data(contentsOf: URL(fileURLWithPath: file)).count
    }

    /// One changed byte anywhere is found: no altered journal reads as whole.
    @Test func aChangedByteIsFound() throws {
        let file = path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let written = try write(SampleExperiment.make(size: 1, ticks: 2), to: file)
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        for position in stride(from: 0, to: whole.count, by: 41) {
            var bytes = whole
            bytes[position] ^= 0x10
            try bytes.write(to: URL(fileURLWithPath: file))
            let found = try? read(file)
            #expect(found == nil || found?.isTorn == true || found?.digest != written.digest, "byte \(position)")
            #expect(found.map { $0.records.count < written.records.count } ?? true, "byte \(position)")
        }
    }

    @Test func otherFilesAreNoJournals() throws {
        let file = path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try Data("SQLite format 3, or something else".utf8).write(to: URL(fileURLWithPath: file))
        #expect { _ = try JournalReader(file) } throws: { ($0 as? JournalError)?.code == .format }
        #expect { _ = try JournalReader(file + "-missing") } throws: { ($0 as? JournalError)?.code == .io }
    }

    @Test func differencesNameTheField() throws {
        let experiment = SampleExperiment.make(ticks: 2)
        let record = try SampleRun(experiment).records[1]
        var other = record
        other.clearing.awards[1].requests += 1
        #expect(FieldDifference(between: record, and: other)?.path == "clearing.awards[1].requests")
        other = record
        other.offers[0]?.pue = 1.3
        #expect(FieldDifference(between: record, and: other)?.path == "offers[0].pue")
        #expect(FieldDifference(between: record, and: record) == nil)
    }
}
