internal import ArgumentParser
internal import CoSimulation
internal import Foundation

/// `gridtide agent new`: a folder with an agent that works, to start from.
struct AgentNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a folder with an agent that works and is tested, to start from.")

    @Argument(help: "Folder to make; its last part is the agent's name: a letter, then letters, digits, - and _.")
    var folder: String
    @Option(help: "Role it plays: grid-operator, compute-region or service-node.", transform: AgentRole.parse)
    var role = AgentRole.serviceNode
    @Option(help: "Language: swift or python.")
    var language: Language
    @Option(help: "Clone of Gridtide that it builds on; found from this program unless given.")
    var gridtide: String?
    @OptionGroup var output: OutputArguments

    /// What it is written in.
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case swift
        case python
    }

    func run() throws {
        let target = URL(fileURLWithPath: folder)
        let name = target.lastPathComponent
        guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]*/) != nil else {
            throw CommandError(
                .invalidInput, "'\(name)' is no name for an agent: a letter, then letters, digits, - and _.")
        }
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw CommandError(.invalidInput, "\(folder) exists already. Give another name, or remove it.")
        }
        let clone = try gridtide.map { URL(fileURLWithPath: $0).path } ?? Self.clone()
        guard FileManager.default.fileExists(atPath: "\(clone)/Agents/python/pyproject.toml") else {
            throw CommandError(.invalidInput, "\(clone) is no clone of Gridtide. Name one with --gridtide.")
        }
        let template = AgentTemplate(name: name, role: role, clone: clone)
        let needsEnvironment = language == .python && !Self.hasPythonPackage()
        let files =
            language == .python ? template.python(needsEnvironment: needsEnvironment) : template.swift
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            let file = target.appendingPathComponent(path)
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            } catch {
                throw CommandError(cannotMake: file.path, error)
            }
        }
        if output.json {
            output.console.print(
                try output.console.json(Report(folder: target.path, role: role.rawValue, files: files.keys.sorted())))
        } else {
            output.console.print("\(folder): \(files.keys.sorted().joined(separator: ", "))")
            var hint = "next: gridtide agent check \(folder)"
            if language == .swift { hint += ", which builds Gridtide first: some minutes" }
            if needsEnvironment {
                hint += ", which makes a Python environment in it first: python3 has no package gridtide"
            }
            output.console.note(hint)
        }
    }

    /// Whether the `python3` on PATH has the package, so that an agent runs as it is.
    private static func hasPythonPackage() -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "from gridtide import run"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// The clone this program was built in. Throws `CommandError`.
    private static func clone() throws -> String {
        var folder = URL(fileURLWithPath: ProcessRun.executablePath).resolvingSymlinksInPath()
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            let marks = ["Package.swift", "Agents/python/pyproject.toml"]
            let isClone = marks.allSatisfy {
                FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
            }
            if isClone { return folder.path }
        }
        throw CommandError(.invalidInput, "This program does not lie in a clone of Gridtide. Name one with --gridtide.")
    }

    private struct Report: Encodable {
        let folder: String
        let role: String
        let files: [String]
    }
}
