internal import CoSimulation
internal import RunStore

/// An agent of a run as it stands at one moment.
struct LiveAgent: Sendable {
    /// What an agent is doing.
    enum State: String, Sendable {
        /// It answers when it is asked.
        case inStep = "in step"
        /// The tick under way waits for it.
        case waitedFor = "waited for"
        /// Its process was started again and is told its past.
        case restarting
        /// Its process is stopped.
        case stopped
        /// The run goes on without it.
        case absent
        /// The scenario has it out of service.
        case outage
        /// Its process is gone.
        case gone
        /// The run is over.
        case over
    }

    /// What its state is judged by.
    struct Context {
        let launch: LaunchState?
        let waiting: LaunchState.Waiting?
        let absences: [AgentAbsence]
        let isOver: Bool
        let tickCount: Int
    }

    let number: Int
    let name: String
    let role: AgentRole
    let state: State
    let restarts: Int
    let waits: AgentWaits.Tally
    /// Share of ticks in which it was waited for longest.
    let slowestShare: Double

    init(_ agent: RunAgent, waits: AgentWaits.Tally, in context: Context) {
        (number, name, role) = (agent.number, agent.name, agent.role)
        self.waits = waits
        slowestShare = context.tickCount > 0 ? Double(waits.slowestCount) / Double(context.tickCount) : 0
        let process = context.launch?.processes.first { $0.name == agent.name }
        restarts = process?.restarts ?? 0
        state =
            switch (context.isOver, process?.state) {
            case (true, _): .over
            case (_, .restarting): .restarting
            case (_, .stopped): .stopped
            default: Self.state(of: agent, process: process, in: context)
            }
    }

    private static func state(of agent: RunAgent, process: LaunchState.Process?, in context: Context) -> State {
        if let absence = context.absences.first(where: { $0.agent == agent.number }) {
            return absence.isPlanned ? .outage : .absent
        }
        if process?.state == .gone { return .gone }
        return context.waiting?.agents.contains(agent.name) == true ? .waitedFor : .inStep
    }

    /// Mean wait, microseconds; nil where nobody waited for it.
    var meanMicroseconds: Double? { waits.tickCount > 0 ? Double(waits.total) / Double(waits.tickCount) : nil }

    /// For the dashboard's page; waits in milliseconds.
    var json: JSON {
        [
            "state": .text(state.rawValue), "restarts": .number(Double(restarts)),
            "last": .brief(Double(waits.last) / 1000), "mean": .brief(meanMicroseconds.map { $0 / 1000 }),
            "longest": .brief(Double(waits.longest) / 1000), "slowest": .brief(slowestShare),
        ]
    }
}
