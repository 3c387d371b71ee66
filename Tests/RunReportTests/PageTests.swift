import Foundation
import RunReport
import Testing

/// The page is whole in itself, well formed, and safe whatever names a scenario has.
@Suite struct PageTests {
    private static let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&\"'\u{2028}<!--"

    @Test func hostileNamesStayWords() throws {
        let sample = try SampleReport(seed: 1, name: Self.hostile, agentSuffix: Self.hostile)
        #expect(sample.page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"), "the name is there, as words")
        // Every figure has one element with its data, and the page has two scripts and nothing more.
        let figures = sample.report.figures.count
        for (word, count) in [("<script", figures + 2), ("</script>", figures + 2), ("<!--", 0), ("<img", 0)] {
            #expect(sample.page.ranges(of: word).count == count, "\(word)")
        }
        #expect(!sample.page.contains("\u{2028}") || sample.page.contains("\\u2028"))
        for (_, data) in try data(of: sample) { #expect(data["table"] != nil) }
    }

    @Test func nothingIsFetched() throws {
        let page = try SampleReport(seed: 1).page
        for pattern in [
            #"(src|href|action|poster|data)\s*=\s*["']?\s*(https?:)?//"#, #"url\("#, "@import", "<link", "<base",
        ] {
            #expect(page.firstMatch(of: try Regex(pattern)) == nil, "\(pattern)")
        }
        #expect(page.contains("default-src 'none'"), "and the browser is told to fetch nothing")
    }

    /// The data of each figure as they stand in the page.
    private func texts(of sample: SampleReport) throws -> [(Figure, String)] {
        try sample.report.figures.map { figure in
            let open = "<script type=\"application/json\" id=\"data-\(figure.id)\">"
            let start = try #require(sample.page.range(of: open)).upperBound
            let end = try #require(sample.page[start...].range(of: "</script>")).lowerBound
            return (figure, String(sample.page[start..<end]))
        }
    }

    private func data(of sample: SampleReport) throws -> [(Figure, [String: Any])] {
        try texts(of: sample).map { figure, text in
            let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
            return (figure, try #require(value as? [String: Any]))
        }
    }

    /// All channels of a specification, however deep.
    private func channels(_ value: Any) -> [(name: String, channel: [String: Any])] {
        if let list = value as? [Any] { return list.flatMap(channels) }
        guard let object = value as? [String: Any] else { return [] }
        let own = (object["encoding"] as? [String: Any] ?? [:]).compactMap { name, channel in
            (channel as? [String: Any]).map { (name, $0) }
        }
        return own + object.values.flatMap(channels)
    }

    @Test func specificationsHaveDataAndUnits() throws {
        let sample = try SampleReport(seed: 1)
        #expect(
            sample.report.figures.map(\.id) == [
                "map", "load-change", "load", "generation", "price-duration", "emissions-duration", "matrix", "layers",
                "classes",
                "events", "event-totals", "price-fidelity", "emissions-fidelity", "foretold", "herding",
                "waits",
            ])
        for (figure, data) in try data(of: sample) {
            let spec = try #require(data["spec"] as? [String: Any])
            #expect((spec["data"] as? [String: Any])?["name"] as? String == "rows" || figure.id == "map")
            #expect(spec["description"] as? String == figure.description && !figure.description.isEmpty)
            #expect(
                !figure.table.rows.isEmpty && figure.title.contains { $0.isNumber }, "\(figure.id) names its quantity")
            let names = Set(figure.table.columns.map(\.name))
            var axes = 0
            for (name, channel) in channels(spec) where (name == "x" || name == "y") && figure.id != "map" {
                guard channel["type"] as? String != "nominal" else { continue }
                let title = try #require(channel["title"] as? String, "\(figure.id) \(name)")
                let units = ["MW", "MWh", "USD/MWh", "kg/MWh", "UTC", "%", "t", "ms"]
                #expect(units.contains { title.hasSuffix(", \($0)") }, "\(figure.id) \(name): \(title)")
                axes += 1
            }
            #expect(axes > 0 || ["map", "matrix"].contains(figure.id), "\(figure.id) has axes")
            #expect(figure.spec.text.contains("\"tooltip\":["), "\(figure.id) answers the pointer")
            let columns = try #require(data["table"] as? [[String: Any]])
            #expect(Set(columns.compactMap { $0["name"] as? String }) == names)
        }
    }

    /// A column as the script reads it.
    private struct Column: Decodable {
        let name: String
        var numbers: [Double?]?
        var words: [String]?

        enum CodingKeys: String, CodingKey {
            case name, kind, values, at
        }

        init(from decoder: any Decoder) throws {
            let column = try decoder.container(keyedBy: CodingKeys.self)
            name = try column.decode(String.self, forKey: .name)
            switch try column.decode(String.self, forKey: .kind) {
            case "number": numbers = try column.decode([Double?].self, forKey: .values)
            case "text":
                let values = try column.decode([String].self, forKey: .values)
                words = try column.decode([Int].self, forKey: .at).map { values[$0] }
            default: break
            }
        }
    }

    private struct Embedded: Decodable {
        let table: [Column]
    }

    /// The table of the script is that of the report, row by row and bit by bit.
    @Test func dataAreTheTables() throws {
        let sample = try SampleReport(seed: 6)
        for (figure, text) in try texts(of: sample) {
            for column in try JSONDecoder().decode(Embedded.self, from: Data(text.utf8)).table {
                if let numbers = column.numbers {
                    #expect(numbers == figure.table.numbers(column.name), "\(figure.id)")
                }
                if let words = column.words { #expect(words == figure.table.texts(column.name), "\(figure.id)") }
            }
        }
    }

    @Test func jsonOfTexts() {
        let value: JSON = ["a": "</script>&\u{2028}\n\"\\é", "b": [1, 2.5, nil, true], "c": .number(.nan)]
        #expect(
            value.text
                == #"{"a":"\u003c/script\u003e\u0026\u2028\u000a\"\\é","b":[1,2.5,null,true],"c":null}"#)
    }

    @Test func bundlesAreFoundAndChecked() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let vega = folder.appendingPathComponent(".gridtide/vega")
        try FileManager.default.createDirectory(at: vega, withIntermediateDirectories: true)
        let program = folder.appendingPathComponent("a/b/gridtide").path
        let file = vega.appendingPathComponent("vega-bundle.js")
        func error(named: String? = nil) -> RunReportError? {
            do throws(RunReportError) {
                _ = try VegaBundle.find(program: program, named: named)
                return nil
            } catch {
                return error
            }
        }
        #expect(error()?.description.contains("./gridtide setup") == true, "what to do is said")
        try "window.vegaEmbed = 1".write(to: file, atomically: true, encoding: .utf8)
        #expect(error() == nil)
        #expect(error(named: "") == nil, "an empty name is none")
        #expect(error(named: "/nowhere.js")?.problem.contains("/nowhere.js") == true, "a named file is binding")
        try "something else".write(to: file, atomically: true, encoding: .utf8)
        #expect(error()?.problem.contains("does not define vegaEmbed") == true)
    }
}
