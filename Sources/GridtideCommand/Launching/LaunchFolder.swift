internal import CoSimulation
internal import Foundation
internal import Scenarios

/// The folder of a launched run: the run itself, the keys of its participants, and what starts them elsewhere.
///
/// Keys lie beside the run rather than in it, so that who may read the run cannot play its participants.
struct LaunchFolder {
    let url: URL

    /// The run, which `verify`, `report` and `resume` read.
    var run: RunFolder { RunFolder(url: url.appendingPathComponent("run")) }
    /// Where the keys are.
    var keys: URL { url.appendingPathComponent("keys") }

    /// A new folder: the one that is named, which must not be there, or else the first `launches/NAME-N` that is free.
    /// Throws `CommandError`.
    static func make(at path: String?, name: String) throws -> LaunchFolder {
        guard let path else { return LaunchFolder(url: try RunFolder.make(in: "launches", name: name).url) }
        let url = URL(fileURLWithPath: path)
        guard mkdir(url.path, 0o755) == 0 else {
            let (number, cause) = (errno, String(cString: strerror(errno)))
            throw CommandError(
                number == EEXIST ? .invalidInput : .inputOutput,
                "\(path) cannot be made: \(cause). Name a new folder with --out, in one that is there.")
        }
        return LaunchFolder(url: url)
    }

    /// Prepares the run up to its first tick, and its keys. Throws `CommandError`, `JournalError`, `RunStoreError` or
    /// `ZeroMQError`.
    func prepare(_ scenario: Scenario, root: String, plan: RunPlan, groups: [AgentGroup]) throws {
        guard mkdir(run.url.path, 0o755) == 0 else {
            throw CommandError(.inputOutput, "\(run.url.path) cannot be made: \(String(cString: strerror(errno))).")
        }
        try run.keepScenario(files: scenario.files, root: root)
        try plan.keep(in: run)
        try run.begin(scenario.experiment)
        _ = try KeyFolder(for: groups, at: keys)
    }

    /// Writes a file of the folder. Throws `CommandError`.
    func write(_ text: String, to name: String) throws {
        let file = url.appendingPathComponent(name)
        do {
            try Data(text.utf8).write(to: file, options: .atomic)
        } catch {
            throw CommandError(cannotMake: file.path, error)
        }
    }

    /// Hands run and keys over to another user, as root can. Throws `CommandError`.
    func give(to user: UInt32) throws {
        for top in [run.url, keys] {
            let below = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String } ?? []
            for path in [top.path] + below.map({ top.appendingPathComponent($0).path }) {
                guard lchown(path, user, user) == 0 else {
                    throw CommandError(
                        .inputOutput, "\(path) cannot be given to user \(user): \(String(cString: strerror(errno))).")
                }
            }
        }
    }
}
