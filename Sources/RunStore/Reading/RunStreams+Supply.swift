internal import GRDB

/// Generation of a technology in a balancing area in a tick.
public struct TechnologyPoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Number of the area.
    public let area: Int
    /// Number of the technology.
    public let technology: Int
    /// Output, MW.
    public let outputMW: Double
}

/// How long the coordinator waited for an agent over a run; differs from run to run.
public struct WaitPoint: Sendable, Equatable {
    /// The agent, by number.
    public let agent: Int
    /// Ticks with a wait recorded.
    public let tickCount: Int
    /// Ticks in which no other agent was waited for longer; of equal waits that of the lowest number counts.
    public let slowestTickCount: Int
    /// Mean of the longest wait of a tick, microseconds.
    public let meanMicroseconds: Double
    /// Longest wait, microseconds.
    public let longestMicroseconds: Int
}

extension RunSnapshot {
    /// Names of the generation technologies seen so far, by number.
    public func technologies() throws -> [String] { try names("SELECT name FROM technology ORDER BY technology") }

    /// Reads what technologies generated, ascending by tick, then area, then technology.
    public func forEachTechnology(before end: Int, _ body: (TechnologyPoint) throws -> Void) throws {
        let (areaCount, technologyCount) = (try areas().count, try technologies().count)
        let sql = """
            SELECT tick, area, technology, output_mw FROM technology_output WHERE tick < ? ORDER BY tick, area, technology
            """
        try db.scan(sql, end) { row in
            guard row.int(0) >= 0, (0..<areaCount).contains(row.int(1)), (0..<technologyCount).contains(row.int(2))
            else { throw damaged("technology_output") }
            try body(
                TechnologyPoint(
                    tick: row.int(0), area: row.int(1), technology: row.int(2), outputMW: row.double(3)))
        }
    }

    /// Reads the PUE that regions offered, ascending by tick, then region; none where there was no offer.
    public func forEachOfferedPUE(
        in ticks: Range<Int>, _ body: (_ tick: Int, _ region: Int, _ pue: Double) throws -> Void
    ) throws {
        let agents = try agents()
        let sql = "SELECT tick, region, pue FROM offer WHERE tick >= ? AND tick < ? ORDER BY tick, region"
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            guard row.int(0) >= 0, agents.isRegion(row.int(1)) else { throw damaged("offer") }
            try body(row.int(0), row.int(1), row.double(2))
        }
    }

    /// Waits of the first ticks by agent, ascending by number; agents nobody waited for are left out.
    public func waits(beforeTick end: Int) throws -> [WaitPoint] {
        let count = try agents().count
        let sql = """
            SELECT agent, count(*), sum(place = 1), avg(wait_microseconds), max(wait_microseconds) FROM (
                SELECT agent, wait_microseconds,
                    row_number() OVER (PARTITION BY tick ORDER BY wait_microseconds DESC, agent) AS place
                FROM wait WHERE tick < ?)
            GROUP BY agent ORDER BY agent
            """
        var waits: [WaitPoint] = []
        try db.scan(sql, end) { row in
            guard (0..<count).contains(row.int(0)) else { throw damaged("wait") }
            waits.append(
                WaitPoint(
                    agent: row.int(0), tickCount: row.int(1), slowestTickCount: row.int(2),
                    meanMicroseconds: row.double(3), longestMicroseconds: row.int(4)))
        }
        return waits
    }
}
