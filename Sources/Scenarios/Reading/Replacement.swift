internal import CoSimulation

/// Another strategy in the place of one of a scenario's agents, with the settings that stand there.
public struct Replacement: Sendable, Equatable, Codable {
    /// Who plays from now on.
    public enum Player: Sendable, Equatable, Codable {
        /// A program of its own: what its strategy is called, and how it is started.
        case program(name: String, command: [String])
        /// A strategy of the catalogue.
        case strategy(String)
    }

    /// Name of the agent whose place is taken.
    public var agent: String
    /// Who takes it.
    public var player: Player
    /// Its settings as YAML; nil takes those of the agent that was there.
    public var settings: String?

    /// A replacement from its parts; with the settings that stand there unless given.
    public init(agent: String, player: Player, settings: String? = nil) {
        self.agent = agent
        self.player = player
        self.settings = settings
    }

    var place: SourcePlace { SourcePlace(file: "--replace \(Excerpt.brief(agent, limit: 80))") }

    /// An agent's entry with another strategy in it. Throws when the settings given are no section.
    func applied(to row: ScenarioNode, _ role: AgentRole) throws(Override.Problem) -> ScenarioNode {
        let common = Set(ScenarioSchema.agentFields(role).map(\.name))
        var site = row.entries.filter { common.contains($0.key) && $0.key != "strategy" }
        let settings = try givenSettings() ?? row.entries.filter { !common.contains($0.key) } + foreignSettings(row)
        let strategy: ScenarioNode
        switch player {
        case .strategy(let name):
            strategy = text(name)
            site += settings
        case .program(let name, let command):
            let words = ScenarioNode(content: .list(command.map(text)), place: place)
            strategy = ScenarioNode(
                content: .map([
                    entry("name", text(name)), entry("exec", words),
                    entry("parameters", ScenarioNode(content: .map(settings), place: row.place)),
                ]), place: place)
        }
        return ScenarioNode(content: .map(site + [entry("strategy", strategy)]), place: row.place)
    }

    /// The settings of a program that was there.
    private func foreignSettings(_ row: ScenarioNode) -> [ScenarioNode.Entry] {
        row["strategy"]?["parameters"]?.entries ?? []
    }

    private func givenSettings() throws(Override.Problem) -> [ScenarioNode.Entry]? {
        guard let settings else { return nil }
        do {
            let node = try YAMLReader(file: place.file, limits: ScenarioLimits()).read(settings)
            if node.isNull { return [] }
            if case .map(let entries) = node.content { return entries }
        } catch {
            throw Override.Problem(problem: "its settings are not usable: \(error.problem)", remedy: error.remedy)
        }
        throw Override.Problem(problem: "its settings are no section.", remedy: "Write {name: value, …}.")
    }

    private func text(_ text: String) -> ScenarioNode { ScenarioNode(content: .scalar(text, .quoted), place: place) }

    private func entry(_ key: String, _ value: ScenarioNode) -> ScenarioNode.Entry {
        ScenarioNode.Entry(key: key, keyPlace: place, value: value)
    }
}
