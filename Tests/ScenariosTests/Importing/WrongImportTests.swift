import InferencePlacement
import Scenarios
import Testing

/// Sources or options with one thing wrong, and the fault that is to be found.
struct WrongImport: Sendable, CustomTestStringConvertible {
    let name: String
    let edit: @Sendable (inout ImportSample) -> Void
    /// Where the fault stands.
    let place: String
    let code: ScenarioFault.Code
    let fragment: String

    var testDescription: String { name }

    init(
        _ name: String, _ place: String, _ code: ScenarioFault.Code, _ fragment: String,
        _ edit: @escaping @Sendable (inout ImportSample) -> Void
    ) {
        self.name = name
        self.edit = edit
        self.place = place
        self.code = code
        self.fragment = fragment
    }

    /// A file's text with a part replaced.
    private static func changed(_ file: SourceFile, _ old: String, _ new: String) -> SourceFile {
        SourceFile(name: file.name, text: ImportSample.edited(String(decoding: file.bytes, as: UTF8.self), old, new))
    }

    static let all: [WrongImport] = series + latency + workload + options

    private static let series: [WrongImport] = [
        .init("a stamp that is none", "data/day_usd_per_mwh.csv:4:1", .invalidTime, "`8.7.2024 02:00` is no time") {
            $0.editPrices("2024-07-08 02:00:00", "8.7.2024 02:00")
        },
        .init("a decimal comma", "data/day_usd_per_mwh.csv:3:22", .invalidCell, "Write a decimal point") {
            $0.editPrices("-5.5", "\"-5,5\"")
        },
        .init("a word", "data/day_usd_per_mwh.csv:3:21", .invalidCell, "`cheap` is no number within a thousand million")
        {
            $0.editPrices("-5.5", "cheap")
        },
        .init("negative emissions", "data/day_g_per_kwh.csv:2:21", .invalidCell, "`-80` is no number of at least 0") {
            $0.emissions = changed($0.emissions, ",80,", ",-80,")
        },
        .init("no time column", "data/day_usd_per_mwh.csv:1:1", .timeColumn, "no column holds times in UTC") {
            $0.editPrices("utc,", "local,")
        },
        .init("a unit that is not known", "data/prices.csv:1", .unitSuffix, "states none. State it with --price-unit") {
            $0.prices = SourceFile(name: "data/prices.csv", text: ImportSample.pricesText)
        },
        .init("another currency", "data/p_eur_per_mwh.csv:1", .unitSuffix, "is in EUR") {
            $0.prices = SourceFile(name: "data/p_eur_per_mwh.csv", text: ImportSample.pricesText)
        },
        .init("the unit of another quantity", "data/p_mw.csv:1", .unitSuffix, "ends in the unit _mw") {
            $0.prices = SourceFile(name: "data/p_mw.csv", text: ImportSample.pricesText)
        },
        .init("an option with no unit", "--emissions-unit furlongs", .unitSuffix, "Known are kg_per_mwh, g_per_kwh") {
            $0.options.emissionsUnit = "furlongs"
        },
        .init("semicolons", "data/day_usd_per_mwh.csv:1", .csvStructure, "separated by semicolons") {
            $0.prices = SourceFile(name: $0.prices.name, text: ImportSample.pricesText.replacing(",", with: ";"))
        },
        .init("an empty file", "data/day_usd_per_mwh.csv:1", .csvStructure, "the file is empty") {
            $0.prices = SourceFile(name: $0.prices.name, text: "")
        },
        .init("a header alone", "data/day_usd_per_mwh.csv", .noRows, "no rows below its header") {
            $0.prices = SourceFile(name: $0.prices.name, text: "utc,SG\n")
        },
        .init("UTF-16", "data/day_usd_per_mwh.csv:1", .notUTF8, "looks like UTF-16") {
            $0.prices = SourceFile(name: $0.prices.name, bytes: [0xFF, 0xFE, 0x75, 0])
        },
        .init("a short row", "data/day_usd_per_mwh.csv:4", .csvStructure, "the row has 4 cells, the header 5") {
            $0.editPrices("12,22,32,1", "12,22,32")
        },
        .init(
            "a stamp between the others", "data/day_usd_per_mwh.csv:4", .invalidTime,
            "none of those that come every 1 h"
        ) { $0.editPrices("02:00:00", "02:20:00") },
        .init(
            "no zone in common", "data/day_usd_per_mwh.csv", .noRows,
            "no zone has both prices (DE-LU, SG, CA-ON, XX) and emissions (A, B, C)"
        ) {
            $0.emissions = changed($0.emissions, "CA-ON,DE-LU,SG", "A,B,C")
        },
        .init("emissions given as prices", "SG_2024_hourly.csv:1:34", .unknownColumn, "Name it with --emissions") {
            $0.prices = ElectricityMapsTests.file("SG", [1, 2, 3, 4, 5, 6])
        },
        .init(
            "a zone that cannot name an agent", "data/day_usd_per_mwh.csv", .invalidName,
            "the zone `S G` cannot name an agent"
        ) {
            $0.editPrices(",SG,", ",S G,")
            $0.emissions = changed($0.emissions, ",SG\n", ",S G\n")
        },
        .init(
            "a run longer than the prices", "data/day_usd_per_mwh.csv", .notCovered,
            "prices end at 2024-07-08T05:00Z, but the run at 2024-07-08T06:00Z. Give more rows, or shorten the "
                + "run with --ticks 5."
        ) { $0.editPrices("2024-07-08 05:00:00,15,25,35,1\n", "") },
        .init(
            "a run that begins before the prices", "data/day_usd_per_mwh.csv", .notCovered,
            "prices begin at 2024-07-08T01:00Z, but the run at 2024-07-08T00:00Z"
        ) {
            $0.editPrices("2024-07-08 00:00:00,10,20,30,1\n", "")
            $0.options.start = "2024-07-08T00:00Z"
        },
    ]

    private static let latency: [WrongImport] = [
        .init("no source column", "data/rtt.csv:1:1", .unknownColumn, "no column `source`") {
            $0.latency = changed($0.latency, "source,", "to,")
        },
        .init("a round trip that is none", "data/rtt.csv:4:16", .invalidCell, "`fast` is no number of at least 0") {
            $0.latency = changed($0.latency, "226,175", "fast,175")
        },
        .init(
            "an empty cell", "data/rtt.csv:4:20", .missingCell,
            "no round trip from Southeast Asia to Germany West Central"
        ) { $0.latency = changed($0.latency, "226,175,", "226,,") },
        .init("a row twice", "data/rtt.csv:4:1", .duplicateName, "the row `Canada Central` occurs twice") {
            $0.latency = changed($0.latency, "Southeast Asia,226,175,", "Canada Central,226,175,")
        },
        .init(
            "a region that is not there", "--map SG=Mars North", .unknownReference,
            "`data/rtt.csv` has no row `Mars North`"
        ) { $0.options.regionNames = ["SG": "Mars North"] },
    ]

    private static let workload: [WrongImport] = [
        .init("no trace", "--trace", .missingKey, "there is no trace of requests") { $0.traces = [] },
        .init("a table that is no trace", "data/trace_conv.csv:1:1", .unknownColumn, "this is no trace of requests") {
            $0.traces[0].file = changed($0.traces[0].file, "context_tokens", "words")
        },
        .init("tokens that are none", "data/trace_code.csv:3:29", .invalidCell, "`many` is no number of at least 0") {
            $0.traces[1].file = changed($0.traces[1].file, "2000", "many")
        },
        .init("a stamp that is none", "data/trace_code.csv:3:1", .invalidCell, "is no time in ISO 8601") {
            $0.traces[1].file = changed($0.traces[1].file, "2023-11-16 18:17:04.0319600", "18:17")
        },
        .init("a minute twice", "data/trace_conv.csv:4:1", .duplicateStamp, "the minute 1 stands on line 3 already") {
            $0.traces[0].file = changed($0.traces[0].file, "2,20,", "1,20,")
        },
        .init("a trace without requests", "t.csv", .noRows, "the trace has no requests") {
            $0.traces[0].file = SourceFile(
                name: "t.csv", text: "minute,requests,context_tokens,generated_tokens\n0,0,0,0\n")
        },
        .init("a trace without tokens", "t.csv", .outOfRange, "a request takes no energy") {
            $0.traces[0].file = SourceFile(
                name: "t.csv", text: "minute,requests,context_tokens,generated_tokens\n0,1,0,0\n")
        },
        .init(
            "two traces of one class", "data/trace_code.csv", .duplicateName,
            "it becomes the class `conversation`, as data/trace_conv.csv does"
        ) { $0.traces[1].className = "conversation" },
        .init("a class without a name", "--trace =data/trace_code.csv", .invalidName, "the class has no name") {
            $0.traces[1].className = ""
        },
        .init(
            "no row of the model", "data/energy.csv", .noRows, "no row is left with --model GPT. There are Large, Small"
        ) { $0.options.model = "GPT" },
        .init("energy that is none", "data/energy.csv:4:32", .invalidCell, "`-4` is no number greater than 0") {
            $0.energy = $0.energy.map { changed($0, ",4,400", ",-4,400") }
        },
        .init("no energy column", "data/energy.csv:1:1", .unknownColumn, "there is no column `num_gpus`") {
            $0.energy = $0.energy.map { changed($0, "num_gpus", "gpus") }
        },
        .init("a model without a table", "--model Small", .noEffect, "Give the table with --energy") {
            $0.options.model = "Small"
            $0.energy = nil
        },
    ]

    private static let options: [WrongImport] = [
        .init("a zone that is not there", "--zones DE-LX", .unknownReference, "Did you mean `DE-LU`?") {
            $0.options.zones = ["DE-LX", "SG"]
        },
        .init("a zone without emissions", "--zones XX", .unknownReference, "there are no emissions of the zone `XX`") {
            $0.options.zones = ["XX", "SG"]
        },
        .init("a zone twice", "--zones", .duplicateName, "the zone `SG` is named twice") {
            $0.options.zones = ["SG", "SG"]
        },
        .init("a map of another zone", "--map YY", .unknownReference, "no prices and emissions of the zone `YY`") {
            $0.options.regionNames = ["YY": "Southeast Asia"]
        },
        .init("a location off the globe", "--location", .outOfRange, "is not on the globe") {
            $0.options.locations = ["SG": .init(latitudeDegrees: 103.8, longitudeDegrees: 1.3)]
        },
        .init("a start that is none", "--start tomorrow", .invalidTime, "`tomorrow` is no time") {
            $0.options.start = "tomorrow"
        },
        .init("a name that is none", "--name a week", .invalidName, "`a week` is no name") {
            $0.options.name = "a week"
        },
        .init("no ticks", "--ticks 0", .outOfRange, "greater than 0") { $0.options.ticks = 0 },
        .init("no power", "--scale-mw 0", .outOfRange, "greater than 0") { $0.options.meanITMW = 0 },
        .init("a swing of all demand", "--daily-swing 1", .outOfRange, "less than 1") { $0.options.dailySwing = 1 },
        .init("a PUE below one", "--pue 0.9", .outOfRange, "at least 1") { $0.options.pue = 0.9 },
    ]
}

@Suite("Wrong imports")
struct WrongImportTests {
    @Test("are refused where they are wrong, with a remedy", arguments: WrongImport.all)
    func refused(_ wrong: WrongImport) {
        var sample = ImportSample()
        wrong.edit(&sample)
        let faults = sample.faults
        let report = faults.map(\.description).joined(separator: "\n")
        #expect(faults.count == 1, "\(report)")
        #expect(faults.first.map { "\($0.place)" } == wrong.place, "\(report)")
        #expect(faults.first?.code == wrong.code, "\(report)")
        #expect(faults.first?.description.replacing("\n   ", with: "").contains(wrong.fragment) == true, "\(report)")
        #expect(faults.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test("have names of their own")
    func names() {
        #expect(Set(WrongImport.all.map { $0.name + $0.place }).count == WrongImport.all.count)
    }

    @Test("are refused with all that is wrong at once, in the order of files and lines")
    func together() {
        var sample = ImportSample()
        sample.editPrices("-5.5", "cheap")
        sample.editPrices("2024-07-08 04:00:00", "soon")
        sample.latency = SourceFile(
            name: "data/rtt.csv", text: ImportSample.edited(ImportSample.latencyText, "175", "slow"))
        sample.traces[1].file = SourceFile(
            name: "data/trace_code.csv", text: ImportSample.edited(ImportSample.codeText, "4000", "many"))
        sample.options.zones = ["SG", "Atlantis"]
        sample.options.pue = 0.5
        #expect(
            sample.faults.map { "\($0.place)" } == [
                "--pue 0.5", "--zones Atlantis", "data/day_usd_per_mwh.csv:3:21", "data/day_usd_per_mwh.csv:6:1",
                "data/rtt.csv:4:20",
                "data/trace_code.csv:2:29",
            ])
    }
}
