internal import CoSimulation
public import PowerGrid

/// Makes a scenario of NREL's RTS-GMLC system: its network and series by the hour, with compute regions at some buses.
///
/// It reads no clock and draws nothing: the same files and options give the same scenario.
public struct RTSImport {
    private let source: RTSSource
    private let notice: String
    private let options: RTSImportOptions
    private var log = FaultLog()

    /// The scenario. Throws `ImportError` with all that is wrong with the files, or `ScenarioError` with all that is
    /// wrong with the options.
    ///
    /// - Parameter notice: NREL's notice, which its terms ask to keep with all copies of the data.
    public static func build(
        _ source: RTSSource, notice: String, _ options: RTSImportOptions = RTSImportOptions()
    ) throws -> ImportedScenario {
        let system = try RTSGMLC(source)
        let series = try ([source.load] + source.available + source.fixed).map { try HourlyTable($0) }
        var builder = RTSImport(source: source, notice: notice, options: options)
        return try builder.build(system, series)
    }

    private init(source: RTSSource, notice: String, options: RTSImportOptions) {
        self.source = source
        self.notice = notice
        self.options = options
    }

    private mutating func build(
        _ system: RTSGMLC, _ series: [HourlyTable]
    ) throws(ScenarioError) -> ImportedScenario {
        options.check(&log)
        let first = firstHour(system.series)
        let sites = sites(system.network)
        try log.throwIfFaulty()
        guard let first else { preconditionFailure("an import without faults has a start") }
        return RTSContent(
            source: source, notice: notice, options: options, system: system, series: series, firstHour: first,
            sites: sites
        ).scenario()
    }

    /// The hour of the series at which the run starts.
    private mutating func firstHour(_ series: NetworkSeries) -> Int? {
        let place = SourcePlace(file: "--start \(Excerpt.brief(options.start))")
        guard let stamp = TimeStamp(options.start), stamp.offsetSeconds ?? 0 == 0, stamp.wallSeconds % 3600 == 0 else {
            log.add(
                .invalidTime, at: place, "", value: options.start, "it is no hour by the clock of the data.",
                remedy: "Write a date or a full hour, such as 2020-07-05 or 2020-07-05T12:00.")
            return nil
        }
        let begin = RTSContent.seconds(series.firstHour)
        let hour = Int((stamp.wallSeconds - begin) / 3600)
        guard hour >= 0, options.ticks > 0, options.ticks <= series.hourCount - hour else {
            log.add(
                .notCovered, at: place, "",
                "the series have \(series.hourCount) hours from \(CalendarDate.text(begin)), and the run is "
                    + "\(Excerpt.count(options.ticks, "hour")) long.",
                remedy: "Choose --start and --ticks within them.")
            return nil
        }
        return hour
    }

    /// Indices of the buses with a compute region.
    private mutating func sites(_ network: Network) -> [Int] {
        var found: [Int] = []
        for name in options.buses {
            let place = SourcePlace(file: "--buses \(Excerpt.brief(name))")
            guard let bus = network.buses.firstIndex(where: { "\($0.number)" == name }) else {
                log.add(
                    .unknownReference, at: place, "", value: name, "\(source.buses.name) has no bus of this number.",
                    remedy: "Name buses by `Bus ID`, with commas.")
                continue
            }
            if found.contains(bus) {
                log.add(.duplicateName, at: place, "", value: name, "the bus is named twice.", remedy: "Name it once.")
            }
            found.append(bus)
        }
        if options.buses.isEmpty {
            log.add(
                .missingKey, at: SourcePlace(file: "--buses"), "", "there is no bus for a compute region.",
                remedy: "Name at least one.")
        }
        return found
    }
}
