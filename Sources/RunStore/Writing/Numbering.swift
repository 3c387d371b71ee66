internal import CoSimulation
internal import GRDB
internal import InferencePlacement

/// Numbers given during a run: areas and technologies as they appear, and sets of bid options as they change.
///
/// A value: a batch works on a copy, which counts once the batch is on disk. It holds the last options of each node and
/// class and nothing older, so that its size does not grow with the run.
struct Numbering {
    private struct AreaKey: Hashable {
        let gridOperator: Int
        let name: String
    }

    private var areas: [AreaKey: Int] = [:]
    private var technologies: [String: Int] = [:]
    private var optionSets: [Int: (number: Int, options: [PlacementOption])] = [:]
    private var lastOptionSet = 0

    /// Numbers for a run of which nothing is recorded.
    init() {}

    /// The numbers given so far in a database, so that a run that is gone on with has the rows of one that never stopped.
    init(continuing db: Database, layout: RunLayout) throws {
        for row in try Row.fetchAll(db, sql: "SELECT grid_operator, name, area FROM area") {
            areas[AreaKey(gridOperator: row[0], name: row[1])] = row[2]
        }
        for row in try Row.fetchAll(db, sql: "SELECT name, technology FROM technology") {
            technologies[row[0]] = row[1]
        }
        lastOptionSet = try Int.fetchOne(db, sql: "SELECT max(option_set) FROM bid") ?? 0
        let lastSets = """
            SELECT service, workload_class, option_set FROM bid AS last WHERE option_set IS NOT NULL AND tick =
                (SELECT max(tick) FROM bid WHERE service = last.service AND workload_class = last.workload_class)
            """
        for row in try Row.fetchAll(db, sql: lastSets) {
            let line = layout.line(service: layout.service(ofAgent: row[0]), workloadClass: row[1])
            optionSets[line] = (row[2], try Self.options(ofSet: row[2], in: db, layout: layout))
        }
    }

    private static func options(ofSet number: Int, in db: Database, layout: RunLayout) throws -> [PlacementOption] {
        let sql = """
            SELECT region, friction_usd_per_request, delay_seconds, delay_seconds_per_request FROM bid_option
            WHERE option_set = ? ORDER BY region
            """
        return try Row.fetchAll(db, sql: sql, arguments: [number]).map { row in
            PlacementOption(
                region: layout.region(ofAgent: row[0]), frictionUSDPerRequest: row[1], delaySeconds: row[2],
                delaySecondsPerRequest: row[3])
        }
    }

    /// The number of an area, and whether it is new.
    mutating func area(_ name: String, ofGridOperator gridOperator: Int) -> (number: Int, isNew: Bool) {
        let key = AreaKey(gridOperator: gridOperator, name: name)
        if let number = areas[key] { return (number, false) }
        areas[key] = areas.count
        return (areas.count - 1, true)
    }

    /// The number of a technology, and whether it is new.
    mutating func technology(_ name: String) -> (number: Int, isNew: Bool) {
        if let number = technologies[name] { return (number, false) }
        technologies[name] = technologies.count
        return (technologies.count - 1, true)
    }

    /// The number of the options of a bid line, and whether they differ from the line's last ones.
    mutating func optionSet(_ options: [PlacementOption], ofLine line: Int) -> (number: Int, isNew: Bool) {
        if let last = optionSets[line], last.options == options { return (last.number, false) }
        lastOptionSet += 1
        optionSets[line] = (lastOptionSet, options)
        return (lastOptionSet, true)
    }
}
