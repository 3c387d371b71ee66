import Foundation
import Testing

extension UnhurriedTests {
    /// `gridtide report` of sweeps, and the files it writes beside the page.
    @Suite struct ReportFilesTests {
        /// A package that stands in for the one that draws: it writes what it was told.
        private static let converter = """
            import json
            def vegalite_to_svg(spec, allowed_base_urls):
                assert allowed_base_urls == [], "nothing may be fetched"
                return "<svg>" + json.dumps(spec["title"]) + "</svg>"
            def vegalite_to_png(spec, scale, allowed_base_urls):
                return b"PNG" + str(len(spec["datasets"]["rows"])).encode()
            """

        /// A sandbox with stand-ins for what draws, and what the shell needs to find them.
        private func sandbox(_ scenarios: [String]) throws -> (Sandbox, variables: String) {
            let sandbox = try Sandbox(scenarios: scenarios)
            try sandbox.write("window.vegaEmbed = null", to: "vega.js")
            try FileManager.default.createDirectory(
                atPath: sandbox.path("python/vl_convert"), withIntermediateDirectories: true)
            try sandbox.write(Self.converter, to: "python/vl_convert/__init__.py")
            return (
                sandbox,
                "GRIDTIDE_VEGA_BUNDLE=\(sandbox.path("vega.js")) GRIDTIDE_VL_CONVERT=\(sandbox.path("python"))"
            )
        }

        /// The cells of a column of a CSV file whose fields hold no commas.
        private func column(_ name: String, of csv: String) throws -> [String] {
            let rows = csv.components(separatedBy: "\r\n").filter { !$0.isEmpty }.map {
                $0.components(separatedBy: ",")
            }
            let place = try #require(rows.first?.firstIndex(of: name), "\(name) in \(rows.first ?? [])")
            return rows.dropFirst().map { $0[place] }
        }

        /// The points of the report are those that the sweep printed.
        @Test func reportsASweep() async throws {
            let (sandbox, variables) = try sandbox(["energy-latency-frontier"])
            let printed = try await sandbox.gridtide("sweep", "Scenarios/energy-latency-frontier", "-q", "--csv")
            let report = try await sandbox.shell(
                "\(variables) gridtide report sweeps/energy-latency-frontier.sqlite --csv tables --json")
            let json = try report.output.asJSON()
            #expect((json["report"] as? String)?.hasSuffix("sweeps/energy-latency-frontier.html") == true)
            #expect(
                json["figures"] as? [String] == [
                    "frontier", "grid-frontier", "axis-relaxation", "axis-friction", "axis-capacity", "axis-movable",
                    "points",
                ])
            let files = try #require(json["tableFiles"] as? [String])
            #expect(
                files.map { URL(fileURLWithPath: $0).lastPathComponent }
                    == sandbox.names(in: "tables").sorted { a, b in
                        (files.firstIndex(of: "tables/\(a)") ?? 0) < (files.firstIndex(of: "tables/\(b)") ?? 0)
                    })
            let points = try String(contentsOfFile: sandbox.path("tables/points.csv"), encoding: .utf8)
            for name in [
                "placement_cost_usd", "emissions_kg", "relocated_share", "home_generation_cost_usd", "friction",
            ] {
                let found = try column(name, of: points)
                #expect(found == (try column(name, of: printed.output)) && found.count == 17, "\(name)")
            }
        }

        @Test func writesFigures() async throws {
            let (sandbox, variables) = try sandbox(["two-region"])
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let report = try await sandbox.shell(
                "\(variables) gridtide report runs/two-region-1 --figures paper/figures --csv tables --json -q")
            let json = try report.output.asJSON()
            let figures = try #require(json["figures"] as? [String])
            #expect(
                json["figureFiles"] as? [String]
                    == figures.flatMap { ["paper/figures/\($0).svg", "paper/figures/\($0).png"] })
            #expect(sandbox.names(in: "paper/figures") == figures.flatMap { ["\($0).png", "\($0).svg"] }.sorted())
            #expect(sandbox.names(in: "tables") == figures.map { "\($0).csv" }.sorted())
            let png = try String(contentsOfFile: sandbox.path("paper/figures/load.png"), encoding: .utf8)
            let rows = try String(contentsOfFile: sandbox.path("tables/load.csv"), encoding: .utf8)
            #expect(
                png == "PNG\(rows.components(separatedBy: "\r\n").count - 2)", "the figure has the rows of its table")
            let svg = try String(contentsOfFile: sandbox.path("paper/figures/load.svg"), encoding: .utf8)
            #expect(svg.contains("Load by area"), "and its title")
        }

        /// The real package, where the set-up has put it.
        @Test func drawsFigures() async throws {
            guard FileManager.default.fileExists(atPath: "\(Program.converter)/vl_convert") else {
                print("skipped, since there is no \(Program.converter): figures as SVG and PNG")
                return
            }
            let (sandbox, _) = try sandbox(["two-region"])
            _ = try await sandbox.run("--in-process")
            let report = try await sandbox.shell(
                "GRIDTIDE_VEGA_BUNDLE=vega.js GRIDTIDE_VL_CONVERT=\(Program.converter) gridtide report runs/two-region-1 --figures f --json"
            )
            let figures = try #require(try report.output.asJSON()["figures"] as? [String], "\(report.notes)")
            for id in figures {
                let svg = try String(contentsOfFile: sandbox.path("f/\(id).svg"), encoding: .utf8)
                #expect(svg.hasPrefix("<svg") && svg.contains("#ffffff") && !svg.contains("var("), "\(id)")
                let png = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("f/\(id).png")))
                #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]) && png.count > 5000, "\(id): \(png.count) bytes")
                let width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
                #expect((1000...4000).contains(width), "\(id) is \(width) pixels wide")
            }
        }

        @Test func saysWhatIsWrong() async throws {
            let (sandbox, variables) = try sandbox(["two-region", "energy-latency-frontier"])
            _ = try await sandbox.run("--in-process", "--no-baseline")
            _ = try await sandbox.gridtide("sweep", "Scenarios/energy-latency-frontier", "-q")
            let (run, sweep) = (
                "gridtide report runs/two-region-1", "gridtide report sweeps/energy-latency-frontier.sqlite"
            )
            for (command, status, words) in [
                ("gridtide report nowhere", 2, "no run or sweep at nowhere"),
                ("gridtide report Scenarios/energy-latency-frontier", 2, "Run it with 'gridtide sweep"),
                ("gridtide report runs/two-region-1/run.sqlite", 2, "of a run, name its folder"),
                ("gridtide report vega.js", 65, "Choose another file"),
                ("\(sweep) --baseline runs/two-region-1", 2, "Leave out --baseline"),
                ("GRIDTIDE_VL_CONVERT=/nowhere \(run) --figures f", 1, "Run ./gridtide setup"),
                ("\(run) --figures vega.js/f", 74, "choose another folder with --figures"),
                ("\(run) --csv vega.js/f", 74, "choose another folder with --csv"),
            ] as [(String, Int32, String)] {
                let result = try await sandbox.shell("export \(variables); \(command)")
                #expect(
                    result.status == status && result.notes.contains(words),
                    "\(command): \(result.status) \(result.notes)")
                #expect(result.output.isEmpty, "\(command)")
            }
            try sandbox.write("raise ValueError('no wheel for this machine')", to: "python/vl_convert/__init__.py")
            let broken = try await sandbox.shell("\(variables) \(run) --figures f")
            #expect(broken.status == 1 && broken.notes.contains("no wheel for this machine"), "\(broken.notes)")
        }

        /// docs/report.md lists every figure, by the name of its files.
        @Test func everyFigureIsDocumented() async throws {
            let (sandbox, variables) = try sandbox(["demand-response-day", "friction", "energy-latency-frontier"])
            _ = try await sandbox.run("--in-process", as: "Scenarios/demand-response-day")
            _ = try await sandbox.gridtide("sweep", "Scenarios/friction", "-q")
            let page = try String(contentsOf: Document.url("docs/report.md"), encoding: .utf8)
            for path in ["runs/demand-response-day-1", "sweeps/friction.sqlite"] {
                let report = try await sandbox.shell("\(variables) gridtide report \(path) --json")
                let figures = try #require(try report.output.asJSON()["figures"] as? [String])
                for id in figures {
                    let name = id.hasPrefix("axis-") ? "axis-NAME" : id
                    #expect(page.contains("`\(name)`"), "docs/report.md leaves out \(name)")
                }
            }
        }

        /// The pictures in docs show what the program shows today; a changed digest is the control.
        @Test func picturesAreNotStale() async throws {
            let (sandbox, variables) = try sandbox([])
            let script = Document.url("docs/screenshots").path
            let check = "\(variables) \(script) --check \(try Program.path())"
            let result = try await sandbox.shell(check)
            #expect(result.status == 0, "\(result.notes)")
            let sums = try String(contentsOf: Document.url("docs/screenshots.sum"), encoding: .utf8)
            try sandbox.write(sums.replacing("a", with: "b"), to: "other.sum")
            let stale = try await sandbox.shell("GRIDTIDE_SCREENSHOT_SUMS=\(sandbox.path("other.sum")) \(check)")
            #expect(stale.status == 1 && stale.notes.contains("run docs/screenshots"), "\(stale.notes)")
        }
    }
}
