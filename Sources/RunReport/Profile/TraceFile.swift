internal import CoSimulation
internal import Foundation
public import RunStore

/// The course of a profiled run for a trace viewer, in Chrome's trace event format: Perfetto (ui.perfetto.dev) and
/// `chrome://tracing` open it.
///
/// One track has the ticks, one their phases, and each agent has one with its answers. The strategy's part of an answer is
/// drawn in the middle of the wait, since clocks of processes are not compared.
public struct TraceFile {
    /// Most answers that a file has unless ticks are chosen.
    public static let defaultExchanges = 100_000

    private let run: RunReader
    /// The ticks it has.
    public let ticks: Range<Int>

    /// A trace of some ticks of a run; of the first ones, as many as are easily looked at, where none are chosen.
    ///
    /// Throws `RunStoreError`.
    public init(of run: RunReader, ticks: Range<Int>? = nil) throws {
        self.run = run
        let last = try run.position().map { $0.tick + 1 } ?? 0
        if let ticks {
            self.ticks = ticks.clamped(to: 0..<last)
            return
        }
        let answers = try run.read { try $0.agentProfiles() }.reduce(0) { $0 + $1.exchangeCount }
        let perTick = max(1, answers / max(1, last))
        self.ticks = 0..<min(last, max(1, Self.defaultExchanges / perTick))
    }

    /// Writes the file. Throws what the file system or the database says.
    public func write(to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try Data().write(to: url)
        let file = try FileHandle(forWritingTo: url)
        defer { try? file.close() }
        try file.write(contentsOf: Data("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n".utf8))
        var pending = tracks.map(\.text).joined(separator: ",\n")
        try run.read { snapshot in
            var tick = 0
            var profiles: [TickProfilePoint] = []
            try snapshot.forEachTickProfile(in: ticks) { profiles.append($0) }
            var phases: [Span] = []
            func add(_ event: JSON) throws {
                pending += ",\n" + event.text
                guard pending.utf8.count > 1 << 20 else { return }
                try file.write(contentsOf: Data(pending.utf8))
                pending = ""
            }
            func closePhases() throws {
                for phase in phases { try add(phase.event(track: 1)) }
                phases = []
            }
            for profile in profiles { try add(Self.event(of: profile)) }
            let starts = Dictionary(uniqueKeysWithValues: profiles.map { ($0.tick, $0.startMicroseconds) })
            try snapshot.forEachExchange(in: ticks) { exchange in
                guard let start = starts[exchange.tick] else { return }
                if exchange.tick != tick { try closePhases() }
                tick = exchange.tick
                let asked = start + exchange.askedMicroseconds
                let span = Span(name: exchange.phase, start: asked, end: asked + exchange.waitMicroseconds)
                if let last = phases.last, last.name == span.name, span.start <= last.end {
                    phases[phases.count - 1].end = max(last.end, span.end)
                } else {
                    phases.append(span)
                }
                try add(span.event(agent: exchange.agent, tick: tick))
                if let strategy = span.strategy(of: exchange) {
                    try add(strategy.event(agent: exchange.agent, tick: tick))
                }
            }
            try closePhases()
        }
        try file.write(contentsOf: Data((pending + "\n]}\n").utf8))
    }

    /// Something that took a while, microseconds.
    private struct Span {
        let name: String
        let start: Int
        var end: Int

        /// The strategy's part of an answer, in the middle of it.
        func strategy(of exchange: ExchangePoint) -> Span? {
            guard let computing = exchange.computingMicroseconds, computing > 0, computing <= end - start else {
                return nil
            }
            let begin = start + (end - start - computing) / 2
            return Span(name: "computing", start: begin, end: begin + computing)
        }

        func event(track: Int) -> JSON { event(process: 1, thread: track, .object([])) }

        func event(agent: Int, tick: Int) -> JSON {
            event(process: 2, thread: agent, ["tick": .number(Double(tick))])
        }

        private func event(process: Int, thread: Int, _ arguments: JSON) -> JSON {
            [
                "name": .text(name), "ph": "X", "ts": .number(Double(start)), "dur": .number(Double(end - start)),
                "pid": .number(Double(process)), "tid": .number(Double(thread)), "args": arguments,
            ]
        }
    }

    private static func event(of profile: TickProfilePoint) -> JSON {
        func number(_ value: Int) -> JSON { .number(Double(value)) }
        return [
            "name": .text("tick \(profile.tick)"), "ph": "X", "ts": number(profile.startMicroseconds),
            "dur": number(profile.tickMicroseconds), "pid": 1, "tid": 0,
            "args": [
                "solving_us": number(profile.solvingMicroseconds), "coding_us": number(profile.codingMicroseconds),
                "journal_us": number(profile.journalMicroseconds), "waiting_us": number(profile.waitingMicroseconds),
                "recording_us": number(profile.recordingMicroseconds),
            ],
        ]
    }

    /// Names of the tracks.
    private var tracks: [JSON] {
        func name(_ kind: String, _ process: Int, _ thread: Int, _ name: String) -> JSON {
            [
                "name": .text(kind), "ph": "M", "pid": .number(Double(process)), "tid": .number(Double(thread)),
                "args": ["name": .text(name)],
            ]
        }
        return [
            name("process_name", 1, 0, "coordinator"), name("thread_name", 1, 0, "ticks"),
            name("thread_name", 1, 1, "phases"), name("process_name", 2, 0, "agents"),
        ] + run.agents.map { name("thread_name", 2, $0.number, $0.name) }
    }
}
