/// What a foreign agent is told: in its environment, so that any command can be an agent without arguments of ours.
struct ForeignCall {
    let agent: String
    let endpoint: String
    let scenario: String
    /// Its key file; nil where it needs none.
    var keyFile: String?
    /// Whether it may talk over tcp without a key.
    var isInsecure = false

    /// What the environment of its process has beside that of the launcher.
    var environment: [String: String] {
        [
            "GRIDTIDE_NAME": agent, "GRIDTIDE_ENDPOINT": endpoint, "GRIDTIDE_SCENARIO": scenario,
            "GRIDTIDE_LIFELINE": "1", "GRIDTIDE_KEY_FILE": keyFile ?? "", "GRIDTIDE_INSECURE": isInsecure ? "1" : "",
        ]
    }

    /// The same for a person who starts it; its standard input is no lifeline then.
    var text: String {
        "GRIDTIDE_NAME=\(agent) GRIDTIDE_ENDPOINT=\(endpoint)" + (keyFile.map { " GRIDTIDE_KEY_FILE=\($0)" } ?? "")
            + (isInsecure ? " GRIDTIDE_INSECURE=1" : "")
    }
}
