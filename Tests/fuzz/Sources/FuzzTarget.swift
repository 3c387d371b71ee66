import CoSimulation
import Foundation
import PowerGrid
import ReferenceAgents
import Scenarios

/// What reads bytes that may come from anywhere. Each must end with a value or an error of its own, and a value it takes
/// must be the same when it is written and read again.
enum FuzzTarget: String, CaseIterable {
    /// A frame of the wire: a kind byte and a body.
    case message
    /// An experiment, as the head of a journal and a welcome have it.
    case experiment
    /// A record of a tick of the experiment that is the first of the seeds.
    case record
    /// A journal as a file.
    case journal
    /// The payloads of a journal, each with its length before it, put into frames with right digests.
    case payloads
    /// A scenario and, behind a line of NUL, a table it reads.
    case scenario
    /// A network of MATPOWER.
    case matpower
    /// A table of hourly values.
    case series
    /// A trap that the fuzzer must find.
    case planted

    /// The target the environment names.
    static let chosen: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["GRIDTIDE_FUZZ_TARGET"] ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("GRIDTIDE_FUZZ_TARGET is '\(name)', it must be one of \(names)")
        }
        return target
    }()

    /// Reads bytes as the target does. A trap is a finding.
    func read(_ bytes: [UInt8]) {
        switch self {
        case .message: readMessage(bytes)
        case .experiment: readExperiment(bytes)
        case .record: readRecord(bytes)
        case .journal: readJournal(bytes)
        case .payloads: readJournal(Self.journal(of: bytes))
        case .scenario: readScenario(bytes)
        case .matpower: readMatpower(bytes)
        case .series: _ = try? HourlyTable(SourceFile(name: "series.csv", bytes: bytes))
        case .planted: readPlanted(bytes)
        }
    }

    private func readPlanted(_ bytes: [UInt8]) {
        var depth = 0
        for (byte, wanted) in zip(bytes, Array("tides".utf8)) {
            guard byte == wanted else { return }
            depth += 1
        }
        precondition(depth < 5, "the planted trap")
    }

    private func readMessage(_ bytes: [UInt8]) {
        guard let kind = bytes.first, let message = try? Message(kind: kind, body: bytes.dropFirst(), agent: 3) else {
            return
        }
        let body = message.body()
        guard let again = try? Message(kind: message.kind, body: body, agent: 3) else {
            fatalError("a message that was taken is refused when it is written and read again: \(message)")
        }
        precondition(again.body() == body, "a message changes when it is written and read again: \(message)")
    }

    private func readExperiment(_ bytes: [UInt8]) {
        guard let experiment = try? Experiment(canonicalBytes: bytes) else { return }
        let written = experiment.canonicalBytes()
        guard let again = try? Experiment(canonicalBytes: written) else {
            fatalError("an experiment that was taken is refused when it is written and read again")
        }
        precondition(again.canonicalBytes() == written, "an experiment changes when it is written and read again")
    }

    private func readRecord(_ bytes: [UInt8]) {
        let experiment = Self.recordedExperiment
        guard let record = try? TickRecord(canonicalBytes: bytes, experiment: experiment) else { return }
        let written = record.canonicalBytes()
        guard let again = try? TickRecord(canonicalBytes: written, experiment: experiment) else {
            fatalError("a record that was taken is refused when it is written and read again")
        }
        precondition(again.canonicalBytes() == written, "a record changes when it is written and read again")
    }

    /// The experiment of the records: the first of the seeds, which the script names.
    private static let recordedExperiment: Experiment = {
        let path = ProcessInfo.processInfo.environment["GRIDTIDE_FUZZ_EXPERIMENT"] ?? ""
        guard let data = FileManager.default.contents(atPath: path),
            let experiment = try? Experiment(canonicalBytes: [UInt8](data))
        else { fatalError("GRIDTIDE_FUZZ_EXPERIMENT names no experiment: '\(path)'") }
        return experiment
    }()

    private func readScenario(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        var files = ["scenario.yaml": Array(parts[0])]
        if parts.count > 1 { files["table.csv"] = Array(parts[1]) }
        do {
            _ = try Scenario.load(.memory(bytes: files), catalogue: ReferenceAgents.catalogue, limits: Self.limits)
        } catch {
            precondition(!error.faults.isEmpty, "a scenario is refused without a fault")
            for fault in error.faults {
                precondition(!fault.problem.isEmpty && !fault.remedy.isEmpty, "a fault without words: \(fault)")
            }
        }
    }

    /// Small enough that a case takes milliseconds.
    private static let limits: ScenarioLimits = {
        var limits = ScenarioLimits()
        (limits.ticks, limits.agents, limits.placements, limits.seriesValues) = (1000, 100, 10_000, 100_000)
        return limits
    }()

    private func readMatpower(_ bytes: [UInt8]) {
        guard let found = try? MatpowerCase(SourceFile(name: "case.m", bytes: bytes)) else { return }
        let text = found.network.matpowerText()
        guard let again = try? MatpowerCase(SourceFile(name: "again.m", text: text)) else {
            fatalError("a network that was taken is refused when it is written and read again:\n\(text)")
        }
        precondition(
            again.network.buses.count == found.network.buses.count
                && again.network.branches.count == found.network.branches.count,
            "a network changes when it is written and read again")
    }
}

/// Called by libFuzzer with one case after another.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzerTestOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
