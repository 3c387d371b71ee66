internal import CoSimulation
internal import Foundation
internal import RunStore

/// Runs a sweep as an array of Slurm jobs: each task its share of the missing points, into a database of its own; a last job
/// puts them together.
///
/// All that is under way is in a folder beside the database. Whatever becomes of the jobs, the same command takes over what
/// they did, each point once, and submits what is missing.
struct SlurmSweep {
    let work: SweepWork
    /// The command that runs the sweep, without what concerns Slurm.
    let command: [String]
    /// Points that a task runs at the same time; nil for as many as it has processors.
    let jobs: Int?
    let arguments: SlurmArguments
    let tasks: Int
    let console: Console

    /// The folder of what is under way.
    private var parts: URL { Self.parts(of: work.path) }

    private static func parts(of database: String) -> URL {
        let url = URL(fileURLWithPath: database)
        let isNamed = url.pathExtension == "sqlite"
        return (isNamed ? url.deletingPathExtension() : url).appendingPathExtension("parts")
    }

    /// Removes what jobs of a sweep left beside its database. Throws `CommandError` where they are under way.
    static func forget(besides database: String) throws {
        let folder = parts(of: database)
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        try refuseIfUnderWay(folder)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Takes over what is done and submits what is missing; true when nothing is. Throws `CommandError` or `RunStoreError`.
    func advance() throws -> Bool {
        try Self.refuseIfUnderWay(parts)
        if FileManager.default.fileExists(atPath: parts.path) { try work.merge([parts.path], console: console) }
        let missing = try work.missing()
        guard !missing.isEmpty else {
            try? FileManager.default.removeItem(at: parts)
            return true
        }
        try submit(missing)
        return false
    }

    private static func refuseIfUnderWay(_ parts: URL) throws {
        let text = (try? String(contentsOf: parts.appendingPathComponent("jobs"), encoding: .utf8)) ?? ""
        for job in text.split(whereSeparator: \.isNewline).map(String.init) where try Slurm.isUnderWay(job) {
            throw CommandError(
                .inUse,
                "Job \(job) of the sweep is under way. The same command prints the results when it is over; 'scancel \(job)' ends it."
            )
        }
    }

    private func submit(_ missing: [Int]) throws {
        let count = min(tasks, missing.count)
        let array = arrayScript(count)
        let last = collector()
        if arguments.dryRun {
            console.print(array.text, terminator: "")
            return console.note("nothing was submitted: \(missing.count) points would be run in \(count) tasks")
        }
        // What was taken over is of no more use, and its scripts are of another share of the points.
        try? FileManager.default.removeItem(at: parts)
        do {
            try FileManager.default.createDirectory(at: parts, withIntermediateDirectories: true)
        } catch {
            throw CommandError(cannotMake: parts.path, error)
        }
        try write(missing.map { "\($0)\n" }.joined(), "points")
        let job = try Slurm.submit(try write(array.text, "array.sh"))
        try write("\(job)\n", "jobs")
        let collecting = try Slurm.submit(
            try write(last.text, "collect.sh"), options: ["--dependency=afterany:\(job)"])
        try write("\(job)\n\(collecting)\n", "jobs")
        console.print("job     \(job)")
        console.print("merge   \(collecting)")
        console.note(
            "\(missing.count) points in \(count) tasks; the same command prints the results when they are done")
    }

    /// Each task of the array has a database and a log by its number, so that one begun again goes on with its own.
    private func arrayScript(_ count: Int) -> BatchScript {
        let number = "\"$SLURM_ARRAY_TASK_ID\""
        let jobs = jobs.map { "\($0)" } ?? "\"${SLURM_CPUS_ON_NODE:-1}\""
        return BatchScript(
            name: work.head.name, time: arguments.time, array: "1-\(count)", log: file("task"),
            options: arguments.options,
            command: command + ["--quiet", "--points", file("points"), "--database"],
            tail: " \(ShellWord(parts.path))/\(number).sqlite --share \(number)/\(count) --jobs \(jobs)")
    }

    /// A single job, also where an option says which tasks of the array are run, or how many at once.
    private func collector() -> BatchScript {
        BatchScript(
            name: "\(work.head.name)-merge", log: file("merge.log"),
            options: arguments.options.filter { !$0.hasPrefix("--array") && !$0.hasPrefix("-a") },
            command: command + ["--database", URL(fileURLWithPath: work.path).path, "--merge", parts.path])
    }

    private func file(_ name: String) -> String { parts.appendingPathComponent(name).path }

    @discardableResult private func write(_ text: String, _ name: String) throws -> String {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)), options: .atomic)
        } catch {
            throw CommandError(cannotMake: file(name), error)
        }
        return file(name)
    }
}
