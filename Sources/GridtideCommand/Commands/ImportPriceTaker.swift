public import ArgumentParser
internal import Foundation
internal import InferencePlacement
public import Scenarios

/// `gridtide import price-taker`: makes a scenario from published prices and emissions.
struct ImportPriceTaker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price-taker",
        abstract: "Make a price-taker scenario from published prices, emissions, round trips and request traces.",
        discussion: """
            Every zone that has prices and emissions gets a grid operator that publishes them, a compute region and a \
            service node with its home there. The folder that comes out holds scenario.yaml, its CSV files, and \
            SOURCES.txt, which says what was read, changed and assumed, and whom to name. It is written only when \
            nothing is wrong, and never over anything. docs/import.md has the formulas.

            Example, with a week of 2024 in 15 zones:
              gridtide import price-taker --prices week_2024-07-08_price_usd_per_mwh.csv \\
                --emissions week_2024-07-08_carbon_g_per_kwh.csv \\
                --latency azure_p95_rtt_ms_2026-07.csv \\
                --trace azure2023_conv_per_minute.csv \\
                --trace AzureLLMInferenceTrace_code.csv \\
                --energy mlenergy_sample.csv --to my-week

            Exit status: 0 success, 1 the folder cannot be written, 2 something is wrong with files or options.
            """)

    @OptionGroup(title: "Files to read") var files: ImportFileArguments
    @OptionGroup(title: "Zones and time") var extent: ImportExtentArguments
    @OptionGroup(title: "Gaps and units") var reading: ImportReadingArguments
    @OptionGroup(title: "Requests and energy") var workload: ImportWorkloadArguments
    @OptionGroup(title: "Compute regions") var plant: ImportPlantArguments
    @Option(
        help: ArgumentHelp(
            "Folder to write; it must be empty or not exist yet. The scenario's name unless you say.",
            valueName: "folder"))
    var to: String?
    @OptionGroup var output: OutputArguments

    func run() throws {
        let imported = try scenario()
        try ImportFolder(path: to ?? imported.name).write(imported, output)
    }

    /// The scenario. Throws `CommandError` with everything that is wrong.
    private func scenario() throws -> ImportedScenario {
        var options = ImportOptions()
        try extent.apply(to: &options)
        reading.apply(to: &options)
        workload.apply(to: &options)
        plant.apply(to: &options)
        let sources = try files.sources()
        do {
            return try ScenarioImport.build(sources, options)
        } catch {
            throw Import.refusal(error)
        }
    }
}

/// Which files are read.
struct ImportFileArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "CSV with a time column in UTC and a column of prices per zone; may be repeated, one file per year or "
                + "zone.",
            valueName: "file"))
    var prices: [String]
    @Option(
        help: ArgumentHelp(
            "CSV of average emissions: a column per zone, or the files of Electricity Maps as downloaded; may be "
                + "repeated.",
            valueName: "file"))
    var emissions: [String]
    @Option(
        help: ArgumentHelp(
            "Round trips in ms between Azure regions: a CSV matrix (row source, column destination), or "
                + "azure-network-latency.md.",
            valueName: "file"))
    var latency: String
    @Option(
        help: ArgumentHelp(
            """
            Trace of requests that becomes a workload class: AzureLLMInferenceTrace_*.csv as published, or counts per \
            minute. The file's name tells the class (code, conversation), or NAME= before it does; may be repeated.
            """, valueName: "[name=]file"))
    var trace: [String]
    @Option(
        help: ArgumentHelp(
            "CSV of the ML.ENERGY leaderboard, for energy and throughput per token; without it 0.25 J and 3300 "
                + "tokens/s.",
            valueName: "file"))
    var energy: String?

    /// The files with their bytes. Throws `CommandError` that names every file that cannot be read.
    func sources() throws -> ImportSources {
        var problems: [String] = []
        func read(_ path: String) -> SourceFile {
            do {
                return SourceFile(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
            } catch {
                problems.append("\(path): the file cannot be read. Check the name, and that you may read it.")
                return SourceFile(name: path, bytes: [])
            }
        }
        var sources = ImportSources(
            prices: prices.map(read), emissions: emissions.map(read), latency: read(latency), traces: [])
        sources.traces = trace.map { argument in
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].contains("/"), !FileManager.default.fileExists(atPath: argument) else {
                return TraceSource(file: read(argument))
            }
            return TraceSource(className: parts[0], file: read(parts[1]))
        }
        sources.energy = energy.map(read)
        guard problems.isEmpty else { throw CommandError(.invalidInput, problems.joined(separator: "\n")) }
        return sources
    }
}

/// Which zones and hours are taken.
struct ImportExtentArguments: ParsableArguments {
    @Option(help: "Name of the scenario; price-taker- and the date of its start unless you say.")
    var name: String?
    @Option(
        help: ArgumentHelp(
            "Start in UTC, such as 2024-07-08T00:00Z; the first hour of both files unless you say.", valueName: "time"))
    var start: String?
    @Option(help: ArgumentHelp("Number of ticks.", valueName: "count"))
    var ticks = ImportOptions().ticks
    @Option(help: ArgumentHelp("Length of a tick; finer data is averaged, coarser data held.", valueName: "minutes"))
    var tickMinutes = ImportOptions().tickMinutes
    @Option(
        help: ArgumentHelp(
            "Zones to take, with commas, in this order; all that have prices and emissions unless you say.",
            valueName: "zones"))
    var zones: String?
    @Option(
        help: ArgumentHelp(
            "Azure region that stands for a zone, such as 'FI=Sweden Central'; the program knows 27 zones. May be "
                + "repeated.",
            valueName: "zone=region"))
    var map: [String] = []
    @Option(
        help: ArgumentHelp(
            "Where a zone is, such as FI=60.2,24.9, for solar time and great-circle latency; may be repeated.",
            valueName: "zone=lat,lon"))
    var location: [String] = []

    /// Puts the arguments into options. Throws `ValidationError` for one that has no `=` or no numbers.
    func apply(to options: inout ImportOptions) throws {
        options.name = name
        options.start = start
        options.ticks = ticks
        options.tickMinutes = tickMinutes
        options.zones = zones?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        for argument in map {
            let pair = try ImportExtentArguments.pair(argument, "--map", "'ZONE=Azure Region'")
            options.regionNames[pair.zone] = pair.value
        }
        for argument in location {
            let pair = try ImportExtentArguments.pair(argument, "--location", "ZONE=LATITUDE,LONGITUDE")
            let numbers = pair.value.split(separator: ",").compactMap {
                Double($0.trimmingCharacters(in: .whitespaces))
            }
            guard numbers.count == 2 else {
                throw ValidationError(
                    "--location \(argument) has no two numbers. Write ZONE=LATITUDE,LONGITUDE, such as FI=60.2,24.9.")
            }
            options.locations[pair.zone] = Location(latitudeDegrees: numbers[0], longitudeDegrees: numbers[1])
        }
    }

    private static func pair(_ argument: String, _ option: String, _ form: String) throws -> (
        zone: String, value: String
    ) {
        let parts = argument.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2 else { throw ValidationError("\(option) \(argument) has no two sides. Write \(form).") }
        return (parts[0], parts[1])
    }
}

/// How files are read.
struct ImportReadingArguments: ParsableArguments {
    @Option(help: "Hours without a value: error lists them all, hold keeps the last value, interpolate draws a line.")
    var missing = ImportOptions.MissingHours.error
    @Option(help: "Stamps that occur twice: error names both lines, else the first, last or mean value counts.")
    var duplicates = ImportOptions.DuplicateStamps.error
    @Option(
        help: ArgumentHelp(
            "Unit of prices: usd_per_mwh or usd_per_kwh; the end of the file's name unless you say.", valueName: "unit")
    )
    var priceUnit: String?
    @Option(help: ArgumentHelp("What prices are multiplied by, such as USD per EUR.", valueName: "factor"))
    var priceFactor = ImportOptions().priceFactor
    @Option(
        help: ArgumentHelp(
            "Unit of emissions: g_per_kwh, kg_per_mwh, t_per_mwh, kg_per_kwh or lb_per_mwh; the end of the file's "
                + "name unless you say.",
            valueName: "unit"))
    var emissionsUnit: String?
    @Option(help: "Which emissions of Electricity Maps: direct, or life-cycle with fuel supply and construction.")
    var accounting = ImportOptions.Accounting.direct
    @Option(
        name: .customLong("intra-region-ms"),
        help: ArgumentHelp("Round trip within a region, for the blank diagonal of the matrix.", valueName: "ms"))
    var intraRegionMilliseconds = ImportOptions().intraRegionMilliseconds

    /// Puts the arguments into options.
    func apply(to options: inout ImportOptions) {
        options.missing = missing
        options.duplicates = duplicates
        options.priceUnit = priceUnit
        options.priceFactor = priceFactor
        options.emissionsUnit = emissionsUnit
        options.accounting = accounting
        options.intraRegionMilliseconds = intraRegionMilliseconds
    }
}

/// How many requests there are, and what they take.
struct ImportWorkloadArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Mean IT power of the requests of each service node.", valueName: "mw"))
    var scaleMw = ImportOptions().meanITMW
    @Option(
        help: ArgumentHelp(
            "How far demand swings round its mean within a day; 0.3 means from 0.7 to 1.3.", valueName: "share"))
    var dailySwing = ImportOptions().dailySwing
    @Option(help: ArgumentHelp("Hour of local solar time with the greatest demand.", valueName: "hour"))
    var peakHour = ImportOptions().peakHour
    @Option(help: ArgumentHelp("Seed of the draws from the trace, and of the scenario.", valueName: "number"))
    var seed = ImportOptions().seed
    @Option(
        help: ArgumentHelp(
            "Take energy from models whose name holds this text; the median row counts.", valueName: "text"))
    var model: String?
    @Option(
        help: ArgumentHelp("Take energy from accelerators whose name holds this text, such as H100.", valueName: "text")
    )
    var accelerator: String?
    @Option(help: ArgumentHelp("Energy and time of an input token over an output token's.", valueName: "share"))
    var inputTokenShare = ImportOptions().inputTokenShare
    @Option(help: ArgumentHelp("IT energy over accelerator energy: hosts and idle machines.", valueName: "factor"))
    var serverOverhead = ImportOptions().serverOverhead
    @Option(help: ArgumentHelp("Share of requests that may leave home.", valueName: "share"))
    var movableShare = ImportOptions().movableShare
    @Option(help: ArgumentHelp("Value lost per MWh of IT energy that is not served.", valueName: "usd"))
    var valueUsdPerMwh = ImportOptions().valueUSDPerMWh

    /// Puts the arguments into options.
    func apply(to options: inout ImportOptions) {
        options.meanITMW = scaleMw
        options.dailySwing = dailySwing
        options.peakHour = peakHour
        options.seed = seed
        options.model = model
        options.accelerator = accelerator
        options.inputTokenShare = inputTokenShare
        options.serverOverhead = serverOverhead
        options.movableShare = movableShare
        options.valueUSDPerMWh = valueUsdPerMwh
    }
}

/// What compute regions have.
struct ImportPlantArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Accelerators and connection of a region over the peak of its home load.", valueName: "factor"))
    var capacityFactor = ImportOptions().capacityFactor
    @Option(help: ArgumentHelp("Facility power over IT power of every region.", valueName: "factor"))
    var pue = ImportOptions().pue

    /// Puts the arguments into options.
    func apply(to options: inout ImportOptions) {
        options.capacityFactor = capacityFactor
        options.pue = pue
    }
}

extension ImportOptions.MissingHours: ExpressibleByArgument {}
extension ImportOptions.DuplicateStamps: ExpressibleByArgument {}
extension ImportOptions.Accounting: ExpressibleByArgument {}
