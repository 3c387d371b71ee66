internal import CoSimulation
internal import GRDB

/// Where the time of a tick went.
public struct TickProfilePoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Its start, microseconds since that of the first.
    public let startMicroseconds: Int
    /// From the end of the last tick to the end of this one, microseconds.
    public let tickMicroseconds: Int
    /// The coordinator's market, settlement and checks, microseconds.
    public let solvingMicroseconds: Int
    /// The coordinator's messages into bytes and back, microseconds.
    public let codingMicroseconds: Int
    /// The coordinator's journal, microseconds.
    public let journalMicroseconds: Int
    /// The coordinator's wait for answers, microseconds.
    public let waitingMicroseconds: Int
    /// The recorder's rows, beside the next ticks, microseconds.
    public let recordingMicroseconds: Int
}

/// A question and its answer.
public struct ExchangePoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// The agent, by number.
    public let agent: Int
    /// The phase, by name.
    public let phase: String
    /// From the start of the tick to the question, microseconds.
    public let askedMicroseconds: Int
    /// From the question to the answer, microseconds.
    public let waitMicroseconds: Int
    /// Of that the strategy, microseconds; nil where the agent says nothing.
    public let computingMicroseconds: Int?
    /// Of that the agent's messages out of bytes and into bytes, microseconds; nil where it says nothing.
    public let codingMicroseconds: Int?
}

/// What the answers of an agent took in all.
public struct AgentProfilePoint: Sendable, Equatable {
    /// The agent, by number.
    public let agent: Int
    /// How many questions it answered.
    public let exchangeCount: Int
    /// From questions to answers, microseconds.
    public let waitMicroseconds: Int
    /// Of that its strategy, microseconds; nil where it never said.
    public let computingMicroseconds: Int?
    /// Of that its messages out of bytes and into bytes, microseconds; nil where it never said.
    public let codingMicroseconds: Int?
}

extension RunSnapshot {
    /// Whether the run was profiled; runs of older versions were not.
    public func isProfiled() throws -> Bool {
        guard try db.tableExists("tick_profile") else { return false }
        return try Int.fetchOne(db, sql: "SELECT 1 FROM tick_profile LIMIT 1") != nil
    }

    /// Reads where the time of ticks went, ascending by tick; nothing of a run that was not profiled.
    public func forEachTickProfile(in ticks: Range<Int>, _ body: (TickProfilePoint) throws -> Void) throws {
        guard try isProfiled() else { return }
        let sql = """
            SELECT tick, start_microseconds, tick_microseconds, solving_microseconds, coding_microseconds,
                journal_microseconds, waiting_microseconds, recording_microseconds
            FROM tick_profile JOIN tick_timing USING (tick) WHERE tick >= ? AND tick < ? ORDER BY tick
            """
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            try body(
                TickProfilePoint(
                    tick: row.int(0), startMicroseconds: row.int(1), tickMicroseconds: row.int(2),
                    solvingMicroseconds: row.int(3), codingMicroseconds: row.int(4), journalMicroseconds: row.int(5),
                    waitingMicroseconds: row.int(6), recordingMicroseconds: row.int(7)))
        }
    }

    /// Reads questions and answers, ascending by tick, in the order of the answers.
    public func forEachExchange(in ticks: Range<Int>, _ body: (ExchangePoint) throws -> Void) throws {
        guard try isProfiled() else { return }
        let count = try agents().count
        let sql = """
            SELECT tick, agent, phase, asked_microseconds, wait_microseconds, computing_microseconds, coding_microseconds
            FROM exchange_profile WHERE tick >= ? AND tick < ? ORDER BY tick, exchange
            """
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            guard (0..<count).contains(row.int(1)) else { throw damaged("exchange_profile") }
            try body(
                ExchangePoint(
                    tick: row.int(0), agent: row.int(1), phase: row.text(2), askedMicroseconds: row.int(3),
                    waitMicroseconds: row.int(4), computingMicroseconds: row.optionalInt(5),
                    codingMicroseconds: row.optionalInt(6)))
        }
    }

    /// What the answers of each agent took in all, ascending by number; nothing of a run that was not profiled.
    public func agentProfiles() throws -> [AgentProfilePoint] {
        guard try isProfiled() else { return [] }
        let count = try agents().count
        let sql = """
            SELECT agent, count(*), sum(wait_microseconds), sum(computing_microseconds), sum(coding_microseconds)
            FROM exchange_profile GROUP BY agent ORDER BY agent
            """
        var points: [AgentProfilePoint] = []
        try db.scan(sql) { row in
            guard (0..<count).contains(row.int(0)) else { throw damaged("exchange_profile") }
            points.append(
                AgentProfilePoint(
                    agent: row.int(0), exchangeCount: row.int(1), waitMicroseconds: row.int(2),
                    computingMicroseconds: row.optionalInt(3), codingMicroseconds: row.optionalInt(4)))
        }
        return points
    }
}
