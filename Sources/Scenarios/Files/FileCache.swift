internal import CoSimulation

/// Reads each file of a scenario once.
struct FileCache {
    let folder: ScenarioFolder
    let limits: ScenarioLimits
    /// Names of the files read, in the order they were first asked for.
    private(set) var files: [String] = []
    private var tables: [String: Result<CSVTable, TableProblems>] = [:]
    private var timelines: [TimelineKey: Timeline.Outcome] = [:]
    private var totalBytes = 0

    /// What is wrong with a file, all of it.
    struct TableProblems: Error {
        let problems: [CSVParser.Problem]
    }

    private struct TimelineKey: Hashable {
        let file: String
        let startSeconds: Int64
        let tickSeconds: Int64
        let tickCount: Int
        let zone: TimeZoneRule
    }

    init(folder: ScenarioFolder, limits: ScenarioLimits) {
        self.folder = folder
        self.limits = limits
    }

    /// The main text of a scenario.
    mutating func yaml(_ name: String) throws(FileProblem) -> [UInt8] {
        let bytes = try folder.bytes(of: name, limit: limits.yamlBytes)
        files.append(name)
        return bytes
    }

    /// The bytes of a text file that a strategy reads itself.
    mutating func text(_ name: String) throws(FileProblem) -> [UInt8] {
        let bytes = try folder.bytes(of: name, limit: limits.csvBytes)
        if !files.contains(name) { files.append(name) }
        return bytes
    }

    /// The table of a CSV file; a problem that is not at a line of it comes without one.
    mutating func table(_ name: String) throws(TableProblems) -> CSVTable {
        if let known = tables[name] { return try known.get() }
        let result = load(name)
        tables[name] = result
        return try result.get()
    }

    /// The times of the rows of a table, worked out once for each clock and time zone.
    mutating func timeline(of table: CSVTable, clock: Clock, zone: TimeZoneRule) -> Timeline.Outcome {
        let key = TimelineKey(
            file: table.file, startSeconds: clock.startSeconds, tickSeconds: clock.tickSeconds,
            tickCount: clock.tickCount, zone: zone)
        if let known = timelines[key] { return known }
        let outcome = Timeline.of(table, clock: clock, zone: zone)
        timelines[key] = outcome
        return outcome
    }

    private mutating func load(_ name: String) -> Result<CSVTable, TableProblems> {
        do throws(FileProblem) {
            let bytes = try folder.bytes(of: name, limit: limits.csvBytes)
            files.append(name)
            totalBytes += bytes.count
            guard totalBytes <= limits.totalBytes else {
                throw FileProblem(
                    code: .tooLarge, problem: "the CSV files have more than \(limits.totalBytes) bytes together.",
                    remedy: "Keep only the rows and columns the scenario needs.")
            }
            let (table, problems) = CSVParser.parse(file: name, bytes: bytes, limits: limits)
            return problems.isEmpty ? .success(table) : .failure(TableProblems(problems: problems))
        } catch {
            let place = SourcePlace(file: name)
            return .failure(
                TableProblems(problems: [
                    .init(code: error.code, place: place, problem: error.problem, remedy: error.remedy)
                ]))
        }
    }
}
