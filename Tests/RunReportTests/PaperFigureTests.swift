import Foundation
import RunReport
import Testing

/// Figures for files stand by themselves: data within, colours of paper, nothing for a pointer.
@Suite struct PaperFigureTests {
    private func specification(_ figure: Figure) throws -> [String: Any]? {
        guard let paper = PaperFigure(of: figure) else { return nil }
        let value = try JSONSerialization.jsonObject(with: Data(paper.specification.utf8))
        return try #require(value as? [String: Any])
    }

    @Test func everyFigureStandsByItself() throws {
        let (run, sweep) = (try SampleReport(seed: 2), try SampleSweep())
        for figure in run.report.figures + sweep.report.figures {
            guard let spec = try specification(figure) else {
                #expect(figure.id == "points", "a table alone is not drawn")
                continue
            }
            let text = try #require(PaperFigure(of: figure)).specification
            for word in ["var(", "\"tooltip\"", "\"container\"", "\"frame\":{", "\"under\""] {
                #expect(!text.contains(word), "\(figure.id) holds \(word)")
            }
            #expect(spec["title"] as? String == figure.title)
            #expect((spec["config"] as? [String: Any])?["background"] as? String == "#ffffff")
            let rows = (spec["datasets"] as? [String: Any])?["rows"] as? [[String: Any]]
            #expect(rows?.count == figure.table.rows.count, "\(figure.id)")
            let cell = spec["spec"] as? [String: Any]
            #expect((spec["width"] ?? cell?["width"]) as? Double ?? 0 >= 200, "\(figure.id) has a size of its own")
        }
    }

    /// What a figure loses of its specification is what only a pointer sees.
    @Test func marksStay() throws {
        let figure = try SampleReport(seed: 2).figure("load")
        let cell = try #require(try specification(figure)?["spec"] as? [String: Any])
        #expect((cell["layer"] as? [Any])?.count == 2, "run and baseline; the hover has gone")
    }

    @Test func tablesAreCSV() throws {
        let sample = try SampleReport(seed: 3)
        for figure in sample.report.figures {
            let lines = figure.table.csv.components(separatedBy: "\r\n")
            #expect(lines.count == figure.table.rows.count + 2 && lines.last == "")
            #expect(lines[0] == figure.table.columns.map(\.name).joined(separator: ","))
        }
        let load = try sample.figure("load").table
        let first = try #require(load.csv.components(separatedBy: "\r\n").dropFirst().first)
        let cells = first.components(separatedBy: ",")
        #expect(cells[1].wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:00:00\.000Z/) != nil, "\(cells[1])")
        #expect(Double(cells[2]) == load.numbers("load_mw")[0], "no digit is lost")
    }
}
