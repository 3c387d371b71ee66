/// What a foreign agent is told: in its environment, so that any command can be an agent without arguments of ours.
struct ForeignCall {
    let agent: String
    let endpoint: String
    let scenario: String

    /// What the environment of its process has beside that of the launcher.
    var environment: [String: String] {
        [
            "GRIDTIDE_NAME": agent, "GRIDTIDE_ENDPOINT": endpoint, "GRIDTIDE_SCENARIO": scenario,
            "GRIDTIDE_LIFELINE": "1",
        ]
    }

    /// The same for a person who starts it; its standard input is no lifeline then.
    var text: String { "GRIDTIDE_NAME=\(agent) GRIDTIDE_ENDPOINT=\(endpoint)" }
}
