import Foundation
import Testing

/// A page of the documentation.
struct Document: Sendable, CustomTestStringConvertible {
    /// Path below the repository.
    let name: String
    /// The page.
    let text: String

    var testDescription: String { name }

    /// README.md and the pages of docs, ascending.
    static let all = read(["README.md"] + pages("docs"))

    /// The pages of experiments, whose commands have a test of their own.
    static let experiments = read(pages("docs/experiments"))

    /// All pages with links: those above and the ones for contributors.
    static let linked =
        all + experiments
        + read([
            "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docker/README.md", "Agents/README.md",
            "Agents/python/README.md", "Benchmarks/README.md", "Scenarios/README.md",
        ])

    /// Where a page or file of the repository is.
    static func url(_ name: String) -> URL { Program.repository.appendingPathComponent(name) }

    private static func pages(_ folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url(folder).path)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
    }

    private static func read(_ names: [String]) -> [Document] {
        names.compactMap { name in
            (try? String(contentsOf: url(name), encoding: .utf8)).map { Document(name: name, text: $0) }
        }
    }

    /// A fenced block.
    struct Block {
        /// What stands behind the fence, such as sh.
        let language: String
        /// Number of its first line on the page.
        let line: Int
        /// Its lines.
        let lines: [String]
    }

    /// The fenced blocks in order.
    var blocks: [Block] {
        var blocks: [Block] = []
        var open: (language: String, line: Int, lines: [String])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.hasPrefix("```") {
                if let block = open {
                    blocks.append(Block(language: block.language, line: block.line, lines: block.lines))
                    open = nil
                } else {
                    open = (String(trimmed.dropFirst(3)), index + 2, [])
                }
            } else {
                open?.lines.append(String(line))
            }
        }
        return blocks
    }

    /// Files that a reader writes: blocks of Python that begin with a name, such as `# mine/agent.py`.
    var files: [(name: String, text: String)] {
        blocks.filter { $0.language == "python" }.compactMap { block in
            guard let name = block.lines.first?.wholeMatch(of: /# ([\w\/]+\.py)/)?.1 else { return nil }
            return (String(name), block.lines.joined(separator: "\n") + "\n")
        }
    }

    /// Targets of the links into the repository: the file, empty for this page, and a section of it.
    var links: [(file: String, section: String?)] {
        text.matches(of: /\]\(([^)#:\s]*)(?:#([^)\s]*))?\)/).map { (String($0.1), $0.2.map(String.init)) }
    }

    /// The names by which links call the sections of the page: small letters, digits and hyphens.
    var sections: Set<String> {
        let lines = text.replacing(/(?ms)^ *```.*?^ *```$/, with: "").split(separator: "\n")
        return Set(
            lines.filter { $0.hasPrefix("#") }.map { line in
                let kept = line.drop { $0 == "#" || $0 == " " }.lowercased().filter { character in
                    character.isLetter || character.isNumber || " -_".contains(character)
                }
                return kept.replacing(" ", with: "-")
            })
    }
}

/// A line of a sh block.
struct DocumentedCommand {
    /// Where it stands, such as `README.md:12`.
    let place: String
    /// What to run.
    let line: String
    /// The status it promises in a comment `# exits with N`, else 0.
    let expectedStatus: Int32

    /// The commands of a page; lines that end in a backslash are joined, comments and empty lines left out.
    static func all(in document: Document) -> [DocumentedCommand] {
        document.blocks.filter { $0.language == "sh" }.flatMap { block in
            var commands: [DocumentedCommand] = []
            var pending = ""
            for (offset, raw) in block.lines.enumerated() {
                let line = pending + raw.trimmingCharacters(in: .whitespaces)
                if line.hasSuffix("\\") {
                    pending = String(line.dropLast())
                    continue
                }
                pending = ""
                guard !line.isEmpty, !line.hasPrefix("#") else { continue }
                commands.append(DocumentedCommand(line, at: "\(document.name):\(block.line + offset)"))
            }
            return commands
        }
    }

    private init(_ text: String, at place: String) {
        let parts = text.split(separator: " #", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        line = parts[0].trimmingCharacters(in: .whitespaces)
        let promise = parts.count > 1 ? parts[1].firstMatch(of: /exits with (\d+)/) : nil
        expectedStatus = promise.flatMap { Int32($0.1) } ?? 0
        needsSharedData = text.contains("../shared/data")
        buildsForMinutes = parts.count > 1 && parts[1].contains("builds for minutes")
        self.place = place
    }

    /// Whether it is the program, by either name.
    var isProgram: Bool { line.hasPrefix("gridtide ") || line.hasPrefix("./gridtide ") }

    /// Whether it can be run here as it stands.
    var isRunnable: Bool {
        isProgram
            || ["cp -r Scenarios/", "python3 compare.py ", "python3 demo/test_agent.py"].contains { line.hasPrefix($0) }
    }

    /// Why it is not run here, nil when it is.
    var exemption: String? {
        if buildsForMinutes { return "builds a package with Gridtide in it" }
        let words = line.split(separator: " ").map(String.init)
        if isRunnable, !isProgram { return nil }
        guard isProgram else { return DocumentedCommand.outside[words[0]] }
        if line.contains("--on hosts.yaml") { return "needs hosts; HostRunTests and Tests/hosts/run do the same" }
        if line.contains("--on slurm"), !line.contains("--dry-run") {
            return "needs Slurm; Tests/slurm/run does the same"
        }
        return words.count > 1 ? DocumentedCommand.script[words[1]] : nil
    }

    /// Whether it, or what it says of itself in its comment, needs the data sets that are not part of the repository.
    let needsSharedData: Bool
    /// Whether its comment says that it builds for minutes, which no test waits for.
    let buildsForMinutes: Bool

    /// Commands of the script rather than the program, with the reason why no test runs them.
    private static let script = [
        "test-python-extras": "installs packages and takes minutes",
        "demo": "installs packages and builds the release program; what it runs is run here by itself",
        "test": "is what runs this test",
        "watch": "serves until Ctrl-C; WatchTests start it",
        "hold": "needs a run that is under way; WatchTests hold one",
        "setup": "installs packages",
        "build": "builds the release program",
        "bench": "takes minutes and measures the machine",
        "format": "changes sources",
        "proto": "needs protoc",
    ]

    /// Other programs that pages may show.
    private static let outside = [
        "pip": "installs packages", "python3": "makes an environment", "cc": "is run by ForeignAgentTests",
        "source": "concerns the reader's shell",
        "git": "changes the clone", "cd": "concerns the reader's shell", "swift": "builds",
        "GRIDTIDE_UPDATE_DOCS=1": "changes pages",
        "salloc": "needs Slurm; Tests/slurm/run does the same",
        "docker": "needs an engine; Tests/containers/run has podman do the same",
    ]
}
