import Foundation
import Testing

extension UnhurriedTests {
    /// `gridtide report`: the file, what is said when it cannot be made, and what a real browser makes of it.
    @Suite struct ReportCommandTests {
        /// A sandbox with a stand-in for the library that draws.
        private func sandbox() throws -> (Sandbox, bundle: String) {
            let sandbox = try Sandbox()
            try sandbox.write("window.vegaEmbed = null", to: "vega.js")
            return (sandbox, "GRIDTIDE_VEGA_BUNDLE=\(sandbox.path("vega.js"))")
        }

        @Test func writesOneFile() async throws {
            let (sandbox, bundle) = try sandbox()
            _ = try await sandbox.run("--in-process")
            let first = try await sandbox.shell("\(bundle) gridtide report runs/two-region-1 -q")
            #expect(first.status == 0 && first.notes.isEmpty, "\(first.notes)")
            #expect(first.output.value(of: "report")?.hasSuffix("runs/two-region-1/report.html") == true)
            let again = try await sandbox.shell("\(bundle) gridtide report runs/two-region-1 --output here.html --json")
            let json = try again.output.asJSON()
            let size = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("here.html"))).count
            #expect(json["bytes"] as? Int == size && size < 1_000_000)
            let page = try String(contentsOfFile: sandbox.path("here.html"), encoding: .utf8)
            #expect(page.firstMatch(of: /<dt>Run on<\/dt><dd>[^<]*\d+ cores?, \d+ GB/) != nil, "what it was run on")
            #expect((json["figures"] as? [String])?.first == "map" && (json["warnings"] as? [String]) == [])
            let alone = try await sandbox.shell("\(bundle) gridtide report runs/two-region-1/baseline -o alone.html")
            #expect(alone.status == 0 && alone.notes.contains("no baseline"), "\(alone.notes)")
        }

        @Test func saysWhatIsMissing() async throws {
            let (sandbox, bundle) = try sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let line = "gridtide report runs/two-region-1"
            for (command, status, words) in [
                ("\(bundle) gridtide report runs", 2, "holds no run"),
                ("\(bundle) \(line) --baseline nowhere", 2, "nowhere holds no run"),
                ("\(bundle) \(line) -o none/report.html", 1, "Choose another file with --output"),
                ("GRIDTIDE_VEGA_BUNDLE=/nowhere.js \(line)", 1, "Run ./gridtide setup"),
            ] as [(String, Int32, String)] {
                let result = try await sandbox.shell(command)
                #expect(result.status == status && result.notes.contains(words), "\(command): \(result.notes)")
                #expect(result.output.isEmpty)
            }
            #expect(!sandbox.names(in: "runs/two-region-1").contains("report.html"), "no half of a report is left")
        }

        @Test(arguments: ["two-region", "demand-response-day"])
        func drawsInABrowser(scenario: String) async throws {
            guard let browser = Browser.here, FileManager.default.fileExists(atPath: Program.vegaBundle) else {
                print(
                    "skipped, since there is no chromium or no \(Program.vegaBundle): the report of \(scenario) in a browser"
                )
                return
            }
            let sandbox = try Sandbox(scenarios: [scenario])
            _ = try await sandbox.run("--in-process", as: "Scenarios/\(scenario)")
            let report = try await sandbox.shell(
                "GRIDTIDE_VEGA_BUNDLE=\(Program.vegaBundle) gridtide report runs/\(scenario)-1 --json -o page.html")
            let figures = try #require(try report.output.asJSON()["figures"] as? [String])
            let document = try await browser.document(of: sandbox.path("page.html"), in: sandbox)
            let head = try #require(document.range(of: "<html[^>]*>", options: .regularExpression))
            #expect(!document[head].contains("data-errors"), "\(document[head])")
            #expect(document[head].contains("data-drawn=\"\(figures.count)\""), "\(document[head])")
            for id in figures {
                let drawing = try figure(id, of: document)
                let marks = drawing.ranges(of: "<path aria-label=").count + drawing.ranges(of: "<path ").count
                #expect(drawing.contains("<svg") && marks > 5, "\(id) has \(marks) marks")
            }
            try await compare(try figure("load-change", of: document), sandbox, "runs/\(scenario)-1")
        }

        private func figure(_ id: String, of document: String) throws -> String {
            let start = try #require(document.range(of: "id=\"figure-\(id)\"")).lowerBound
            let end = try #require(document[start...].range(of: "</figure>")).lowerBound
            return String(document[start..<end])
        }

        /// The bars that the browser drew stand for the numbers that `compare` prints.
        private func compare(_ drawing: String, _ sandbox: Sandbox, _ run: String) async throws {
            let comparison = try await sandbox.gridtide("compare", run, "--json", "-q").output.asJSON()
            let effects = try #require(comparison["effects"] as? [[String: Any]]).filter {
                $0["scope"] as? String == "area" && $0["quantity"] as? String == "compute_load_mean"
            }
            #expect(effects.count > 1)
            for effect in effects {
                let (name, change) = (effect["name"] as? String ?? "", effect["change"] as? Double ?? .nan)
                let bar = try #require(
                    drawing.matches(of: /aria-label="([^"]*)"/).map { String($0.1) }.first {
                        $0.contains("area: \(name);") || $0.hasSuffix("area: \(name)")
                    }, "no bar of \(name)")
                let label = bar.replacing("\u{2212}", with: "-").replacing(",", with: "")
                let drawn = try #require(label.firstMatch(of: /compute load MW: (-?[0-9.]+)/)).1
                #expect(abs((Double(drawn) ?? .nan) - change) <= 1e-3 * max(1, abs(change)), "\(name): \(bar)")
            }
        }
    }
}
