internal import GRDB

/// A tick of a run that is being watched: totals, and how long it took.
public struct LiveTick: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// IT energy that ran away from its home region, MWh.
    public let relocatedMWh: Double
    /// How long the tick took, microseconds; nil where it was recomputed from the journal.
    public let microseconds: Int?
}

/// An agent and how long the coordinator waited for it in a tick.
public struct AgentWait: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// The agent, by number.
    public let agent: Int
    /// From question to answer, longest phase, microseconds.
    public let microseconds: Int
}

/// An agent that was not asked, or did not answer, in a tick.
public struct AgentAbsence: Sendable, Equatable {
    /// The agent, by number.
    public let agent: Int
    /// Whether the scenario wanted it so; else the agent was lost or silent.
    public let isPlanned: Bool
}

// What is read of a run while it goes on, a few ticks at a time.
extension RunSnapshot {
    /// Reads totals of ticks, ascending.
    public func forEachLiveTick(in ticks: Range<Int>, _ body: (LiveTick) throws -> Void) throws {
        let sql = """
            SELECT tick.tick,
                (SELECT coalesce(sum(award.it_energy_mwh), 0) FROM award JOIN agent ON agent.agent = award.service
                 WHERE award.tick = tick.tick AND award.region <> agent.home_region),
                timing.tick_microseconds
            FROM tick LEFT JOIN tick_timing AS timing ON timing.tick = tick.tick
            WHERE tick.tick >= ? AND tick.tick < ? ORDER BY tick.tick
            """
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            try body(LiveTick(tick: row.int(0), relocatedMWh: row.double(1), microseconds: row.optionalInt(2)))
        }
    }

    /// Reads who was waited for, ascending by tick, then agent.
    public func forEachWait(in ticks: Range<Int>, _ body: (AgentWait) throws -> Void) throws {
        let count = try agents().count
        let sql = "SELECT tick, agent, wait_microseconds FROM wait WHERE tick >= ? AND tick < ? ORDER BY tick, agent"
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            guard (0..<count).contains(row.int(1)) else { throw damaged("wait") }
            try body(AgentWait(tick: row.int(0), agent: row.int(1), microseconds: row.int(2)))
        }
    }

    /// Agents that took no part in a tick or in a phase of it, ascending by number; a loss counts before an outage.
    public func absences(inTick tick: Int) throws -> [AgentAbsence] {
        let count = try agents().count
        let sql = """
            SELECT agent, min(planned) FROM (
                SELECT agent, 0 AS planned FROM absence WHERE tick = ?
                UNION ALL SELECT agent, 1 FROM agent_fault WHERE tick = ? AND kind = 'outage')
            GROUP BY agent ORDER BY agent
            """
        var absences: [AgentAbsence] = []
        try db.scan(sql, tick, tick) { row in
            guard (0..<count).contains(row.int(0)) else { throw damaged("absence") }
            absences.append(AgentAbsence(agent: row.int(0), isPlanned: row.int(1) == 1))
        }
        return absences
    }
}
