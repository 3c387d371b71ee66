import Foundation
import Testing
import Yams

/// A launched run whose services are started here, as processes without a launcher, with the commands that stand in its
/// compose file: what an engine does, without the engine.
final class LaunchedRun {
    private let sandbox: Sandbox
    private let folder: String
    private let services: [String: [String]]
    private let keys: [String: String]
    private let port: UInt16
    private(set) var processes: [String: RunningProgram] = [:]

    /// Launches two-region. Throws when that fails.
    init(in sandbox: Sandbox, _ arguments: String...) async throws {
        self.sandbox = sandbox
        folder = "launched"
        let words = ["launch", "--on", "compose", "Scenarios/two-region", "--out", folder, "-q"] + arguments
        let result = try await sandbox.start(words).result()
        try #require(result.status == 0, "\(result.notes)")
        // For root, the run is given to the user of the image; here it is root's that plays it.
        if geteuid() == 0 { _ = try await sandbox.shell("chown -R 0:0 \(folder)") }
        let text = try String(contentsOfFile: sandbox.path("\(folder)/compose.yaml"), encoding: .utf8)
        let root = try #require(try Yams.compose(yaml: text))
        var keys: [String: String] = [:]
        for (key, secret) in try #require(root["secrets"]?.mapping) { keys[key.string!] = secret["file"]?.string }
        self.keys = keys
        var services: [String: [String]] = [:]
        for (key, service) in try #require(root["services"]?.mapping) {
            services[try #require(key.string)] = try #require(service["command"]?.sequence).compactMap(\.string)
        }
        self.services = services
        port = try Self.freePort()
    }

    /// The run's folder.
    var run: String { "\(folder)/run" }

    /// All services but the dashboard.
    var participants: [String] { services.keys.filter { $0 != "dashboard" }.sorted() }

    /// Starts a service, anew if it was started before.
    func start(_ name: String) throws {
        let words = try #require(services[name]).map { word in
            word.replacingOccurrences(of: "/gridtide/run", with: sandbox.path(run))
                .replacingOccurrences(of: "/run/secrets/key", with: sandbox.path("\(folder)/\(keys[name] ?? "none")"))
                .replacingOccurrences(of: "//*:7000", with: "//127.0.0.1:\(port)")
                .replacingOccurrences(of: "//coordinator:7000", with: "//127.0.0.1:\(port)")
        }
        processes[name] = try sandbox.start(words)
    }

    /// Starts every participant.
    func startAll() throws {
        for name in participants { try start(name) }
    }

    /// Waits for the end of a service.
    func end(of name: String) async throws -> RunningProgram.Result {
        try await #require(processes[name]).result()
    }

    /// Holds the run after so many ticks, or lets it go on.
    func hold(afterTicks ticks: Int?) throws {
        let file = "\(run)/hold"
        if let ticks {
            try sandbox.write("\(ticks)\n", to: file)
        } else {
            try FileManager.default.removeItem(atPath: sandbox.path(file))
        }
    }

    /// Waits until the coordinator has written a text. Throws when it does not come.
    func await(_ text: String) async throws {
        let coordinator = try #require(processes["coordinator"])
        let deadline = ContinuousClock.now + .seconds(60)
        while !(coordinator.outputSoFar + coordinator.notesSoFar).contains(text) {
            guard ContinuousClock.now < deadline else {
                throw TestSetupError("no '\(text)' in: \(coordinator.outputSoFar)\(coordinator.notesSoFar)")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// A port that nobody listens at.
    private static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 ? getsockname(socket, $0, &size) : -1
            }
        }
        guard status == 0 else { throw TestSetupError("no port is free: \(String(cString: strerror(errno)))") }
        return UInt16(bigEndian: address.sin_port)
    }
}
