internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import RunAnalysis
internal import RunStore
internal import Scenarios

/// Where the points of a sweep are kept, how they are run and how they are printed.
struct SweepArguments: ParsableArguments {
    @Option(help: "Database of the results; sweeps/NAME.sqlite unless given.")
    var database: String?
    @Flag(help: "Begin anew: remove what the database holds.")
    var anew = false
    @Option(help: "Points that run at the same time; as many as there are cores unless given.")
    var jobs: Int?
    @Flag(help: "Print every figure of every point as CSV, one row each.")
    var csv = false
    @OptionGroup var output: OutputArguments

    func validate() throws {
        if csv, output.json { throw ValidationError("Choose one of --csv and --json.") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    }

    /// Checks and runs a sweep, or goes on with it, and answers what it came to. Throws `ScenarioError`, `RunError`,
    /// `RunStoreError` or `CommandError`.
    func run(_ sweep: Sweep, from template: ScenarioTemplate) async throws -> SweepResult {
        let work = try await open(sweep, from: template)
        try await work.run(console: output.console)
        return try work.result()
    }

    /// Checks a sweep and opens its database. Throws `ScenarioError`, `RunError`, `RunStoreError` or `CommandError`.
    func open(_ sweep: Sweep, from template: ScenarioTemplate) async throws -> SweepWork {
        let console = output.console
        let interruption = Interruption()
        let engine = SweepEngine(
            sweep: sweep, template: template, jobCount: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
            interruption: interruption, console: console)
        let head = try await engine.head()
        let path = try path(of: sweep)
        if anew { try SweepStore.remove(at: path) }
        return SweepWork(
            engine: engine, head: head, path: path,
            store: try SweepStore(at: path, head: head, unit: PointFigures.unit))
    }

    /// Throws where a point failed, once everything has been printed.
    func check(_ result: SweepResult) throws {
        guard !result.failures.isEmpty else { return }
        throw CommandError(
            .failed, "\(result.failures.count) of \(result.points.count) points failed; the database says why.")
    }

    /// The database of a sweep; its folder is made. Throws `CommandError`.
    func path(of sweep: Sweep) throws -> String { try database ?? Self.defaultDatabase(of: sweep.name) }

    private static func defaultDatabase(of name: String) throws -> String {
        do {
            try FileManager.default.createDirectory(atPath: "sweeps", withIntermediateDirectories: true)
        } catch {
            throw CommandError(cannotMake: "sweeps", error, remedy: "Make room, or name another file with --database")
        }
        return "sweeps/\(name).sqlite"
    }
}
