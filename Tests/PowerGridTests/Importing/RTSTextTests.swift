import PowerGrid
import Testing

/// A small system in the layout of RTS-GMLC, worked by hand, and files with faults.
@Suite struct RTSTextTests {
    @Test func theSmallSystem() throws {
        let system = try RTSGMLC(RTSText().source)
        let network = system.network
        #expect(network.buses.map(\.name) == ["Abel", "Adams", "Arne, the"])
        #expect(network.buses.map(\.isReference) == [true, false, false] && network.buses[2].shuntMW == 1.5)
        #expect(network.branches.map(\.tapRatio) == [1, 1.015] && network.branches.map(\.to) == [1, 2])
        let line = DCLine(name: "DC1", from: 0, to: 2, minimumMW: -100, maximumMW: 100)
        #expect(network.dcLines == [line])
        #expect(network.generators.map(\.technology) == ["Oil CT", "Hydro", "Wind", "Storage"])
        #expect(network.generators.map(\.isInService) == [true, true, true, false])
        #expect(system.notices.count == 2)
    }

    /// 8 MW at 13 MBTU/MWh, 4 MW at 9, 8 MW at 10; fuel 10 $/MMBTU, maintenance 0.5 $/MWh, 160 lb/MMBTU.
    @Test func costAndEmissionsOfTheTurbine() throws {
        let system = try RTSGMLC(RTSText().source)
        #expect(system.units[0].heatMMBTUPerHour == [SIMD2(8, 104), SIMD2(12, 140), SIMD2(20, 220)])
        let cost = CostCurve.piecewiseLinear([SIMD2(8, 1044), SIMD2(12, 1406), SIMD2(20, 2210)])
        #expect(system.network.generators[0].cost == cost)
        #expect(abs(system.network.generators[0].emissionsKgPerMWh - 11 * 160 * 0.45359237) < 1e-9)
        #expect(system.units[0].fullLoadHeatRate == 11_000)
        #expect(system.units[0].coldStartUSD == 5 * 10 + 100)
        #expect(system.units[0].minimumUpHours == 2 && system.units[0].minimumDownHours == 1)
        #expect(system.network.generators[1].cost == .polynomial(c2: 0, c1: 0, c0: 0))
        #expect(system.units[3].storageMWh == 150 && system.units[3].pumpMW == 50)
        #expect(system.units[3].roundTripShare == 0.85)
    }

    @Test func incrementsOfZeroMeanTheAverage() throws {
        let row = "101_CT_1,101,CT,Oil CT,Oil,20,8,1,2,3,4,2,1,5,4,3,100,10,0.4,0.6,1,13000,0,0,0,160,0,0"
        let system = try RTSGMLC(RTSText().replacing("gen.csv", 2, row).source)
        #expect(system.units[0].heatMMBTUPerHour == [SIMD2(8, 104), SIMD2(12, 156), SIMD2(20, 260)])
    }

    @Test func hours() throws {
        let system = try RTSGMLC(RTSText().source)
        let series = system.series
        #expect(series.hourCount == 3 && series.firstHour.description == "2020-02-28 23:00")
        #expect(series.index(of: HourStamp("2020-02-29 01:00:00")!) == 2)
        #expect(series.index(of: HourStamp("2020-02-29 02:00:00")!) == nil)
        #expect((0..<3).map { series.demandMW(bus: $0, hour: 0) } == [15, 5, 40])
        #expect(series.output(generator: 0, hour: 1) == nil)
        #expect(series.output(generator: 1, hour: 1) == .fixedMW(8))
        #expect(series.output(generator: 2, hour: 2) == .availableMW(79.5))
        let network = series.network(system.network, hour: 2)
        #expect(network.buses.map(\.demandMW) == [21, 7, 48])
        #expect(network.generators[1].minimumMW == 7 && network.generators[1].maximumMW == 7)
        #expect(network.generators[2].minimumMW == 0 && network.generators[2].maximumMW == 79.5)
    }

    @Test func stampsFollowTheCalendar() {
        #expect(HourStamp(year: 2021, month: 2, day: 29, hour: 0) == nil)
        #expect(HourStamp(year: 2020, month: 12, day: 31, hour: 24) == nil)
        #expect(HourStamp("2020-07-05 00:30:00") == nil && HourStamp("soon") == nil && HourStamp("") == nil)
        #expect(HourStamp("1900-03-01T05")!.ordinal - HourStamp("1900-02-28T05")!.ordinal == 24)
        for ordinal in stride(from: 0, to: 9_000 * 8766, by: 99_991) {
            #expect(HourStamp(ordinal: ordinal)?.ordinal == ordinal)
        }
        #expect(HourStamp(ordinal: -1) == nil)
    }

    /// A line of a file, and what its first fault says.
    struct Wrong: Sendable, CustomStringConvertible {
        let file: String
        let replaced: Int
        let text: String
        let fragment: String
        var description: String { fragment }

        init(_ file: String, _ replaced: Int, _ text: String, _ fragment: String) {
            self.file = file
            self.replaced = replaced
            self.text = text
            self.fragment = fragment
        }
    }

    private static let turbine = "101_CT_1,101,CT,Oil CT,Oil,20,8,1,2,3,4,2,1,5,4,3,100,10,"

    @Test(arguments: [
        Wrong(
            "bus.csv", 1, "Bus ID,Bus Name,BaseKV,Bus Type,MW Load,MW Shunt G,Region,lat,lng",
            "bus.csv:1 Area: the table has this column"),
        Wrong(
            "bus.csv", 1, "Bus ID,Bus Name,BaseKV,Bus Type,MW Load,MW Shunt G,Area,lat,lat",
            "bus.csv:1 lat: a column has a name of its own"),
        Wrong("bus.csv", 3, "101,Adams,138.0,PQ,10,0,1,33.3,-113.9", "bus.csv:3 Bus ID: `101`; a bus number is unique"),
        Wrong("bus.csv", 3, "102,Adams,138.0,PX,10,0,1,33.3,-113.9", "bus.csv:3 Bus Type: `PX`; it is PQ, PV or Ref"),
        Wrong("bus.csv", 2, "101,Abel,138.0,PQ,30,0,1,33.4,-113.8", "bus.csv Bus Type: one bus is the reference"),
        Wrong(
            "bus.csv", 3, "102,Adams,138.0,PQ,ten,0,1,33.3,-113.9", "bus.csv:3 MW Load: `ten`; it is a finite number"),
        Wrong(
            "bus.csv", 3, "102,Adams,138.0,PQ,10,0,1,133.3,-113.9",
            "bus.csv:3 lat: `133.3`; it is a finite number from -90 to 90"),
        Wrong(
            "bus.csv", 3, "102,Adams,138.0,PQ,10,0,1,33.3",
            "bus.csv:3: `8 cells`; every row has as many cells as the header, 9"),
        Wrong(
            "bus.csv", 4, "201,\"Arne,230.0,PV,50,1.5,2,33.1,-115",
            "bus.csv:4: a quote that opens in a row closes in it"),
        Wrong("bus.csv", 3, "102,Adams,138.0,PQ,10,0,1.5,33.3,-113.9", "bus.csv:3 Area: `1.5`; it is a whole number"),
        Wrong(
            "branch.csv", 2, "A1,101,109,0.003,0.014,175,0",
            "branch.csv:2 To Bus: `109`; it is the number of a bus of bus.csv"),
        Wrong("branch.csv", 2, "A1,101,102,0.003,0,175,0", "branch.csv:2 X: `0`; a reactance is other than zero"),
        Wrong(
            "branch.csv", 2, "A1,101,102,0.003,0.1,-1,0", "branch.csv:2 Cont Rating: `-1`; it is a finite number from 0"
        ),
        Wrong("branch.csv", 2, "A1,101,101,0.003,0.1,1,0", "branch.csv:2 To Bus: `101`; a branch joins two buses"),
        Wrong(
            "gen.csv", 3, turbine + "0.4,0.6,1,13000,9000,10000,0.5,160,0,0",
            "gen.csv:3 GEN UID: `101_CT_1`; a unit has a name of its own"),
        Wrong(
            "gen.csv", 2, turbine + "0.4,0.6,1,13000,9000,8000,0.5,160,0,0",
            "gen.csv:2 HR_incr_2: `8000`; incremental heat rates do not fall"),
        Wrong(
            "gen.csv", 2, turbine + "0.4,0.3,1,13000,9000,10000,0.5,160,0,0",
            "gen.csv:2 Output_pct_1: `0.3`; outputs ascend up to 1"),
        Wrong(
            "gen.csv", 2, turbine + "0.4,0.6,1,NA,9000,10000,0.5,160,0,0",
            "gen.csv:2 HR_avg_0: `NA`; it is a finite number from 0"),
        Wrong(
            "gen.csv", 2, turbine + "0.4,0.6,1,13000,9000,10000,0.5,160,0,850",
            "gen.csv:2 Storage Roundtrip Efficiency: `850`; it is a finite number from 0 to 100"),
        Wrong(
            "gen.csv", 4, "201_WIND_1,201,WIND,Wind,Wind,80,90,0,0,80,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0",
            "gen.csv:4 PMin MW: `90`; PMin MW is not above PMax MW"),
        Wrong("dc_branch.csv", 2, "DC1,101,9,100", "dc_branch.csv:2 To Bus: `9`; it is the number of a bus"),
        Wrong(
            "storage.csv", 2, "201_STORAGE_9,HEAD,0.15,head",
            "storage.csv GEN UID: `201_STORAGE_9`; a storage belongs to a unit"),
        Wrong("load.csv", 1, "Year,Month,Day,Period,1,3", "load.csv:1 2: every area of bus.csv has a column"),
        Wrong(
            "load.csv", 1, "Year,Month,Day,Hour,1,2", "load.csv:1: `Year,Month,Day,Hour`; an hourly table begins with"),
        Wrong("load.csv", 3, "2020,2,29,2,24,44", "load.csv:3 Period: `2`; a row is the hour after the row before"),
        Wrong("load.csv", 3, "2020,2,30,1,24,44", "load.csv:3 Period: `1`; the row names a day and a period, 1 to 24"),
        Wrong("load.csv", 3, "2020,2,29,1,,44", "load.csv:3 1: ``; it is a finite number"),
        Wrong(
            "wind.csv", 4, "",
            "wind.csv: `2 hours from 2020-02-28 23:00`; all series have the hours of load.csv, 3 from"),
        Wrong(
            "wind.csv", 1, "Year,Month,Day,Period,201_WIND_9", "wind.csv:1 201_WIND_9: a column is a unit of gen.csv"),
        Wrong(
            "hydro.csv", 1, "Year,Month,Day,Period,201_WIND_1",
            "hydro.csv:1 201_WIND_1: a column is a unit of gen.csv, in one file only"),
    ])
    func aWrongFile(_ wrong: Wrong) {
        let error = #expect(throws: ImportError.self) {
            try RTSGMLC(RTSText().replacing(wrong.file, wrong.replaced, wrong.text).source)
        }
        #expect(
            error?.faults.contains { $0.description.contains(wrong.fragment) } == true, "\(String(describing: error))")
        #expect(error?.faults.count ?? 0 <= 3, "\(String(describing: error))")
    }

    @Test func missingFilesAreNamed() {
        let error = #expect(throws: ImportError.self) { try RTSGMLC(folder: "/no/such/folder") }
        #expect(
            error?.description.contains("bus.csv: the file cannot be read at /no/such/folder/SourceData/bus.csv")
                == true)
        let empty = #expect(throws: ImportError.self) {
            var text = RTSText()
            text.files["gen.csv"] = []
            return try RTSGMLC(text.source)
        }
        #expect(empty?.faults.contains { $0.file == "gen.csv" && $0.rule == "a table has a header row" } == true)
    }
}
