internal import CoSimulation
internal import Foundation
internal import Scenarios

/// An agent as its author has it: a folder with `agent.json`, a program, or a program with arguments.
struct AgentSource {
    /// What a strategy is called that it plays.
    let name: String
    /// Program and arguments; files by their whole path, so that it can be started anywhere.
    let command: [String]
    /// The role it plays; nil where nobody said.
    let role: AgentRole?
    /// Settings to check it with, as JSON; nil where nobody said.
    let settings: String?

    /// What an agent's folder says about it, in the file `agent.json`.
    struct Manifest: Codable {
        static let fileName = "agent.json"
        /// What its strategy is called.
        let name: String
        /// The role it plays.
        let role: String
        /// Program and arguments; files are in the folder.
        let exec: [String]
        /// What makes the program, run in the folder before it is started.
        var build: [String]?
    }

    /// Finds an agent by the words of a command line; a folder's program is built. Throws `CommandError`.
    static func find(_ words: [String], console: Console) throws -> AgentSource {
        guard let first = words.first else { throw CommandError(.invalidInput, "No agent is named.") }
        if words.count == 1 {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: first, isDirectory: &isFolder) else {
                throw CommandError(
                    .invalidInput,
                    "There is no agent at \(first). Name a folder with \(Manifest.fileName), which 'gridtide agent new' makes, or a program."
                )
            }
            if isFolder.boolValue { return try open(URL(fileURLWithPath: first), console: console) }
        }
        let files = words.map { FileManager.default.fileExists(atPath: $0) ? URL(fileURLWithPath: $0).path : $0 }
        let program = words.first { $0.hasSuffix(".py") } ?? first
        let name = URL(fileURLWithPath: program).deletingPathExtension().lastPathComponent
        let isBarePython = words.count == 1 && first.hasSuffix(".py")
        return AgentSource(
            name: name, command: isBarePython ? ["python3"] + files : files, role: nil, settings: nil)
    }

    private static func open(_ folder: URL, console: Console) throws -> AgentSource {
        let file = folder.appendingPathComponent(Manifest.fileName)
        guard let data = try? Data(contentsOf: file) else {
            throw CommandError(
                .invalidInput,
                "\(folder.relativePath) holds no agent: there is no file \(Manifest.fileName) in it. 'gridtide agent new' makes one."
            )
        }
        let manifest: Manifest
        do {
            manifest = try JSONDecoder().decode(Manifest.self, from: data)
        } catch {
            throw CommandError(
                .invalidInput, "\(file.relativePath) is not usable: it needs name, role and exec, as JSON. \(error)")
        }
        guard let role = AgentRole(rawValue: manifest.role), !manifest.exec.isEmpty else {
            throw CommandError(
                .invalidInput,
                "\(file.relativePath) is not usable: role is one of \(AgentRole.list), and exec names a program.")
        }
        if let build = manifest.build { try run(build, in: folder, console: console) }
        let object = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
        let settings = object?["settings"].flatMap {
            try? JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys])
        }
        let command = manifest.exec.map { word in
            let path = folder.appendingPathComponent(word).path
            return FileManager.default.fileExists(atPath: path) ? path : word
        }
        return AgentSource(
            name: manifest.name, command: command, role: role,
            settings: settings.map { String(decoding: $0, as: UTF8.self) })
    }

    /// Builds a folder's program. Throws `CommandError` with the end of what the build said.
    private static func run(_ command: [String], in folder: URL, console: Console) throws {
        console.note("building \(folder.relativePath): \(command.joined(separator: " "))")
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let end = said.split(separator: "\n").suffix(15).joined(separator: "\n")
            throw CommandError(.invalidInput, "\(folder.relativePath) cannot be built:\n\(end)")
        }
    }

    /// This agent in the place of one of a scenario's.
    func replacing(_ agent: String, settings: String? = nil) -> Replacement {
        Replacement(agent: agent, player: .program(name: name, command: command), settings: settings)
    }
}

extension AgentRole {
    /// All roles, for messages.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
