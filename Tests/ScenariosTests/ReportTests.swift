import Scenarios
import Testing

@Suite("The report of a wrong scenario")
struct ReportTests {
    @Test("tells everything at once, in the order of the files")
    func golden() {
        var files = GoodScenario.files
        for (old, new) in [
            ("seed: 7", "sead: 7"), ("ticks: 6", "ticks: 0"), ("pue: 1.1", "pue: 0.9"),
            ("home: south-1", "home: south"),
            ("    valueUSDPerRequest: 1\n", ""), ("latitude: 59.3", "latitude: 159.3"),
        ] { files = GoodScenario.edited("scenario.yaml", old, new, in: files) }
        files = GoodScenario.edited("fleet.csv", "capacity_gw", "capacity", in: files)
        let expected = """
            --set run.transport=udp run.transport: `udp` is none of ipc, tcp.
                Give the way processes talk: ipc or tcp. [unknown-choice]
            fleet.csv:1:22 gridOperators[0].fleet: the column `capacity` does not state its unit.
                Name it capacity_mw, capacity_kw, capacity_gw, capacity_w. [unit-suffix]
            scenario.yaml:6:1 sead: there is no setting `sead` here. Did you mean `seed`? [unknown-key]
            scenario.yaml:11:10 clock.ticks: 0 is not accepted; it must be from 1 to 1000000.
                Give the number of ticks. [out-of-range]
            scenario.yaml:25:5 classes[0].valueUSDPerRequest: `valueUSDPerRequest` is missing.
                Give the value lost when a request is not served (VOLL_k). [missing-key]
            scenario.yaml:66:10 regions[0].pue: 0.9 is not accepted; it must be at least 1.
                Give facility power over IT power, such as 1.2. [out-of-range]
            scenario.yaml:82:26 services[0].location.latitude: 159.3 is not accepted; it must be from -90 to 90.
                Give degrees north, negative in the south. [out-of-range]
            scenario.yaml:88:11 services[1].home: there is no region `south`. Did you mean `south-1`? [unknown-reference]
            8 faults; nothing was run.
            """
        do throws(ScenarioError) {
            _ = try GoodScenario.load(files, overrides: ["run.transport=udp"])
            Issue.record("the scenario was accepted")
        } catch {
            #expect(error.description == expected, "\(error)")
        }
    }

    @Test("a fault that stands alone is one line and a total")
    func single() {
        do throws(ScenarioError) {
            _ = try GoodScenario.load([:])
            Issue.record("nothing was accepted")
        } catch {
            #expect(
                error.description
                    == "scenario.yaml: there is no file `scenario.yaml` in the scenario folder.\n    Put it there, or correct the name. "
                    + "[unreadable-file]\n1 fault; nothing was run.")
        }
    }

    @Test("after a thousand faults checking stops")
    func many() {
        let rows = (0..<1500).map { "g\($0),gas,-1,1,1" }.joined(separator: "\n")
        var files = GoodScenario.edited("scenario.yaml", "{file: fleet.csv, where: {area: north}}", "{file: many.csv}")
        files["many.csv"] = "name,technology,capacity_mw,cost_usd_per_mwh,emissions_kg_per_mwh\n" + rows
        do throws(ScenarioError) {
            _ = try GoodScenario.load(files)
            Issue.record("the scenario was accepted")
        } catch {
            #expect(error.faults.count == 1000)
            #expect(error.isCutShort)
            #expect(
                error.description.hasSuffix("1000 faults and more, which show once these are gone; nothing was run."))
        }
    }

    @Test("codes are stable, lower-case words with hyphens")
    func codes() {
        let names = ScenarioFault.Code.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0 == "-" || ("a"..."z").contains($0) || $0 == "8" } })
        #expect(
            names.prefix(12) == [
                "unreadable-file", "outside-folder", "too-large", "not-utf8", "invalid-yaml", "duplicate-key",
                "anchor-or-tag",
                "too-deep", "unsupported-version", "unknown-key", "missing-key", "no-value",
            ])
    }
}
