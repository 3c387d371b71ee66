internal import ArgumentParser
internal import Foundation
internal import ReferenceAgents
internal import Scenarios

/// `gridtide schema`: the scenario format for editors and readers.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of scenario files, for completion and checks in an editor.",
        discussion: "With --reference, prints every setting with unit, default and meaning as a Markdown table instead."
    )

    @Flag(help: "Print the settings as a Markdown table.")
    var reference = false

    func run() throws {
        let text =
            reference
            ? ScenarioSchema.reference(catalogue: ReferenceAgents.catalogue)
            : ScenarioSchema.jsonSchema(catalogue: ReferenceAgents.catalogue)
        Console(isQuiet: false).print(text)
    }
}
