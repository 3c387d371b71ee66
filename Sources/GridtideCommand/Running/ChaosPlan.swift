internal import CoSimulation

/// What chaos does to a run: which process is struck in which tick, and how. Decided by a seed alone.
struct ChaosPlan: Sendable {
    /// What is done to a process.
    enum Blow: String, Sendable {
        /// SIGKILL.
        case kill
        /// SIGSTOP for good.
        case stop
        /// SIGSTOP, and SIGCONT after a while.
        case delay
    }

    /// A blow against a process.
    struct Strike: Sendable, Equatable {
        /// It falls when so many ticks are finished.
        let tick: Int
        let name: String
        let blow: Blow
    }

    /// The strikes, ascending by tick.
    private(set) var strikes: [Strike]

    /// Coordinator and recorder are killed, two agents are killed, one is stopped and one delayed, each in a tick of its own
    /// among the first three quarters of the run.
    init(seed: UInt64, agents: [String], tickCount: Int) {
        var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .signalling)
        let victims = agents.shuffled(using: &random)
        let blows: [Blow] = [.kill, .kill, .stop, .delay]
        let all: [(String, Blow)] =
            [(Child.coordinatorName, .kill), (Hello.recorderName, .kill)]
            + zip(blows.indices, blows).map { (victims[$0 % victims.count], $1) }
        strikes = all.map { name, blow in
            Strike(tick: Int.random(in: 0...max(1, tickCount * 3 / 4), using: &random), name: name, blow: blow)
        }.sorted { ($0.tick, $0.name, $0.blow.rawValue) < ($1.tick, $1.name, $1.blow.rawValue) }
    }

    /// Keeps a strike for later.
    mutating func putBack(_ strike: Strike) { strikes.insert(strike, at: 0) }

    /// Takes the strikes that are due when so many ticks are finished.
    mutating func due(finishedTicks: Int) -> [Strike] {
        let due = strikes.prefix { $0.tick <= finishedTicks }
        strikes.removeFirst(due.count)
        return Array(due)
    }
}
