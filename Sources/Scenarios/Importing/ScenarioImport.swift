internal import CoSimulation

/// Makes a price-taker scenario from what publishers publish: prices and emissions by zone, round trips between cloud
/// regions, traces of requests and measured energy per token.
///
/// It reads no files and no clock: the same sources and options give the same scenario.
public struct ScenarioImport {
    private let sources: ImportSources
    private let options: ImportOptions
    private let limits: ScenarioLimits
    private var log = FaultLog()

    /// The scenario. Throws everything that is wrong with sources and options at once.
    public static func build(
        _ sources: ImportSources, _ options: ImportOptions = ImportOptions(), limits: ScenarioLimits = ScenarioLimits()
    ) throws(ScenarioError) -> ImportedScenario {
        var builder = ScenarioImport(sources: sources, options: options, limits: limits)
        return try builder.build()
    }

    private init(sources: ImportSources, options: ImportOptions, limits: ScenarioLimits) {
        self.sources = sources
        self.options = options
        self.limits = limits
    }

    private mutating func build() throws(ScenarioError) -> ImportedScenario {
        options.check(&log)
        let areOptionsRight = log.isClean
        let prices = SeriesReader(quantity: .price, options: options, limits: limits).read(sources.prices, &log)
        let emissions = SeriesReader(quantity: .emissions, options: options, limits: limits).read(
            sources.emissions, &log)
        let areSeriesRight = log.isClean
        let matrix = LatencyReader(limits: limits).read(sources.latency, &log)
        let traces = readTraces()
        let basis = readEnergy()

        let zones = ZoneChoice(prices: prices, emissions: emissions, options: options).zones(&log)
        let clock = areOptionsRight ? clock(prices, emissions) : nil
        let sites = matrix.map { matrix in
            zones.compactMap { SiteChooser(matrix: matrix, options: options).site($0, &log) }
        }
        var trips: RoundTrips?
        if let matrix, let sites { trips = RoundTrips(sites, matrix: matrix, options: options, &log) }
        var series: (prices: SampledSeries, emissions: SampledSeries)?
        if areSeriesRight, let clock { series = (sample(prices, zones, clock), sample(emissions, zones, clock)) }
        try log.throwIfFaulty()

        guard let clock, let sites, let trips, let series, let basis else {
            preconditionFailure("an import without faults is complete")
        }
        let cost = TokenCost(basis, options: options)
        let classes = traces.map { ImportedClass($0, cost, options: options) }
        let content = ImportContent(
            sources: sources, options: options, clock: clock, prices: series.prices, emissions: series.emissions,
            sites: sites, trips: trips,
            classes: classes, basis: basis, cost: cost)
        return content.scenario()
    }

    // MARK: Sources

    private mutating func readTraces() -> [RequestTrace] {
        if sources.traces.isEmpty {
            log.add(
                .missingKey, at: SourcePlace(file: "--trace"), "", "there is no trace of requests.",
                remedy: "Give one file for each workload class.")
        }
        let traces = sources.traces.compactMap { TraceReader(limits: limits).read($0, &log) }
        var files: [String: String] = [:]
        for trace in traces {
            let tokens = [trace.meanInputTokens * options.inputTokenShare, trace.meanOutputTokens]
            if !tokens.contains(where: { $0 >= 0.05 }) {
                log.add(
                    .outOfRange, at: SourcePlace(file: trace.file), "",
                    "a request takes no energy: it has no tokens, or they count for nothing.",
                    remedy: "Give a trace with tokens, and an --input-token-share above 0.")
            }
            if !ZoneChoice.isName(trace.className) {
                log.add(
                    .invalidName, at: SourcePlace(file: "--trace \(Excerpt.brief(trace.className))=\(trace.file)"), "",
                    "the class has no name.",
                    remedy: "Use letters a to z, digits, hyphens, underscores and points; begin with a letter or digit."
                )
            }
            guard let other = files.updateValue(trace.file, forKey: trace.className) else { continue }
            log.add(
                .duplicateName, at: SourcePlace(file: trace.file), "",
                "it becomes the class `\(trace.className)`, as \(other) does.",
                remedy: "Name the classes: --trace NAME=FILE.")
        }
        return traces
    }

    private mutating func readEnergy() -> EnergyBasis? {
        guard let file = sources.energy else {
            let option = options.model.map { "--model \($0)" } ?? options.accelerator.map { "--accelerator \($0)" }
            guard let option else { return .standard }
            log.add(
                .noEffect, at: SourcePlace(file: option), "", "there is no table to choose from.",
                remedy: "Give the table with --energy.")
            return nil
        }
        return EnergyReader(options: options, limits: limits).read(file, &log)
    }

    // MARK: Time

    private mutating func clock(_ prices: ZoneTable, _ emissions: ZoneTable) -> Clock? {
        let length = Int64(options.tickMinutes) * 60
        guard options.ticks <= limits.ticks, length <= 366 * 86_400 else {
            log.add(
                .outOfRange, at: SourcePlace(file: "--ticks \(options.ticks)"), "", "the run is too long.",
                remedy: "At most \(limits.ticks) ticks of a year each are accepted.")
            return nil
        }
        if let text = options.start {
            if let stamp = TimeStamp(text) {
                return Clock(
                    startSeconds: stamp.wallSeconds - (stamp.offsetSeconds ?? 0), tickSeconds: length,
                    tickCount: options.ticks)
            }
            log.add(
                .invalidTime, at: SourcePlace(file: "--start \(Excerpt.brief(text))"), "", value: text,
                "`\(Excerpt.brief(text))` is no time.",
                remedy: "Write ISO 8601 in UTC, such as 2024-07-08T00:00Z.")
            return nil
        }
        guard let first = prices.firstSeconds, let other = emissions.firstSeconds else { return nil }
        let latest = max(first, other)
        let start = latest + ((-latest) % length + length) % length
        return Clock(startSeconds: start, tickSeconds: length, tickCount: options.ticks)
    }

    /// The values of the zones, as far as they are there; what is missing is logged.
    private mutating func sample(_ table: ZoneTable, _ zones: [String], _ clock: Clock) -> SampledSeries {
        guard covers(table, clock) else { return SampledSeries(table: table, values: [:], report: SeriesReport()) }
        var sampler = ZoneSampler(table: table, clock: clock, options: options)
        var values: [String: [Double]] = [:]
        for zone in zones { values[zone] = sampler.sample(zone, &log) }
        return SampledSeries(table: table, values: values, report: sampler.report)
    }

    /// Whether the files reach over the run; one fault for all zones where they do not.
    private mutating func covers(_ table: ZoneTable, _ clock: Clock) -> Bool {
        guard let first = table.firstSeconds, let last = table.lastSeconds(tickSeconds: clock.tickSeconds) else {
            return false
        }
        let end = clock.seconds(atTick: clock.tickCount)
        let place = SourcePlace(file: table.files.first ?? "")
        if first > clock.startSeconds {
            log.add(
                .notCovered, at: place, "",
                "\(table.quantity.noun) begin at \(CalendarDate.text(first)), but the run at "
                    + "\(CalendarDate.text(clock.startSeconds)).",
                remedy: "Start then or later, with --start.")
            return false
        }
        guard last < end, options.missing != .hold || last <= clock.startSeconds else { return true }
        let ticks = (last - clock.startSeconds) / clock.tickSeconds
        log.add(
            .notCovered, at: place, "",
            "\(table.quantity.noun) end at \(CalendarDate.text(last)), but the run at \(CalendarDate.text(end)).",
            remedy: ticks > 0
                ? "Give more rows, or shorten the run with --ticks \(ticks)." : "Start earlier, with --start.")
        return false
    }
}
