import Foundation
import Testing

/// A folder of a test's own with copies of the shipped scenarios, in which the program runs; gone when the test is over.
final class Sandbox {
    /// The folder.
    let folder: URL
    /// Where the program keeps its sockets, so that what it leaves is seen.
    let sockets: URL

    /// Makes a folder with a short path in /tmp, since paths of sockets are limited. Throws when it cannot be made.
    init(scenarios: [String] = ["two-region"]) throws {
        var template = Array("/tmp/gridtide-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestSetupError("no folder can be made in /tmp") }
        folder = URL(fileURLWithPath: template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
        sockets = folder.appendingPathComponent("s")
        try FileManager.default.createDirectory(
            at: sockets, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let shipped = Program.repository.appendingPathComponent("Scenarios")
        let copies = folder.appendingPathComponent("Scenarios")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        for name in scenarios {
            try FileManager.default.copyItem(
                at: shipped.appendingPathComponent(name).resolvingSymlinksInPath(),
                to: copies.appendingPathComponent(name))
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The Python with the package, which `./gridtide test` makes; nil where tests are run without it.
    static let python: String? = {
        let path = Program.repository.appendingPathComponent(".gridtide/venv/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// Copies a folder of the repository to the same place below.
    func add(_ name: String) throws {
        let target = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Program.repository.appendingPathComponent(name), to: target)
    }

    /// A file or folder below.
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a text file.
    func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    }

    /// Names in a folder, ascending.
    func names(in name: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
    }

    /// What the program sees of the environment.
    var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(["XDG_RUNTIME_DIR": sockets.path]) { $1 }
    }

    /// Starts the program.
    func start(_ arguments: [String]) throws -> RunningProgram {
        try RunningProgram(try Program.path(), arguments, in: folder, environment: environment)
    }

    /// Runs the program to its end.
    @discardableResult
    func gridtide(_ arguments: String...) async throws -> RunningProgram.Result {
        try await start(arguments).result()
    }

    /// Runs a line of shell, in which `gridtide` and `./gridtide` are the program.
    func shell(_ line: String, within limit: Duration = .seconds(120)) async throws -> RunningProgram.Result {
        let link = path("gridtide")
        if !FileManager.default.fileExists(atPath: link) {
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: try Program.path())
        }
        var environment = environment
        let python = Sandbox.python.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path + ":" } ?? ""
        environment["PATH"] = "\(folder.path):\(python)\(environment["PATH"] ?? "/usr/bin:/bin")"
        return try await RunningProgram("/bin/sh", ["-c", line], in: folder, environment: environment).result(
            within: limit)
    }

    /// Runs a scenario in one process and returns the digest it printed.
    func run(_ arguments: String..., as scenario: String = "Scenarios/two-region") async throws -> String {
        try await run(arguments, as: scenario)
    }

    /// Runs a scenario in one process and returns the digest it printed.
    func run(_ arguments: [String], as scenario: String) async throws -> String {
        let result = try await start(["run", scenario, "-q"] + arguments).result()
        try #require(result.status == 0, "\(arguments): \(result.notes)")
        return try #require(result.output.value(of: "digest"), "no digest in: \(result.output)")
    }

    /// Status and text of a run as its database tells them; read by Python, as users do.
    func databaseStatus(ofRun name: String) async throws -> (status: String, text: String) {
        let code = """
            import sqlite3, sys
            row = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute("SELECT status, status_text FROM run").fetchone()
            print(row[0]); print(row[1])
            """
        let python = try RunningProgram(
            "/usr/bin/env", ["python3", "-c", code, path("\(name)/run.sqlite")], in: folder, environment: environment)
        let result = try await python.result(within: .seconds(20))
        try #require(result.status == 0, "python3 cannot read \(name): \(result.notes)")
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return (lines[0], lines[1])
    }
}

extension String {
    /// What stands behind a word at the beginning of a line, such as `digest`.
    func value(of key: String) -> String? {
        for line in split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            if words.count > 1, words[0] == key { return words.dropFirst().joined(separator: " ") }
        }
        return nil
    }

    /// The text as JSON. Throws when it is none.
    func asJSON() throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(utf8))
        return try #require(value as? [String: Any], "no JSON object")
    }
}
