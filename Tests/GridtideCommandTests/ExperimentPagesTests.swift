import Foundation
import Testing

extension UnhurriedTests {
    /// The pages of docs/experiments: their tables are what the command below the question prints today.
    @Suite struct ExperimentPagesTests {
        private static let scenarios = [
            "energy-latency-frontier", "friction", "state-locality", "capacity", "legal-masks", "carbon-price",
            "token-energy-delay-penalty", "world-week-frontier", "world-week", "green-llm",
            "lost-signals", "herding",
        ]

        /// `GRIDTIDE_UPDATE_DOCS=1` writes the tables anew; figures are drawn by docs/experiments/draw.py.
        @Test(arguments: Document.experiments)
        func tablesAreReal(page: Document) async throws {
            let sandbox = try Sandbox(scenarios: Self.scenarios)
            var text = page.text
            var commands = DocumentedCommand.all(in: page).makeIterator()
            for block in page.blocks where block.language == "text" {
                let next = commands.next()
                let command = try #require(next, "\(page.name): a table without a command above it")
                let result = try await sandbox.shell("\(command.line) -q", within: .seconds(300))
                try #require(result.status == 0, "\(command.place): \(command.line)\n\(result.notes)")
                let shown = (["```text"] + block.lines + ["```"]).joined(separator: "\n")
                let real = "```text\n\(result.output)```"
                guard shown != real else { continue }
                Issue.record("\(command.place): the table below is not what the command prints:\n\(result.output)")
                let empty = try #require(text.range(of: "\(command.line)\n```\n\n\(shown)"))
                text.replaceSubrange(empty, with: "\(command.line)\n```\n\n\(real)")
            }
            #expect(commands.next() == nil, "\(page.name): a command without a table below it")
            guard text != page.text, ProcessInfo.processInfo.environment["GRIDTIDE_UPDATE_DOCS"] != nil else { return }
            try text.write(to: Document.url(page.name), atomically: false, encoding: .utf8)
        }

        /// A figure names the tables it was drawn beside.
        @Test(arguments: Document.experiments.filter { !$0.name.hasSuffix("README.md") })
        func figuresAreOfTheTables(page: Document) async throws {
            let sandbox = try Sandbox(scenarios: [])
            let tables = page.blocks.filter { $0.language == "text" }.map { $0.lines.joined(separator: "\n") }.joined()
            try sandbox.write(tables, to: "tables")
            let digest = try await sandbox.shell("sha256sum tables || shasum -a 256 tables").output.prefix(64)
            let figure = try String(
                contentsOf: Document.url(page.name.replacingOccurrences(of: ".md", with: ".svg")), encoding: .utf8)
            #expect(
                figure.contains("<!-- tables \(digest) -->"),
                "\(page.name): the figure is out of date; run: python3 docs/experiments/draw.py .build/release/gridtide"
            )
        }

        /// Every shipped sweep has a page, and every page is in the list.
        @Test func everySweepHasAPage() throws {
            let folder = Document.url("Scenarios")
            let shipped = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                FileManager.default.fileExists(atPath: folder.appendingPathComponent("\($0)/sweep.yaml").path)
            }
            #expect(shipped.count >= 8)
            let list = try #require(Document.experiments.first { $0.name == "docs/experiments/README.md" })
            for name in shipped {
                #expect(
                    Document.experiments.contains { $0.name == "docs/experiments/\(name).md" }, "\(name) has no page")
                #expect(list.links.contains { $0.file == "\(name).md" }, "\(name) is not in docs/experiments/README.md")
            }
        }
    }
}
