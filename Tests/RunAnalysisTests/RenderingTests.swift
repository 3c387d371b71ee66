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

    /// Compares line by line, so that a failure shows the line.
    private func expect(_ text: String, _ expected: String) {
        let (found, wanted) = (text.components(separatedBy: "\n"), expected.components(separatedBy: "\n"))
        for (line, wantedLine) in zip(found, wanted) { #expect(line == wantedLine) }
        #expect(found.count == wanted.count)
    }

    @Test("The table with a baseline")
    func table() throws {
        let expected = """
            two-region: carbon-priced at 50 $/t against home, seed 7
            4 ticks of 60 min from 2024-07-08T00:00:00Z, finished

                        compute load, mean MW       peak load MW        price $/MWh        emissions t
            area      home  relocated  change    home  relocated    home  relocated    home  relocated
            ──────────────────────────────────────────────────────────────────────────────────────────
            north    11.00      27.50  +16.50   131.0      164.0   20.00      22.50    23.7       27.0
            south    50.00      31.25  -18.75   310.0      272.5   70.00      60.00   432.0      402.0
            ──────────────────────────────────────────────────────────────────────────────────────────
            system   61.00      58.75   -2.25   441.0      436.5   45.00      41.25   455.7      429.0

            draw over time   from MW   to MW   home   relocated
            ───────────────────────────────────────────────────
            north              11.00   44.00   ▁▁▁▁   ▁██▁
            south              12.50   50.00   ████   █▁▁█

            total                            unit      home   relocated    change   change %
            ────────────────────────────────────────────────────────────────────────────────
            compute, IT energy               MWh      200.0       200.0       0.0      0.0 %
            compute, facility energy         MWh      244.0       235.0      -9.0     -3.7 %
            compute payment                  $       14,880      10,140    -4,740    -31.9 %
            compute CO2 by average signal    t        82.20       55.50    -26.70    -32.5 %
            compute CO2 by marginal signal   t        159.6        98.9     -60.7    -38.0 %
            ────────────────────────────────────────────────────────────────────────────────
            generation cost                  $       86,680      73,090   -13,590    -15.7 %
            system emissions                 t        455.7       429.0     -26.7     -5.9 %
            curtailed                        MWh      16.00       16.00      0.00      0.0 %
            unserved energy                  MWh       4.00        4.00      0.00      0.0 %
            peak load                        MW       441.0       436.5      -4.5     -1.0 %
            coincident peak, 5 ticks         MW       388.5       386.2      -2.2     -0.6 %
            load in baseline's peak ticks    MW       388.5       386.2      -2.2     -0.6 %
            largest 1 h ramp                 MW       80.00       75.50     -4.50     -5.6 %
            price spread between regions     $/MWh    50.00       37.50    -12.50    -25.0 %
            ────────────────────────────────────────────────────────────────────────────────
            placement cost V                 $        400.0       280.0    -120.0    -30.0 %
              of which friction              $        40.00       40.00      0.00      0.0 %
            unserved requests                           0.0       500.0    +500.0          –
            price signal, rms error          $/MWh     0.00       11.46    +11.46          –
            relocated, IT energy             MWh       0.00       60.00    +60.00          –
            relocated share                  %         0.00       30.00    +30.00          –
            herding, share of ticks          %            –           0         –          –

                                                           home                       relocated
            highest system load   tick from, UTC        load MW   tick from, UTC        load MW
            ───────────────────────────────────────────────────────────────────────────────────
            1                     2024-07-08T02:00:00Z    441.0   2024-07-08T02:00:00Z    436.5
            2                     2024-07-08T01:00:00Z    391.0   2024-07-08T01:00:00Z    386.5
            3                     2024-07-08T00:00:00Z    361.0   2024-07-08T00:00:00Z    361.0
            4                     2024-07-08T03:00:00Z    361.0   2024-07-08T03:00:00Z    361.0

            work of → run in   IT MWh   facility MWh   share of all work
            ────────────────────────────────────────────────────────────
            south → north       60.00          66.00              30.0 %

            """
        expect(try comparison().text, expected)
    }

    @Test("The table of a run alone")
    func alone() throws {
        let expected = """
            two-region: carbon-priced at 50 $/t, seed 7
            4 ticks of 60 min from 2024-07-08T00:00:00Z, finished

            area     compute load, mean MW   peak load MW   price $/MWh   emissions t
            ─────────────────────────────────────────────────────────────────────────
            north                    27.50          164.0         22.50          27.0
            south                    31.25          272.5         60.00         402.0
            ─────────────────────────────────────────────────────────────────────────
            system                   58.75          436.5         41.25         429.0

            draw over time   from MW   to MW   carbon-priced
            ────────────────────────────────────────────────
            north              11.00   44.00   ▁██▁
            south              12.50   50.00   █▁▁█

            total                            unit    carbon-priced
            ──────────────────────────────────────────────────────
            compute, IT energy               MWh             200.0
            compute, facility energy         MWh             235.0
            compute payment                  $              10,140
            compute CO2 by average signal    t               55.50
            compute CO2 by marginal signal   t               98.90
            ──────────────────────────────────────────────────────
            generation cost                  $              73,090
            system emissions                 t               429.0
            curtailed                        MWh             16.00
            unserved energy                  MWh              4.00
            peak load                        MW              436.5
            coincident peak, 5 ticks         MW              386.2
            largest 1 h ramp                 MW              75.50
            price spread between regions     $/MWh           37.50
            ──────────────────────────────────────────────────────
            placement cost V                 $               280.0
              of which friction              $               40.00
            unserved requests                                500.0
            price signal, rms error          $/MWh           11.46
            relocated, IT energy             MWh             60.00
            relocated share                  %               30.00
            herding, share of ticks          %                   0

                                                  carbon-priced
            highest system load   tick from, UTC        load MW
            ───────────────────────────────────────────────────
            1                     2024-07-08T02:00:00Z    436.5
            2                     2024-07-08T01:00:00Z    386.5
            3                     2024-07-08T00:00:00Z    361.0
            4                     2024-07-08T03:00:00Z    361.0

            work of → run in   IT MWh   facility MWh   share of all work
            ────────────────────────────────────────────────────────────
            south → north       60.00          66.00              30.0 %

            """
        expect(try comparison(baseline: false).text, expected)
    }

    @Test("Coupling and congestion show where there is any")
    func stressed() throws {
        let folder = try TemporaryFolder()
        let text = try RunComparison(
            of: TwoRegionRun(isRelocated: true, isStressed: true).recorded(in: folder.url)
        ).text
        #expect(
            text.contains("\niterated: 3.0 rounds a tick, at most 6; 75.0 % of ticks converged, largest gap 3.0e-02\n"))
        #expect(text.contains("\ncongestion                       h                2.00\n"))
        #expect(text.contains("\ncongestion rent                  $               225.0\n"))
    }

    @Test("Long names and a continent's numbers stay within 100 columns", arguments: [1, 1000.0])
    func width(scale: Double) throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "northern-", count: 12)
        let comparison = try RunComparison(
            of: TwoRegionRun(isRelocated: true, northName: name, scale: scale).recorded(in: folder.url),
            with: TwoRegionRun(isRelocated: false, northName: name, scale: scale).recorded(in: folder.url))
        for line in comparison.text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        #expect(comparison.text.contains("\nnorthern-no"))
    }

    @Test("CSV has every effect, quoted where it must be")
    func csv() throws {
        let comparison = try comparison(north: "north, \"upper\"")
        let lines = comparison.csv.components(separatedBy: "\r\n")
        #expect(lines.count == comparison.effects.count + 2)
        #expect(lines[0] == "scope,name,quantity,unit,baseline,value,change,change_percent")
        #expect(lines.contains("system,system,it_energy,MWh,200.0,200.0,0.0,0.0"))
        #expect(lines.contains("area,\"north, \"\"upper\"\"\",load_peak,MW,131.0,164.0,33.0,25.19083969465649"))
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
