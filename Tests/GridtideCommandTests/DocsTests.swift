import Foundation
import Testing

extension CommandTests {
    /// What README.md and docs say is so: their commands run, their links lead somewhere, their options exist.
    @Suite struct DocsTests {
        /// Runs the commands of a page in the order of the page, so that a line may read what one above it made.
        @Test(arguments: Document.all)
        func commandsRun(document: Document) async throws {
            let commands = DocumentedCommand.all(in: document)
            let sandbox = try Sandbox(scenarios: [
                "two-region", "outage", "world-week", "herding", "tie-line", "virtual-links", "energy-latency-frontier",
                "demand-response-day", "friction",
            ])
            let data = Document.url("../shared/data")
            if !document.files.isEmpty, Sandbox.python == nil {
                print("skipped, since there is no .gridtide/venv: \(document.name)")
                return
            }
            if !document.files.isEmpty { try sandbox.add("Agents/python/examples") }
            for command in commands where command.exemption == nil {
                guard command.isRunnable else {
                    Issue.record(
                        "\(command.place): no test covers '\(command.line)'; exempt it with a reason, or do not show it"
                    )
                    continue
                }
                if command.needsSharedData, !FileManager.default.fileExists(atPath: data.path) {
                    print("skipped, since \(data.path) is not there: \(command.place): \(command.line)")
                    continue
                }
                if command.line.contains("gridtide report"), !FileManager.default.fileExists(atPath: Program.vegaBundle)
                {
                    print("skipped, since \(Program.vegaBundle) is not there: \(command.place): \(command.line)")
                    continue
                }
                let line = command.line.replacingOccurrences(of: "../shared/data", with: data.standardizedFileURL.path)
                // A file is written when its folder is there: a scenario is copied first.
                for file in document.files { try? sandbox.write(file.text, to: file.name) }
                let result = try await sandbox.shell(line)
                #expect(
                    result.status == command.expectedStatus,
                    "\(command.place): \(command.line)\n\(result.notes)\(result.output)")
            }
        }

        /// How lines are read: joined, stripped of comments, with the status they promise, none left out.
        @Test func commandsAreFound() {
            let text = """
                ```sh
                # a comment
                ./gridtide run \\
                  Scenarios/two-region   # exits with 3, or so
                gridtide demo
                curl https://example.org
                ```
                ```text
                gridtide validate nothing
                ```
                """
            let commands = DocumentedCommand.all(in: Document(name: "page", text: text))
            #expect(
                commands.map(\.line) == [
                    "./gridtide run Scenarios/two-region", "gridtide demo", "curl https://example.org",
                ])
            #expect(commands.map(\.expectedStatus) == [3, 0, 0])
            #expect(commands.map(\.isProgram) == [true, true, false])
            #expect(commands.map { $0.exemption == nil } == [true, false, true], "what nobody runs must stand out")
        }

        @Test func allPagesAreThere() {
            let names = Set(Document.linked.map(\.name))
            for name in [
                "README.md", "docs/architecture.md", "docs/cli.md", "docs/model.md", "CHANGELOG.md", "CONTRIBUTING.md",
            ] {
                #expect(names.contains(name), "\(name) is missing")
            }
            let commands = Document.all.flatMap { DocumentedCommand.all(in: $0) }
            #expect(
                commands.count { $0.isProgram && $0.exemption == nil } > 20, "the commands of the pages are not found")
        }

        /// A command in another kind of block would escape the test above.
        @Test(arguments: Document.all)
        func commandsStandInShellBlocks(document: Document) {
            withKnownIssue("docs/import.md shows an example with bare file names", isIntermittent: true) {
                for block in document.blocks where block.language != "sh" {
                    for (offset, line) in block.lines.enumerated() {
                        let isCommand = line.firstMatch(of: /^\s*(\$ )?(\.\/)?gridtide [a-z]/) != nil
                        #expect(
                            !isCommand, "\(document.name):\(block.line + offset): commands stand in blocks marked sh")
                    }
                }
            } when: {
                document.name == "docs/import.md"
            }
        }

        @Test(arguments: Document.linked)
        func linksLeadSomewhere(document: Document) {
            let folder = Document.url(document.name).deletingLastPathComponent()
            for (file, section) in document.links {
                let target = folder.appendingPathComponent(file)
                #expect(FileManager.default.fileExists(atPath: target.path), "\(document.name) links to \(file)")
                guard let section, file.isEmpty || file.hasSuffix(".md") else { continue }
                let text = file.isEmpty ? document.text : (try? String(contentsOf: target, encoding: .utf8)) ?? ""
                let sections = Document(name: file, text: text).sections
                #expect(sections.contains(section), "\(document.name) links to \(file)#\(section)")
            }
        }

        /// docs/cli.md names every command and option that the program has, and no other.
        @Test func everyOptionIsDocumented() async throws {
            let sandbox = try Sandbox(scenarios: [])
            let page = try #require(Document.all.first { $0.name == "docs/cli.md" }).text
            let help = try await sandbox.gridtide("help").output
            let commands = help.matches(of: /(?m)^  ([a-z][a-z-]*) {3,}\S/).map { String($0.1) }
            #expect(commands.count >= 6, "the commands are not found in: \(help)")
            for command in commands {
                let section = try #require(page.section(of: command), "docs/cli.md has no section '## \(command)'")
                // A command with a page of its own is described there.
                let own = Document.all.first { $0.name == "docs/\(command).md" }?.text ?? ""
                let known = try await options(of: command, sandbox)
                let shown = options(in: section)
                let missing = known.subtracting(shown).subtracting(options(in: own)).subtracting([
                    "--help", "--version",
                ])
                #expect(missing.isEmpty, "docs/cli.md, section \(command), leaves out \(missing.sorted())")
                // Its examples may go on to another command, so that only what the text says counts.
                let said = options(in: section.replacing(/(?s)```.*?```/, with: ""))
                let invented = said.subtracting(known).sorted()
                #expect(invented.isEmpty, "docs/cli.md, section \(command), has \(invented), which are no options")
            }
        }

        /// The options of a command and of its subcommands.
        private func options(of command: String, _ sandbox: Sandbox) async throws -> Set<String> {
            let help = try await sandbox.gridtide("help", command).output
            var known = options(in: help)
            guard let list = help.range(of: "\nSUBCOMMANDS:") else { return known }
            for line in help[list.upperBound...].matches(of: /(?m)^  ([a-z-]+)( \(default\))? {3,}\S/) {
                known.formUnion(options(in: try await sandbox.gridtide("help", command, String(line.1)).output))
            }
            return known
        }

        private func options(in text: String) -> Set<String> {
            Set(text.matches(of: /--[a-z][a-z-]*/).map { String($0.0) })
        }

        /// The lines of Python that docs/architecture.md gives for checking a journal do so.
        @Test func journalCanBeCheckedWithoutTheProgram() async throws {
            let sandbox = try Sandbox()
            let digest = try await sandbox.run("--in-process", "--no-baseline")
            let page = try #require(Document.all.first { $0.name == "docs/architecture.md" })
            let block = try #require(page.blocks.first { $0.language == "python" })
            try sandbox.write(block.lines.joined(separator: "\n"), to: "check.py")
            let result = try await sandbox.shell("python3 check.py")
            #expect(result.status == 0 && result.output == "\(digest)\n", "\(result.notes)")
        }

        /// The table of README.md is what the main scenario prints today; `GRIDTIDE_UPDATE_DOCS=1` writes it anew.
        @Test func resultsInTheReadmeAreReal() async throws {
            let sandbox = try Sandbox(scenarios: ["world-week"])
            let page = try #require(Document.all.first { $0.name == "README.md" })
            let block = try #require(page.blocks.first { $0.lines.first?.hasPrefix("world-week:") == true })
            let result = try await sandbox.gridtide("run", "Scenarios/world-week", "--in-process", "-q")
            let printed = result.output.split(separator: "\n").map(String.init)
            var text = page.text
            for line in block.lines where !["", "…"].contains(line) && !printed.contains(line) {
                let real = printed.first { $0.label == line.label }
                if let real { text = text.replacingOccurrences(of: line + "\n", with: real + "\n") }
                Issue.record("README.md shows a line the program does not print:\n\(line)\n\(real ?? "")")
            }
            guard text != page.text, ProcessInfo.processInfo.environment["GRIDTIDE_UPDATE_DOCS"] != nil else { return }
            try text.write(to: Document.url(page.name), atomically: false, encoding: .utf8)
        }
    }
}

extension String {
    /// What a line of a table is about: all before its first wide gap.
    fileprivate var label: String { firstRange(of: /\S {2,}/).map { String(self[..<$0.lowerBound]) } ?? self }

    /// The part of a page below the heading of a command, up to the next one.
    fileprivate func section(of command: String) -> String? {
        guard let start = range(of: "\n## \(command)\n") else { return nil }
        let rest = self[start.upperBound...]
        return String(rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)])
    }
}
