import Foundation
import RunAnalysis
import RunStore
import Testing

@Suite("Comparison as text, CSV and JSON")
struct RenderingTests {
    private func comparison(north: String = "north", baseline: Bool = true) throws -> RunComparison {
        let folder = try TemporaryFolder()
        return try RunComparison(
            of: TwoRegionRun(isRelocated: true, northName: north).recorded(in: folder.url),
            with: baseline ? TwoRegionRun(isRelocated: false, northName: north).recorded(in: folder.url) : nil)
    }

    @Test("The table with a baseline")
    func table() throws {
        #expect(try comparison().text == "")
    }

    @Test("The table of a run alone")
    func alone() throws {
        #expect(try comparison(baseline: false).text == "")
    }

    @Test("Long names and large numbers stay within 100 columns")
    func width() throws {
        let text = try comparison(north: String(repeating: "northern-", count: 12)).text
        for line in text.split(separator: "\n").dropFirst() { #expect(line.count <= 100, "\(line)") }
    }

    @Test("CSV has every effect, quoted where it must be")
    func csv() throws {
        let comparison = try comparison(north: "north, \"upper\"")
        let lines = comparison.csv.components(separatedBy: "\r\n")
        #expect(lines.count == comparison.effects.count + 2)
        #expect(lines[0] == "scope,name,quantity,unit,baseline,value,change,change_percent")
        #expect(lines.contains("system,system,it_energy,MWh,200.0,200.0,0.0,0.0"))
        #expect(lines.contains("area,\"north, \"\"upper\"\"\",load_peak,MW,131.0,164.0,33.0,25.190839694656489"))
        #expect(lines.contains("layer,energy-oriented,it_energy,MWh,0.0,60.0,60.0,"))
    }

    @Test("JSON comes back equal, changes included")
    func json() throws {
        for comparison in [try comparison(), try comparison(baseline: false)] {
            let data = try JSONEncoder().encode(comparison)
            #expect(try JSONDecoder().decode(RunComparison.self, from: data) == comparison)
            #expect(String(decoding: data, as: UTF8.self).contains("\"change\"") == (comparison.baseline != nil))
        }
    }
}
