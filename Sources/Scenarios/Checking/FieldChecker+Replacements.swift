internal import CoSimulation

// Other strategies in the place of agents, whether these are written out or come from a table.
extension FieldChecker {
    /// An agent's entry with whoever takes its place, and the fields that describe the settings taken over.
    mutating func replaced(
        _ node: ScenarioNode, _ role: AgentRole, _ catalogue: AgentCatalogue
    ) -> (node: ScenarioNode, known: [Field]) {
        guard !replacements.isEmpty, let name = node["name"]?.text else { return (node, []) }
        replaceableAgents.append(name)
        var (node, known): (ScenarioNode, [Field]) = (node, [])
        for replacement in replacements where replacement.agent == name {
            let fields = node["strategy"]?.text.flatMap { catalogue.entry(role, $0)?.fields } ?? known
            do throws(Override.Problem) {
                node = try replacement.applied(to: node, role)
                known = replacement.settings == nil ? fields : []
            } catch {
                log.add(
                    .invalidOverride, at: replacement.place, "", value: name, error.problem, remedy: error.remedy)
            }
        }
        return (node, known)
    }

    /// Logs the replacements of agents that are not there, once all have been read.
    mutating func checkReplacements() {
        for replacement in replacements where !replaceableAgents.contains(replacement.agent) {
            log.add(
                .invalidOverride, at: replacement.place, "", value: replacement.agent,
                "the scenario has no agent named `\(Excerpt.brief(replacement.agent))`.",
                remedy: Suggestion.question(replacement.agent, among: replaceableAgents)
                    ?? "Known here: \(Excerpt.list(replaceableAgents, limit: 40)).")
        }
    }
}
