internal import CoSimulation
internal import Foundation
internal import Scenarios

/// Writes all that runs a scenario in containers; the engine that carries it out is the user's.
struct ComposeLaunch {
    let scenario: Scenario
    /// The folder the scenario's files are in.
    let root: String
    let plan: RunPlan
    let arguments: ComposeArguments
    /// The folder to make; nil for one of its own choice.
    let out: String?

    /// Writes the folder and returns it. Throws `CommandError`, `JournalError`, `RunStoreError` or `ZeroMQError`.
    func write() throws -> LaunchFolder {
        let experiment = scenario.experiment
        let images = try arguments.images(for: experiment, scenario.run)
        let folder = try LaunchFolder.make(at: out, name: experiment.name)
        let parts = RunParts(
            experiment: experiment, folder: folder.run, options: scenario.run,
            scenarioFolder: URL(fileURLWithPath: root),
            isDurable: plan.isDurable, isInsecure: false, tellsEveryTick: false)
        try folder.prepare(scenario, root: root, plan: plan, groups: parts.groups)
        let settings = ComposeFile.Settings(
            project: Self.project(of: folder), image: arguments.image, agentImages: images, user: Self.user,
            dashboardPort: arguments.dashboardPort)
        try folder.write(ComposeFile(parts: parts, settings: settings).text, to: "compose.yaml")
        if geteuid() == 0 { try folder.give(to: ComposeFile.imageUser) }
        return folder
    }

    /// What to do with the folder, as the user reads it.
    static func advice(on folder: LaunchFolder) -> String {
        let path = folder.url.relativePath
        return """
            in \(path):
              docker compose up --detach         # podman-compose does the same
              docker compose logs dashboard      # the link to watch it by
              docker compose wait coordinator    # until the run is over; its status is that of the run
              docker compose down
            and here: gridtide resume \(path)/run adds the baseline, gridtide report \(path)/run draws it
            """
    }

    /// Containers run as who launches them, so that run and keys are theirs; for root as the image's own user.
    private static var user: String {
        geteuid() == 0 ? "\(ComposeFile.imageUser):\(ComposeFile.imageUser)" : "\(geteuid()):\(getegid())"
    }

    /// A name that no other run on this host has: engines take runs of one name for one and the same.
    private static func project(of folder: LaunchFolder) -> String {
        var generator = SystemRandomNumberGenerator()
        let name = folder.url.lastPathComponent.lowercased().map { character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        return
            "gridtide-\(String(name))-\(String(format: "%04x", UInt16.random(in: 0...UInt16.max, using: &generator)))"
    }
}
