import Foundation
import Testing

/// A run that would take minutes, under way, with an earlier run beside it.
final class LongRun {
    let sandbox: Sandbox
    let program: RunningProgram
    private let processes: [ProcessTable.Entry]
    private let earlier: [String: Data]

    /// Starts it and waits for its first ticks. Throws when they do not come.
    init(transport: String = "ipc", layout: String = "--processes=per-agent", changes: [String] = []) async throws {
        sandbox = try Sandbox()
        _ = try await sandbox.run("--in-process", "--no-baseline")
        earlier = LongRun.contents(of: sandbox.path("runs/two-region-1"))
        try sandbox.write(LongRun.scenario, to: "long.yaml")
        program = try sandbox.start(
            ["run", "long.yaml", "--no-baseline", layout]
                + (layout == "--processes=per-agent" ? ["--transport", transport] : [])
                + changes.flatMap { ["--set", $0] })
        try await LongRun.wait(for: program, journal: sandbox.path("runs/long-1/journal"))
        processes = ProcessTable.children(of: program.pid)
        if layout == "--processes=per-agent" {
            try #require(processes.count == 8, "coordinator, recorder and six agents: \(processes)")
        }
    }

    /// The process that plays a role. Throws when there is none.
    func process(_ role: String, named name: String? = nil) throws -> ProcessTable.Entry {
        try #require(processes.first { $0.plays(role, named: name) }, "no \(role) \(name ?? "") among \(processes)")
    }

    /// The process that plays a role now, as soon as there is one, besides one that played it before. Throws when none comes.
    func running(
        _ role: String, named name: String? = nil, besides old: ProcessTable.Entry? = nil
    ) async throws -> ProcessTable.Entry {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline, program.isRunning {
            let now = ProcessTable.children(of: program.pid).first { entry in
                entry.plays(role, named: name) && old.map { !$0.isSame(as: entry) } ?? true
            }
            if let now { return now }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestSetupError("no \(role) \(name ?? "") runs: \(program.notesSoFar)")
    }

    /// Expects that no process and no socket is left and that the earlier run is as it was.
    func expectNothingLeft(within limit: Duration = .milliseconds(300)) async throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !(left.isEmpty && sandbox.names(in: "s").isEmpty) {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(left.isEmpty, "processes are left")
        for entry in left { kill(entry.pid, SIGKILL) }
        #expect(sandbox.names(in: "s").isEmpty, "a socket folder is left")
        #expect(LongRun.contents(of: sandbox.path("runs/two-region-1")) == earlier, "an earlier run was touched")
    }

    /// Its processes that still live, and any other that works in its folder.
    private var left: [ProcessTable.Entry] {
        let now = ProcessTable.all()
        return now.filter { entry in
            processes.contains { $0.isSame(as: entry) } || entry.words.contains { $0.contains(sandbox.folder.path) }
        }
    }

    /// Waits until the journal grows, which is when ticks come.
    private static func wait(for program: RunningProgram, journal: String) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        var first: Int?
        while program.isRunning, ContinuousClock.now < deadline {
            let size = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
            if first == nil, size > 0 { first = size }
            // A tick of this scenario takes more than 500 bytes; the launcher hears of ticks every 40 ms.
            if let first, size > first + 100_000 { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestSetupError("the run did not get under way: \(program.notesSoFar)")
    }

    private static func contents(of folder: String) -> [String: Data] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: "\(folder)/\($1)") }
    }

    /// Two regions for a million ticks: numbers instead of series, so that no file is needed.
    static let scenario = """
        gridtide: 1
        name: long
        clock: {start: 2024-01-01T00:00Z, tickMinutes: 60, ticks: 1000000}
        mechanism: {objective: carbon-priced, carbonPriceUSDPerTonne: 50}
        classes:
          - {name: batch, latencyBudgetMilliseconds: 3600000, energyWhPerRequest: 10, acceleratorSecondsPerRequest: 36, valueUSDPerRequest: 0.05}
        gridOperators:
          - name: north
            strategy: merit-order
            demandMW: 800
            fleet: [{name: hydro, technology: hydro, capacityMW: 1000, costUSDPerMWh: 20, emissionsKgPerMWh: 0}]
          - name: south
            strategy: merit-order
            demandMW: 900
            fleet: [{name: coal, technology: coal, capacityMW: 1200, costUSDPerMWh: 45, emissionsKgPerMWh: 900}]
        regions:
          - {name: north-1, grid: north, strategy: honest, location: {latitude: 65.6, longitude: 22.1}, accelerators: 150000, connectionMW: 200, pue: 1.1}
          - {name: south-1, grid: south, strategy: adaptive-margin, location: {latitude: 50.1, longitude: 8.7}, accelerators: 150000, connectionMW: 200, pue: 1.2}
        services:
          - {name: stockholm, home: north-1, strategy: honest, location: {latitude: 59.3, longitude: 18.1}, demand: {batch: 3000000}}
          - {name: frankfurt, home: south-1, strategy: honest, location: {latitude: 50.1, longitude: 8.7}, demand: {batch: 6000000}}
        """
}
