public import CoSimulation
internal import GRDB
public import InferencePlacement

/// A run at one moment: facts, and rows in the order of ticks, one at a time. Valid within `RunReader.read` only.
public struct RunSnapshot {
    let db: Database
    let path: String

    init(_ db: Database, path: String) {
        self.db = db
        self.path = path
    }

    /// What the run is and how far it is.
    public func facts() throws -> RunFacts {
        let sql = """
            SELECT name, seed, scenario_digest, baseline_digest, start_utc_seconds, tick_seconds, planned_ticks, mechanism,
                carbon_price_usd_per_kg, status, status_text, final_digest, gridtide_version, coupling, coupling_damping,
                coupling_tolerance_mw, coupling_round_limit, coupling_gap FROM run
            """
        var facts: RunFacts?
        try db.scan(sql) { row in
            guard let seed = UInt64(row.text(1)), let scenario = Digest(hexadecimal: row.text(2)),
                let baseline = Digest(hexadecimal: row.text(3)), let status = RunStatus(rawValue: row.text(9)),
                let coupling = Coupling.Kind(rawValue: row.text(13)),
                row.int(5) > 0,
                row.int(6) > 0
            else { return }
            let clock = Clock(startSeconds: Int64(row.int(4)), tickSeconds: Int64(row.int(5)), tickCount: row.int(6))
            facts = RunFacts(
                name: row.text(0), seed: seed, scenarioDigest: scenario, baselineDigest: baseline, clock: clock,
                mechanism: row.text(7), carbonPriceUSDPerKg: row.double(8),
                coupling: Coupling(
                    coupling, damping: row.double(14), toleranceMW: row.double(15), roundLimit: row.int(16),
                    gap: row.double(17)),
                status: status, statusText: row.text(10),
                finalDigest: Digest(hexadecimal: row.text(11)), gridtideVersion: row.text(12))
        }
        guard let facts else { throw damaged("run") }
        return facts
    }

    /// The agents; an agent's number is its place.
    public func agents() throws -> [RunAgent] {
        let sql = """
            SELECT agent, name, role, strategy, latitude_degrees, longitude_degrees, grid_operator, bus, home_region
            FROM agent ORDER BY agent
            """
        var agents: [RunAgent] = []
        try db.scan(sql) { row in
            guard let role = AgentRole(rawValue: row.text(2)), row.int(0) == agents.count else {
                throw damaged("agent")
            }
            var location: Location?
            if let latitude = row.optional(4), let longitude = row.optional(5) {
                location = Location(latitudeDegrees: latitude, longitudeDegrees: longitude)
            }
            agents.append(
                RunAgent(
                    number: row.int(0), name: row.text(1), role: role, strategy: row.text(3), location: location,
                    gridOperator: row.optionalInt(6), bus: role == .computeRegion ? row.text(7) : nil,
                    homeRegion: row.optionalInt(8)))
        }
        guard agents.allSatisfy({ Self.isConnected($0, among: agents) }) else { throw damaged("agent") }
        return agents
    }

    /// Whether a region has a grid operator and a service node a home.
    private static func isConnected(_ agent: RunAgent, among agents: [RunAgent]) -> Bool {
        func role(_ number: Int?) -> AgentRole? {
            number.flatMap { agents.indices.contains($0) ? agents[$0].role : nil }
        }
        return switch agent.role {
        case .gridOperator: true
        case .computeRegion: role(agent.gridOperator) == .gridOperator
        case .serviceNode: role(agent.homeRegion) == .computeRegion
        }
    }

    /// The balancing areas seen so far; an area's number is its place.
    public func areas() throws -> [RunArea] {
        let agents = try agents()
        var areas: [RunArea] = []
        try db.scan("SELECT area, grid_operator, name FROM area ORDER BY area") { row in
            guard row.int(0) == areas.count, agents.indices.contains(row.int(1)),
                agents[row.int(1)].role == .gridOperator
            else { throw damaged("area") }
            areas.append(RunArea(number: row.int(0), gridOperator: row.int(1), name: row.text(2)))
        }
        return areas
    }

    /// The balancing area of each compute region's bus, by agent number; nil for other agents, and where no dispatch named
    /// an area.
    public func areaOfRegion() throws -> [Int?] {
        let areaCount = try areas().count
        let sql = "SELECT area FROM region_outcome WHERE region = ? AND area IS NOT NULL ORDER BY tick LIMIT 1"
        return try agents().map { agent in
            guard agent.role == .computeRegion else { return nil }
            var area: Int?
            try db.scan(sql, agent.number) { row in area = row.int(0) }
            guard area.map((0..<areaCount).contains) ?? true else { throw damaged("region_outcome") }
            return area
        }
    }

    /// Names of the workload classes, by number.
    public func classNames() throws -> [String] { try names("SELECT name FROM workload_class ORDER BY workload_class") }

    /// Names of the compute resources, by number.
    public func resourceNames() throws -> [String] { try names("SELECT name FROM resource ORDER BY resource") }

    /// The layer of work from a service node in a region (MODEL 1.11), by agent number of node and region.
    public func layers() throws -> [[RelocationLayer?]] {
        let count = try agents().count
        var layers = [[RelocationLayer?]](repeating: Array(repeating: nil, count: count), count: count)
        try db.scan("SELECT service, region, layer FROM route ORDER BY service, region") { row in
            guard let layer = RelocationLayer(rawValue: row.text(2)), layers.indices.contains(row.int(0)),
                layers.indices.contains(row.int(1))
            else { throw damaged("route") }
            layers[row.int(0)][row.int(1)] = layer
        }
        return layers
    }

    /// Demand-response events of the scenario; regions are agent numbers.
    public func gridEvents() throws -> [GridEvent] {
        let sql = """
            SELECT name, region, from_tick, to_tick, kind, amount_mw, price_usd_per_mwh FROM grid_event ORDER BY grid_event
            """
        var events: [GridEvent] = []
        try db.scan(sql) { row in
            guard row.int(2) <= row.int(3) else { throw damaged("grid_event") }
            let kind: GridEvent.Kind
            switch (row.text(4), row.optional(5), row.optional(6)) {
            case ("curtailment", let amount?, let price?):
                kind = .curtailment(reductionMW: amount, priceUSDPerMWh: price)
            case ("cap", let amount?, nil): kind = .cap(capMW: amount)
            case ("price-spike", nil, let price?): kind = .priceSpike(adderUSDPerMWh: price)
            default: throw damaged("grid_event")
            }
            events.append(
                GridEvent(name: row.text(0), region: row.int(1), ticks: row.int(2)..<row.int(3), kind: kind))
        }
        return events
    }

    /// The round trip from a service node to a region, ms, by agent number of node and region; nil where there is no way.
    public func roundTripsMilliseconds() throws -> [[Double?]] {
        let count = try agents().count
        var roundTrips = [[Double?]](repeating: Array(repeating: nil, count: count), count: count)
        try db.scan("SELECT service, region, round_trip_ms FROM route ORDER BY service, region") { row in
            guard roundTrips.indices.contains(row.int(0)), roundTrips.indices.contains(row.int(1)) else {
                throw damaged("route")
            }
            roundTrips[row.int(0)][row.int(1)] = row.optional(2)
        }
        return roundTrips
    }

    /// The last tick on disk, nil if there is none.
    public func position() throws -> RunPosition? {
        var position: RunPosition?
        try db.scan("SELECT tick, digest FROM tick ORDER BY tick DESC LIMIT 1") { row in
            guard let digest = Digest(bytes: row.bytes(1)) else { throw damaged("tick") }
            position = RunPosition(tick: row.int(0), digest: digest)
        }
        return position
    }

    /// The digest of the chain up to a tick, nil if the tick is not on disk.
    public func digest(atTick tick: Int) throws -> Digest? {
        var digest: Digest?
        try db.scan("SELECT digest FROM tick WHERE tick = ?", tick) { row in digest = Digest(bytes: row.bytes(0)) }
        return digest
    }

    /// Events, in the order they were recorded.
    public func events() throws -> [RunEvent] {
        var events: [RunEvent] = []
        try db.scan("SELECT tick, kind, agent, text FROM event ORDER BY event") { row in
            events.append(
                RunEvent(tick: row.optionalInt(0), kind: row.text(1), agent: row.optionalInt(2), text: row.text(3)))
        }
        return events
    }

    /// How many absences and violations the first ticks hold.
    public func faultCounts(beforeTick end: Int) throws -> (absences: Int, violations: Int) {
        var counts = (absences: 0, violations: 0)
        try db.scan("SELECT count(*) FROM absence WHERE tick < ?", end) { row in counts.absences = row.int(0) }
        try db.scan("SELECT count(*) FROM violation WHERE tick < ?", end) { row in counts.violations = row.int(0) }
        return counts
    }

    func damaged(_ table: String) -> RunStoreError {
        RunStoreError(
            .notADatabase, path: path, "a row makes no sense", table: table,
            remedy: "The file is damaged or was edited; record the run again from its journal")
    }

    func names(_ sql: String) throws -> [String] {
        var names: [String] = []
        try db.scan(sql) { row in names.append(row.text(0)) }
        return names
    }
}
