internal import Foundation
internal import RunReport

/// The folder of one run: journal, database, logs, and a copy of the scenario.
struct RunFolder {
    let url: URL

    var journal: String { url.appendingPathComponent("journal").path }
    var database: String { url.appendingPathComponent("run.sqlite").path }
    var logs: URL { url.appendingPathComponent("logs") }
    var scenario: URL { url.appendingPathComponent("scenario") }
    /// Where the keys of a run over tcp are while it goes on.
    var keys: URL { url.appendingPathComponent("keys") }
    /// How the run is carried out, for whoever goes on with it.
    var plan: String { url.appendingPathComponent("plan.json").path }
    /// The course of a profiled run for a trace viewer.
    var trace: String { url.appendingPathComponent("trace.json").path }
    /// What the launcher says for who watches.
    var live: String { url.appendingPathComponent("live.json").path }
    /// What holds the run between two ticks, for as long as it is there.
    var hold: HoldFile { HoldFile(inFolder: url.path) }
    var baseline: RunFolder { RunFolder(url: url.appendingPathComponent("baseline")) }

    /// What is said when the run is held.
    func heldNote(afterTicks ticks: Int) -> String {
        "held after \(ticks) ticks; 'gridtide hold \(url.relativePath) --off' lets it go on"
    }

    /// An existing run. Throws `CommandError` when there is no journal in it.
    static func existing(_ path: String) throws -> RunFolder {
        let folder = RunFolder(url: URL(fileURLWithPath: path))
        guard FileManager.default.fileExists(atPath: folder.journal) else {
            throw CommandError(
                .invalidInput,
                "\(path) holds no run: there is no file 'journal' in it. Name the folder of a run, such as runs/two-region-1."
            )
        }
        return folder
    }

    /// A new folder `NAME-N` with the first N that is free, so that no earlier run is touched. Throws `CommandError`.
    static func make(in parent: String, name: String) throws -> RunFolder {
        let root = URL(fileURLWithPath: parent)
        try create(root, intermediates: true)
        for number in 1...999_999 {
            let candidate = root.appendingPathComponent("\(name)-\(number)")
            if mkdir(candidate.path, 0o755) == 0 { return RunFolder(url: candidate) }
            guard errno == EEXIST else { throw failure(candidate) }
        }
        throw CommandError(.failed, "\(parent) is full of runs named \(name). Choose another folder with --runs.")
    }

    /// Makes the folder of the baseline, unless it is there. Throws `CommandError`.
    func makeBaseline() throws {
        guard mkdir(baseline.url.path, 0o755) == 0 || errno == EEXIST else { throw RunFolder.failure(baseline.url) }
    }

    /// Makes the folder for logs, unless it is there. Throws `CommandError`.
    func makeLogs() throws {
        try RunFolder.create(logs, intermediates: true)
    }

    /// Copies the scenario's files beside the run, so that it can be read without the original. Throws `CommandError`.
    func keepScenario(files: [String], root: String) throws {
        for file in files {
            let source = URL(fileURLWithPath: root).appendingPathComponent(file)
            let target = scenario.appendingPathComponent(file)
            try RunFolder.create(target.deletingLastPathComponent(), intermediates: true)
            do {
                try FileManager.default.copyItem(at: source, to: target)
            } catch {
                throw CommandError(cannotMake: target.path, error)
            }
        }
    }

    private static func create(_ url: URL, intermediates: Bool) throws {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: intermediates)
        } catch {
            throw CommandError(cannotMake: url.path, error)
        }
    }

    private static func failure(_ url: URL) -> CommandError {
        CommandError(
            .inputOutput,
            "\(url.path) cannot be made: \(String(cString: strerror(errno))). Choose another folder with --runs.")
    }
}
