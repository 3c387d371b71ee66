import Foundation
import Testing

extension UnhurriedTests {
    /// Reports in a real browser: two sizes, light and dark, keyboard, buttons and the files they save.
    @Suite struct ReportBrowserTests {
        /// Makes a report and looks at it; nil where there is no browser or nothing that draws.
        private func visit(
            _ sandbox: Sandbox, _ path: String
        ) async throws -> (visit: Browser.Visit, figures: [String], tables: String)? {
            guard let browser = Browser.here, FileManager.default.fileExists(atPath: Program.vegaBundle) else {
                print("skipped, since there is no chromium or no \(Program.vegaBundle): \(path) in a browser")
                return nil
            }
            let report = try await sandbox.shell(
                "GRIDTIDE_VEGA_BUNDLE=\(Program.vegaBundle) gridtide report \(path) --json -o page.html --csv tables")
            let figures = try #require(try report.output.asJSON()["figures"] as? [String], "\(report.notes)")
            return (try await browser.visit(sandbox.path("page.html"), in: sandbox), figures, sandbox.path("tables"))
        }

        private func check(_ visit: Browser.Visit, drawn: [String], all: [String]) {
            #expect(visit.views.map(\.name) == ["desk-light", "phone-light", "desk-dark", "phone-dark"])
            for view in visit.views {
                #expect(view.drawn == drawn.count && view.errors.isEmpty, "\(view.name): \(view.errors)")
                #expect(view.excess == 0, "\(view.name) is wider than the window")
                #expect(view.cut.isEmpty, "\(view.name): wider than their place: \(view.cut)")
            }
            #expect(Set(visit.views.map(\.background)).count == 2, "light and dark differ")
            #expect(visit.requests.isEmpty, "nothing is fetched: \(visit.requests)")
            let errors = visit.messages.filter { !$0.hasPrefix("WARN ") }
            #expect(errors.isEmpty, "\(errors)")
            check(visit.keys, drawn: drawn, all: all)
            check(visit.files, drawn: drawn, all: all)
        }

        private func check(_ keys: Browser.Visit.Keys, drawn: [String], all: [String]) {
            #expect(keys.reached.first?.name == "Skip to the findings")
            #expect(keys.reached.count { $0.tag == "summary" } == all.count, "every table is reached")
            #expect(keys.reached.count { $0.tag == "button" } == all.count + drawn.count, "and every button")
            for stop in keys.reached {
                #expect(stop.outline && stop.inside, "the focus is seen on \(stop.tag) \(stop.name)")
            }
            #expect(Set(keys.reached.filter { $0.tag == "button" }.map(\.name)).count == all.count + drawn.count)
            #expect(keys.opened && keys.table == "scroll", "Enter opens a table, and Tab leads into it")
        }

        private func check(_ files: [Browser.Visit.File], drawn: [String], all: [String]) {
            #expect(files.filter { $0.kind == "csv" }.map(\.figure) == all)
            #expect(files.filter { $0.kind == "svg" }.map(\.figure) == drawn)
            for file in files where file.kind == "svg" {
                #expect(file.marks ?? 0 > 5 && file.ground == true, "\(file.figure)")
                #expect(file.variables == 0 && file.dark == 0, "\(file.figure) is in the colours of paper")
            }
        }

        /// The page's CSV has the cells of `--csv`, numbers to the last bit.
        private func compare(_ figure: String, _ tables: String, _ sandbox: Sandbox) throws {
            let ours = try String(contentsOfFile: "\(tables)/\(figure).csv", encoding: .utf8)
            let theirs = try String(contentsOfFile: sandbox.path("look/downloads/\(figure).csv"), encoding: .utf8)
            let (rows, saved) = (ours.components(separatedBy: "\r\n"), theirs.components(separatedBy: "\r\n"))
            #expect(rows.count == saved.count && rows[0] == saved[0], "\(figure)")
            for (row, other) in zip(rows, saved) where row != other {
                for (cell, found) in zip(row.components(separatedBy: ","), other.components(separatedBy: ",")) {
                    #expect(
                        cell == found || (Double(cell) != nil && Double(cell) == Double(found)), "\(figure): \(row)")
                }
            }
        }

        @Test func runInABrowser() async throws {
            let sandbox = try Sandbox(scenarios: ["demand-response-day"])
            _ = try await sandbox.run("--in-process", as: "Scenarios/demand-response-day")
            guard let (visit, figures, tables) = try await visit(sandbox, "runs/demand-response-day-1") else { return }
            check(visit, drawn: figures, all: figures)
            for figure in figures { try compare(figure, tables, sandbox) }
        }

        @Test func sweepInABrowser() async throws {
            let sandbox = try Sandbox(scenarios: ["energy-latency-frontier", "friction"])
            _ = try await sandbox.gridtide("sweep", "Scenarios/friction", "-q")
            guard let (visit, figures, tables) = try await visit(sandbox, "sweeps/friction.sqlite") else { return }
            #expect(figures.last == "points")
            check(visit, drawn: figures.dropLast(), all: figures)
            for figure in figures { try compare(figure, tables, sandbox) }
        }
    }
}
