internal import Foundation

/// What a foreign agent is told: in its environment, so that any command can be an agent without arguments of ours.
struct ForeignCall {
    let agent: String
    let endpoint: String
    let scenario: String
    /// Its key file; nil where it needs none.
    var keyFile: String?
    /// Whether it may talk over tcp without a key.
    var isInsecure = false

    /// What the environment of its process has beside that of the launcher.
    var environment: [String: String] {
        [
            "GRIDTIDE_NAME": agent, "GRIDTIDE_ENDPOINT": endpoint, "GRIDTIDE_SCENARIO": scenario,
            "GRIDTIDE_LIFELINE": "1", "GRIDTIDE_KEY_FILE": keyFile ?? "", "GRIDTIDE_INSECURE": isInsecure ? "1" : "",
        ]
    }

    /// The same for a person who starts it; its standard input is no lifeline then.
    var text: String {
        "GRIDTIDE_NAME=\(agent) GRIDTIDE_ENDPOINT=\(endpoint)"
            + (keyFile.map { " GRIDTIDE_KEY_FILE=\(ShellWord($0))" } ?? "")
            + (isInsecure ? " GRIDTIDE_INSECURE=1" : "")
    }

    /// Starts a program in a folder, as a run does; it writes to a log of its own. Throws when it cannot be started.
    ///
    /// Its standard input is a file and not a pipe, whose end `Process` would close for whoever is started next.
    func start(_ command: [String], in folder: URL, lifeline: FileHandle, log: URL) throws -> Process {
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = lifeline
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return process
    }

    /// The last line in a program's log, to add to what is said about it; empty where it wrote none.
    static func lastWords(in log: URL) -> String {
        ProcessLog(path: log.path).lastLines.last.map { ": \($0)" } ?? ""
    }
}
