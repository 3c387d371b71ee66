package import CoSimulation

/// One agent's side of a run: what it answers to what it is asked. It does no I/O; `AgentProcess` lends it a link.
package struct AgentPlayer {
    /// Why an agent cannot play, as the coordinator is told.
    package struct Inability: Error {
        /// The reason.
        package let text: String
        /// The setting that is refused, where it is one.
        package let setting: ParameterError?

        init(text: String, setting: ParameterError? = nil) {
            self.text = text
            self.setting = setting
        }
    }

    private let role: AgentRole
    private var program: AgentProgram
    /// A question that comes again gets the same answer, and the strategy does not hear of it.
    private var last: (ask: Ask, reply: Reply)?

    /// An agent as it was welcomed.
    package init(
        number: Int, seed: UInt64, strategy: String, setup: AgentSetup, catalogue: AgentCatalogue
    ) throws(Inability) {
        role = setup.role
        guard let entry = catalogue.entry(role, strategy) else {
            throw Inability(
                text: "strategy '\(strategy)' is not in this program's catalogue of \(role.rawValue) strategies")
        }
        do {
            program = try AgentProgram(
                number: number, seed: seed, entry: entry, setup: try setup.checked(by: entry.fields))
        } catch {
            throw Inability(
                text: "its settings are refused: \(error.path): \(error.problem). \(error.remedy)", setting: error)
        }
    }

    /// Answers a question.
    package mutating func answer(_ ask: Ask) throws(Inability) -> Reply {
        guard ask.question.fits(role) else {
            throw Inability(
                text: "tick \(ask.tick): it was asked as another role than its own, \(role.rawValue)")
        }
        let reply = if let last, last.ask == ask { last.reply } else { program.answer(ask) }
        last = (ask, reply)
        return reply
    }
}
