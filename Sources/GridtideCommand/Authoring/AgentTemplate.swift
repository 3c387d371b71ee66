internal import CoSimulation

/// The files of a new agent, in the language its author writes.
struct AgentTemplate {
    let name: String
    let role: AgentRole
    /// Where Gridtide's sources are.
    let clone: String

    /// The name as that of a type, with its role last: `carbon-fan` becomes `CarbonFanNode`.
    var typeName: String {
        let words = name.split { $0 == "-" || $0 == "_" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        let joined = words.joined()
        return joined.hasSuffix(suffix) ? joined : joined + suffix
    }

    private var suffix: String {
        switch role {
        case .gridOperator: "Operator"
        case .computeRegion: "Region"
        case .serviceNode: "Node"
        }
    }

    /// An agent of the scenario two-region whose place it may take.
    var place: String {
        switch role {
        case .gridOperator: "north"
        case .computeRegion: "north-1"
        case .serviceNode: "stockholm"
        }
    }

    /// What the strategy does, in one sentence.
    var summary: String {
        switch role {
        case .gridOperator: "Dispatches the cheapest generators first, and signals for the load it expects."
        case .computeRegion: "Offers its whole plant, dearer by a mark-up while its grid has little headroom."
        case .serviceNode: "Bids all that arrives, but not for regions where one more MWh emits more than at home."
        }
    }

    /// The file that says how it is started.
    func manifest(exec: [String], build: [String]?) -> String {
        func list(_ words: [String]) -> String { "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
        return """
            {
              "name": "\(name)",
              "role": "\(role.rawValue)",\(build.map { "\n  \"build\": \(list($0))," } ?? "")
              "exec": \(list(exec))
            }

            """
    }

    /// A page of fifteen lines: what it is, how it is tested, checked and run.
    func readme(strategyFile: String, test: String) -> String {
        """
        # \(name)

        A \(role.rawValue) for Gridtide. \(summary)

        ```sh
        \(test)
        gridtide agent check .
        gridtide run PATH/Scenarios/two-region --replace \(place)=.
        ```

        The strategy is in `\(strategyFile)`; `agent.json` says how it is started. In a scenario of your own it stands as
        `strategy: {name: \(name), exec: [PROGRAM, …], parameters: {…}}`.

        """
    }
}
