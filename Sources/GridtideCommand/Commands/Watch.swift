internal import ArgumentParser
internal import Foundation

/// Where a dashboard listens.
struct DashboardArguments: ParsableArguments {
    @Option(help: "Port of the dashboard; any that is free unless given.")
    var port: UInt16 = 0
    @Option(
        help:
            "Address the dashboard listens at. Any but that of this host alone makes a token, which the printed link has."
    )
    var host = "127.0.0.1"

    /// Arguments of the dashboard's program for runs by their folders.
    func arguments(runs: [String], lifeline: Bool) -> [String] {
        ["--host", host == "localhost" ? "127.0.0.1" : host, "--port", String(port)] + (lifeline ? ["--lifeline"] : [])
            + ["--"] + runs
    }

    /// The program that serves dashboards, which lies beside this one. Throws `CommandError`.
    static func program() throws -> String {
        let path = URL(fileURLWithPath: ProcessRun.executablePath).deletingLastPathComponent()
            .appendingPathComponent("gridtide-dashboard").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw CommandError(
                .failed,
                "The dashboard's program \(path) is not there. Build it with 'swift build -c release' or ./gridtide build, "
                    + "and keep the two programs in one folder.")
        }
        return path
    }
}

/// `gridtide watch`: the live dashboard of runs.
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Follow runs in the browser while they go on: map, load, prices, agents; pause, step, look back.",
        discussion: """
            Serves a page and prints its address; Ctrl-C ends it. It reads what the run stores, so that a slow or closed browser never \
            slows the run. Several runs are shown side by side. 'gridtide top' shows a run in a terminal.
            """)

    @Argument(help: ArgumentHelp("Folders of runs.", valueName: "run"))
    var folders: [String]
    @OptionGroup var dashboard: DashboardArguments
    @Flag(help: .hidden)
    var lifeline = false

    func validate() throws {
        if folders.isEmpty { throw ValidationError("Name the folder of a run, such as runs/two-region-1.") }
    }

    func run() throws {
        let program = try DashboardArguments.program()
        let runs = try folders.map { try RunFolder.existing($0).url.path }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + dashboard.arguments(runs: runs, lifeline: lifeline))
            .map { strdup($0) }
        words.append(nil)
        // The dashboard takes this process over: signals and exit status are its own.
        execv(program, words)
        throw CommandError(.failed, "\(program) cannot be started: \(String(cString: strerror(errno))).")
    }
}
