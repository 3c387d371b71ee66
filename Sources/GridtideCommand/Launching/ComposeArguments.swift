internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import Scenarios

/// What only a run in containers asks for.
struct ComposeArguments: ParsableArguments {
    @Option(help: "Image with this program, for --on compose.")
    var image = "gridtide"
    @Option(
        name: .customLong("agent-image"),
        help: ArgumentHelp(
            "Image of an agent that is a program of its own, for --on compose; may be repeated.",
            valueName: "agent=image"))
    var agentImages: [String] = []
    @Option(
        help:
            "Port of this host for the dashboard, for --on compose, on the loopback address alone; 0 for any that is free."
    )
    var dashboardPort: UInt16 = 8080

    /// An option of these that was given; nil without any.
    var givenOption: String? {
        if image != "gridtide" { return "--image" }
        if !agentImages.isEmpty { return "--agent-image" }
        return dashboardPort == 8080 ? nil : "--dashboard-port"
    }

    /// The images of foreign agents, which must have one each. Throws `CommandError`.
    func images(for experiment: Experiment, _ options: RunOptions) throws -> [String: String] {
        var images: [String: String] = [:]
        for text in agentImages {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, case .command = options.launches[parts[0]] else {
                throw CommandError(
                    .invalidInput,
                    "--agent-image \(text): write the name of an agent that is a program of its own, by exec or --replace, "
                        + "= and an image: berlin=example.org/my-agent:1.")
            }
            images[parts[0]] = parts[1]
        }
        for (name, launch) in options.launches.sorted(by: { $0.key < $1.key }) {
            guard case .command(let words) = launch, images[name] == nil else { continue }
            throw CommandError(
                .invalidInput,
                "\(name) is played by a program of its own (\(words.joined(separator: " "))), which is in no image of ours. "
                    + "Make an image whose entry point starts it, and name it: --agent-image \(name)=IMAGE.")
        }
        try checkNames(of: AgentGroup.all(of: experiment, options: options))
        return images
    }

    /// Every service needs a name of its own. Throws `CommandError`.
    private func checkNames(of groups: [AgentGroup]) throws {
        var names = Set(ComposeFile.commonServices)
        for group in groups where !names.insert(ComposeFile.service(of: group.name)).inserted {
            throw CommandError(
                .invalidInput,
                "\(group.title) would have the name of another service, \(ComposeFile.service(of: group.name)). Rename the agent."
            )
        }
    }
}
