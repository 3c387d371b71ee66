import Scenarios
import Testing

@Suite("Imported prices and emissions")
struct ImportSeriesTests {
    @Test("keep negative prices, and say so")
    func negative() throws {
        let sample = ImportSample()
        #expect(try sample.prices(of: "DE-LU") == [10, -5.5, 12, 13, 14, 15])
        #expect(
            try sample.build().notices.contains("prices: 1 tick of DE-LU below zero, down to -5.5; kept as they are."))
    }

    @Test("leave out zones that only one file has, and say so")
    func zones() throws {
        #expect(try ImportSample().build().notices.contains("zones: left out for want of emissions: XX."))
    }

    @Test("refuse missing hours with a list of them, whether the row or the cell is missing")
    func missing() throws {
        var sample = ImportSample()
        sample.editPrices("2024-07-08 02:00:00,12,22,32,1\n", "")
        sample.editPrices("04:00:00,14,24", "04:00:00,14,")
        #expect(
            sample.faults.map(\.description) == [
                """
                data/day_usd_per_mwh.csv:4: zone CA-ON lacks 1 value of prices: 2024-07-08T02:00Z.
                    Fill them with --missing hold or --missing interpolate, or leave the zone out with --zones. [gap]
                """,
                """
                data/day_usd_per_mwh.csv:4: zone DE-LU lacks 1 value of prices: 2024-07-08T02:00Z.
                    Fill them with --missing hold or --missing interpolate, or leave the zone out with --zones. [gap]
                """,
                """
                data/day_usd_per_mwh.csv:4: zone SG lacks 2 values of prices: 2024-07-08T02:00Z, 2024-07-08T04:00Z.
                    Fill them with --missing hold or --missing interpolate, or leave the zone out with --zones. [gap]
                """,
            ])
    }

    @Test("fill missing hours as they are told, and count them")
    func filled() throws {
        var sample = ImportSample()
        sample.editPrices("2024-07-08 02:00:00,12,22,32,1\n2024-07-08 03:00:00,13", "2024-07-08 03:00:00,nan")
        sample.options.missing = .hold
        #expect(try sample.prices(of: "DE-LU") == [10, -5.5, -5.5, -5.5, 14, 15])
        #expect(
            try sample.build().notices.contains(
                "prices: 2 missing values of DE-LU filled by holding the last value, the first at "
                    + "2024-07-08T02:00Z, at most 2 in a row."
            ))
        sample.options.missing = .interpolate
        #expect(try sample.prices(of: "DE-LU") == [10, -5.5, 1, 7.5, 14, 15])
        #expect(try sample.prices(of: "SG") == [20, 21, 22, 23, 24, 25])
    }

    @Test("cannot hold or draw a line where there is nothing to begin or end with")
    func ends() {
        var sample = ImportSample()
        sample.editPrices("00:00:00,10", "00:00:00,")
        sample.options.missing = .hold
        #expect(sample.faults.map(\.code) == [.gap])
        #expect(sample.faults[0].remedy.contains("none before to hold"))
        sample = ImportSample()
        sample.editPrices("05:00:00,15", "05:00:00,")
        sample.options.missing = .interpolate
        #expect(sample.faults.map(\.code) == [.gap])
        #expect(sample.faults[0].line == 7)
    }

    @Test("refuse duplicate stamps and name both lines, or settle them as they are told")
    func duplicates() throws {
        var sample = ImportSample()
        sample.editPrices("2024-07-08 03:00:00,13,23", "2024-07-08 02:00:00,16,22,32,1\n2024-07-08 03:00:00,13,23")
        #expect(
            sample.faults.map(\.description) == [
                """
                data/day_usd_per_mwh.csv:5: the stamp 2024-07-08T02:00Z stands on line 4 already, and again on line 5.
                    Remove one of them, or say with --duplicates first, last or mean which value \
                counts. [duplicate-stamp]
                """
            ])
        for (rule, value) in [(ImportOptions.DuplicateStamps.first, 12.0), (.last, 16), (.mean, 14)] {
            sample.options.duplicates = rule
            #expect(try sample.prices(of: "DE-LU")[2] == value)
        }
        #expect(
            try sample.build().notices.contains(
                "prices: 1 row repeated an earlier stamp; their mean counts (--duplicates mean)."))
    }

    @Test("bring rows into time order, and say so")
    func order() throws {
        var sample = ImportSample()
        sample.editPrices(
            "2024-07-08 02:00:00,12,22,32,1\n2024-07-08 03:00:00,13,23,33,1\n",
            "2024-07-08 03:00:00,13,23,33,1\n2024-07-08 02:00:00,12,22,32,1\n")
        #expect(try sample.prices(of: "DE-LU") == [10, -5.5, 12, 13, 14, 15])
        #expect(
            try sample.build().notices.contains("prices: rows of day_usd_per_mwh.csv were brought into time order."))
    }

    @Test("read a byte-order mark, CRLF and other spellings of the time column")
    func spellings() throws {
        var sample = ImportSample()
        let text = ImportSample.pricesText.replacing("utc,", with: "Datetime (UTC),").replacing("\n", with: "\r\n")
        sample.prices = SourceFile(name: sample.prices.name, bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8))
        #expect(try sample.prices(of: "SG") == [20, 21, 22, 23, 24, 25])
    }

    @Test("take stamps without a distance as UTC, so that no hour is skipped or repeated when clocks change")
    func clocks() throws {
        for day in ["2024-03-31", "2024-10-27"] {
            var sample = ImportSample()
            sample.prices = SourceFile(
                name: sample.prices.name, text: ImportSample.pricesText.replacing("2024-07-08", with: day))
            sample.emissions = SourceFile(
                name: sample.emissions.name, text: ImportSample.emissionsText.replacing("2024-07-08", with: day))
            #expect(try sample.prices(of: "DE-LU") == [10, -5.5, 12, 13, 14, 15])
        }
    }

    @Test("take stamps with a distance at their word, even through a change of clocks")
    func offsets() throws {
        var sample = ImportSample()
        let stamps = ["02:00+02:00", "03:00+02:00", "03:00+01:00", "04:00+01:00", "05:00+01:00", "06:00+01:00"]
        var text = ImportSample.pricesText
        for (hour, stamp) in stamps.enumerated() {
            text = ImportSample.edited(text, "2024-07-08 0\(hour):00:00", "2024-10-27T\(stamp)")
        }
        sample.prices = SourceFile(name: sample.prices.name, text: text)
        sample.emissions = SourceFile(
            name: sample.emissions.name, text: ImportSample.emissionsText.replacing("2024-07-08", with: "2024-10-27"))
        #expect(try sample.prices(of: "DE-LU") == [10, -5.5, 12, 13, 14, 15])
    }

    @Test("convert units: kWh, another currency, pounds; from the option, the column or the file's name")
    func units() throws {
        var sample = ImportSample()
        sample.prices = SourceFile(name: "eu_eur_per_mwh.csv", text: ImportSample.pricesText)
        sample.options.priceUnit = "usd_per_mwh"
        sample.options.priceFactor = 2
        #expect(try sample.prices(of: "SG") == [40, 42, 44, 46, 48, 50])
        sample = ImportSample()
        sample.prices = SourceFile(
            name: "prices.csv",
            text: ImportSample.edited(
                ImportSample.pricesText, "DE-LU,SG,CA-ON,XX",
                "DE-LU_usd_per_mwh,SG_usd_per_kwh,CA-ON_usd_per_mwh,XX_usd_per_mwh"))
        #expect(try sample.prices(of: "SG")[0] == 20_000)
        #expect(try sample.build().notices.contains { $0.hasSuffix("is the unit right?") })
    }

    @Test("average finer data and hold coarser data")
    func lengths() throws {
        var sample = ImportSample()
        sample.options.ticks = 3
        sample.options.tickMinutes = 120
        #expect(try sample.prices(of: "SG") == [20.5, 22.5, 24.5])
        sample.options.ticks = 12
        sample.options.tickMinutes = 30
        #expect(try sample.prices(of: "SG") == [20, 20, 21, 21, 22, 22, 23, 23, 24, 24, 25, 25])
    }

    @Test("start where they are told")
    func start() throws {
        var sample = ImportSample()
        sample.options.start = "2024-07-08T04:00+02:00"
        sample.options.ticks = 4
        #expect(try sample.prices(of: "SG") == [22, 23, 24, 25])
    }
}

@Suite("Emissions as Electricity Maps publishes them")
struct ElectricityMapsTests {
    static func file(_ zone: String, _ values: [Int], estimated: Int = -1, capital: Bool = false) -> SourceFile {
        var header =
            "Datetime (UTC),Country,Zone name,Zone id,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity "
            + "gCO₂eq/kWh (Life cycle),Carbon-free energy percentage (CFE%),Renewable energy percentage "
            + "(RE%),Data source,Data estimated,Data estimation method"
        if capital {
            header = header.replacing("Zone id", with: "Zone Id").replacing(
                "Carbon intensity", with: "Carbon Intensity"
            ).replacing("(Life cycle)", with: "(LCA)")
        }
        let rows = values.enumerated().map { hour, value in
            "2024-07-08 0\(hour):00:00,Land,\"Name, "
                + "long\",\(zone),\(value),\(value + 50),50.1,40.2,source.org,\(hour == estimated),"
        }
        return SourceFile(name: "\(zone)_2024_hourly.csv", text: ([header] + rows).joined(separator: "\n"))
    }

    private func sources(_ sample: ImportSample) -> ImportSources {
        let files = [
            Self.file("SG", [360, 361, 362, 363, 364, 365], estimated: 3),
            Self.file("DE-LU", [270, 271, 272, 273, 274, 275], capital: true),
        ]
        return ImportSources(
            prices: [sample.prices], emissions: files, latency: sample.latency, traces: sample.traces,
            energy: sample.energy)
    }

    @Test("are read from one file per zone, and estimated values counted")
    func direct() throws {
        let sample = ImportSample()
        let imported = try ScenarioImport.build(sources(sample), sample.options)
        #expect(imported.zones == ["DE-LU", "SG"])
        #expect(imported.files[1].text.split(separator: "\n")[1] == "2024-07-08T00:00Z,270,360")
        #expect(
            imported.notices.contains(
                "emissions: 1 value of SG marked by the publisher as estimated; kept as they are."))
    }

    @Test("count with fuel supply and construction on request, whatever the year calls it")
    func lifeCycle() throws {
        var sample = ImportSample()
        sample.options.accounting = .lifeCycle
        let imported = try ScenarioImport.build(sources(sample), sample.options)
        #expect(imported.files[1].text.split(separator: "\n")[1] == "2024-07-08T00:00Z,320,410")
    }
}
