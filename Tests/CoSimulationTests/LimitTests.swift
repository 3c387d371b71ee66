import Foundation
import TestKit
import Testing

@testable import CoSimulation

/// docs/limits.md, on answers and the journal: at a limit they pass, one beyond is refused in words.
@Suite struct LimitTests {
    @Test func theLongestForecastPasses() throws {
        let experiment = ScriptedRun.experiment(ticks: 2)
        for (count, passes) in [(AnswerCheck.longestList, true), (AnswerCheck.longestList + 1, false)] {
            let run = try ScriptedRun(experiment) { ask, answer in
                guard ask.agent == 0 else { return answer }
                return answer.signalling { index, signal in
                    guard index == 0 else { return }
                    signal.forecastPriceUSDPerMWh = Array(repeating: 1, count: count)
                    signal.forecastMarginalEmissionsKgPerMWh = Array(repeating: 1, count: count)
                }
            }
            #expect(run.reports.isEmpty == passes, "\(count): \(run.reports)")
            for report in run.reports { #expect(report.text.contains("has \(count) prices")) }
        }
    }

    @Test func theLargestFrameIsWrittenAndRead() throws {
        let path = NSTemporaryDirectory() + "gridtide-limit-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let experiment = SampleExperiment.make(size: 1, ticks: 1)
        let record = try #require(try SampleRun(experiment).records.first)
        let bytes = record.canonicalBytes().count
        let journal = try JournalWriter(creating: path, experiment: experiment)
        let digest = journal.digest
        journal.payloadLimit = bytes - 1
        let error = #expect(throws: JournalError.self) { _ = try journal.append(record) }
        #expect(error?.code == .tooLarge && error?.problem.contains("tick 0 has \(bytes) bytes") == true)
        #expect(journal.digest == digest && journal.recordCount == 0, "it is as it was")
        journal.payloadLimit = bytes
        _ = try journal.append(record)
        #expect(try JournalReader(path).next()?.record == record)
        // A reader believes the same limit, whatever the file claims.
        func length(_ value: UInt32) -> Int? {
            let header = [value, ~value].flatMap { word in
                stride(from: 0, to: 32, by: 8).map { UInt8(truncatingIfNeeded: word >> $0) }
            }
            return JournalFormat.length(header[...])
        }
        #expect(length(UInt32(JournalFormat.payloadLimit)) == JournalFormat.payloadLimit)
        #expect(length(UInt32(JournalFormat.payloadLimit) + 1) == nil)
    }
}
