internal import CoSimulation

extension ScenarioSchema {
    static let location: [Field] = [
        .required("latitude", .number(NumberRange(-90, 90)), unit: .degrees, "Degrees north, negative in the south."),
        .required("longitude", .number(NumberRange(-180, 180)), unit: .degrees, "Degrees east, negative in the west."),
    ]

    private static let agentName = Field.required("name", .text, "The name of the agent, unique among all agents.")
    private static let strategy = Field.required(
        "strategy", .text, "The name of its strategy in the catalogue, or a program: {exec: [python3, my_agent.py]}.")

    /// What stands in place of a strategy's name where a program of its own plays the agent.
    static let foreignStrategy: [Field] = [
        .optional(
            "exec", .list(.text, minimumCount: 1),
            "The program and its arguments; it is started in the scenario's folder, and found on PATH."),
        .optional("external", .boolean, "True for a program that is started by hand and joins by address."),
        .optional("name", .text, "A name for the strategy; else that of the program's file."),
        .optional("parameters", .map(.free, keys: "settings"), "The settings of the strategy, which it checks itself."),
    ]

    /// What is done when the process of an agent is lost; of the section `run`, that of agents which say nothing.
    static let onLoss = Field.optional(
        "onLoss", .choice(RunOptions.LossPolicy.allCases.map(\.rawValue)),
        "What is done when a process dies, hangs or is stopped: fail (unless given), restart, or go on with it absent.")

    /// What every grid operator has, whatever its strategy.
    static let gridOperator: [Field] = [
        agentName, strategy, onLoss,
        .optional("location", .section(location), "The place where it is drawn on maps."),
    ]

    /// What every compute region has, whatever its strategy.
    static let region: [Field] = [
        agentName, strategy, onLoss,
        .required("grid", .text, "The name of the grid operator it is connected to."),
        .optional("bus", .text, "The bus it is connected to, where the grid has more than one."),
        .optional("country", .text, "The country, for `masks.legal: country`."),
        .optional("bloc", .text, "The bloc such as EU, for `masks.legal: bloc`."),
        .optional("location", .section(location), "The place where it is; needed for great-circle latency."),
    ]

    /// What every service node has, whatever its strategy.
    static let service: [Field] = [
        agentName, strategy, onLoss,
        .required("home", .text, "The name of its home region (c0)."),
        .optional("location", .section(location), "The place where it is; needed for great-circle latency."),
    ]

    /// The key of the list of a role's agents.
    static func listKey(_ role: AgentRole) -> String {
        switch role {
        case .gridOperator: "gridOperators"
        case .computeRegion: "regions"
        case .serviceNode: "services"
        }
    }

    /// What every agent of a role has; its `strategy` names an entry of the catalogue.
    static func agentFields(_ role: AgentRole) -> [Field] {
        switch role {
        case .gridOperator: gridOperator
        case .computeRegion: region
        case .serviceNode: service
        }
    }

    /// What an agent of a role and strategy has: the fields of the section and those of the strategy beside them.
    static func agentFields(_ role: AgentRole, entry: CatalogueEntry) -> [Field] {
        let own = agentFields(role)
        var names = Set(own.map(\.name))
        for field in entry.fields {
            precondition(
                names.insert(field.name).inserted,
                "strategy \(entry.name) declares `\(field.name)`, which \(role.rawValue) sections have already; rename the field"
            )
        }
        return own + entry.fields
    }
}
