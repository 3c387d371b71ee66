import CoSimulation
import InferencePlacement
import Scenarios
import Testing

@Suite("Imported round trips")
struct ImportLatencyTests {
    /// The round trips of an import, row by row.
    private func rows(_ sample: ImportSample) throws -> [String] {
        try sample.build().files[3].text.split(separator: "\n").map(String.init)
    }

    @Test("keep an asymmetric matrix, fill its blank diagonal, and report the greatest difference")
    func asymmetric() throws {
        let sample = ImportSample()
        #expect(
            try rows(sample) == [
                "service,DE-LU-dc,SG-dc,CA-ON-dc", "DE-LU-users,2,179,100", "SG-users,175,2,226",
                "CA-ON-users,101,226,2",
            ])
        #expect(
            try sample.build().notices.contains(
                "latency: 2 pairs of zones with another round trip back; kept. The greatest difference: DE-LU to "
                    + "SG 179 ms, back 175 ms."
            ))
        #expect(try sample.load().services[0].roundTripMilliseconds == [2, 179, 100])
    }

    @Test("keep a diagonal that is measured, and take another value for one that is not")
    func diagonal() throws {
        var sample = ImportSample()
        sample.options.intraRegionMilliseconds = 0.7
        sample.latency = SourceFile(
            name: "rtt.csv", text: ImportSample.edited(ImportSample.latencyText, "175,\n", "175,3.42\n"))
        #expect(try rows(sample)[1] == "DE-LU-users,0.7,179,100")
        #expect(try rows(sample)[2] == "SG-users,175,3.4,226")
    }

    @Test("read the page that Microsoft publishes, whose lines keep their numbers")
    func page() throws {
        var sample = ImportSample()
        let csv = ImportSample.latencyText.replacing("source,", with: "Source,")
        let page =
            "# Azure network round-trip latency statistics\n\n| Source | West US |\n|---|---|\n| East US | 72 "
            + "|\n\n```csv\n\(csv)```\n\n## Next steps\n"
        sample.latency = SourceFile(name: "azure-network-latency.md", text: page)
        #expect(try rows(sample)[1] == "DE-LU-users,2,179,100")
        sample.latency = SourceFile(name: "azure-network-latency.md", text: ImportSample.edited(page, "175", "x"))
        #expect(sample.faults.map { "\($0.place)" } == ["azure-network-latency.md:11:20"])
    }

    @Test("know regions by their names in the portal and on the command line")
    func names() throws {
        var sample = ImportSample()
        sample.latency = SourceFile(
            name: "rtt.csv",
            text: ImportSample.latencyText.replacing("Canada Central", with: "canadacentral").replacing(
                "Southeast Asia", with: "SOUTHEAST ASIA"))
        #expect(try rows(sample)[3] == "CA-ON-users,101,226,2")
    }

    @Test("take the region that is asked for")
    func mapped() throws {
        var sample = ImportSample()
        sample.options.regionNames = ["SG": "Canada Central"]
        #expect(try rows(sample)[2] == "SG-users,101,2,2")
        #expect(try sample.build().notices.contains("latency: SG, CA-ON share Canada Central."))
        sample.options.regionNames = ["SG": "Canada Centre"]
        #expect(sample.faults.map(\.code) == [.unknownReference])
        #expect(sample.faults[0].description.contains("Did you mean `Canada Central`?"))
    }

    @Test("add the way to a region that lies outside the zone")
    func nearby() throws {
        var sample = ImportSample()
        sample.latency = SourceFile(
            name: "rtt.csv", text: ImportSample.latencyText.replacing("Germany West Central", with: "West Europe"))
        // Frankfurt to Amsterdam is 365 km: 1.4 x 2 x 365 / 200 = 5.1 ms.
        #expect(try rows(sample)[1] == "DE-LU-users,2,184.1,105.1")
        #expect(
            try sample.build().notices.contains(
                "latency: DE-LU stands at West Europe, which lies outside; 5.1 ms are added for the way."))
    }

    @Test("fall back to great circles for a zone with a location alone, and refuse one without by name")
    func circles() throws {
        var sample = ImportSample()
        sample.emissions = SourceFile(
            name: "e_g_per_kwh.csv", text: ImportSample.emissionsText.replacing("CA-ON", with: "XX"))
        #expect(sample.faults.map(\.code) == [.unknownReference])
        #expect(sample.faults[0].problem == "nothing is known of where the zone XX is.")
        sample.options.locations = ["XX": .init(latitudeDegrees: 65.6, longitudeDegrees: 22.1)]
        #expect(try sample.build().notices.contains("latency: no measured round trips for XX; great circles stand in."))
        // Frankfurt to Luleå, as MODEL 1 has it for EUW and NOR.
        #expect(try rows(sample)[1] == "DE-LU-users,2,179,82.4")
    }
}
