internal import Foundation
internal import Scenarios

/// How a run is carried out, kept beside it as `plan.json`: the journal says what is run, this how, so that the run can be
/// gone on with or branched without the command line it came from.
struct RunPlan: Codable {
    /// Whether all agents live in one process.
    var isInProcess: Bool
    /// Where the coordinator listens; nil for a place of its own choice.
    var endpoint: String?
    /// Whether processes may talk over tcp without keys.
    var isInsecure: Bool
    /// Deadlines, transport and foreign agents.
    var options: RunOptions
    /// The folder foreign agents are started in.
    var scenarioFolder: String
    /// The scenario's file within the run's copy.
    var scenarioFile: String
    /// What `--set` and `--seed` changed.
    var overrides: [String]
    /// What `--replace` changed.
    var replacements: [Replacement]
    /// Whether everything at home is run as well.
    var hasBaseline: Bool
    /// Whether the journal is synced after every tick.
    var isDurable: Bool
    /// How agents are spread over hosts; nil of a run on one.
    var spread: Spread?
    /// Whether it is measured where the time goes; nil of a run that says nothing.
    var isProfiled: Bool?

    /// The plan of a run. Throws `CommandError` where there is none, or one that cannot be read.
    init(of folder: RunFolder) throws {
        do {
            self = try JSONDecoder().decode(RunPlan.self, from: Data(contentsOf: URL(fileURLWithPath: folder.plan)))
        } catch {
            throw CommandError(
                .invalidInput,
                "\(folder.plan), which says how to go on with the run, cannot be read: \(error.localizedDescription) Run the scenario again."
            )
        }
    }

    /// A plan from its parts.
    init(
        isInProcess: Bool, endpoint: String?, isInsecure: Bool, options: RunOptions, scenarioFolder: String,
        scenarioFile: String, overrides: [String], replacements: [Replacement], hasBaseline: Bool, isDurable: Bool,
        isProfiled: Bool? = nil, spread: Spread? = nil
    ) {
        self.isInProcess = isInProcess
        self.endpoint = endpoint
        self.isInsecure = isInsecure
        self.options = options
        self.scenarioFolder = scenarioFolder
        self.scenarioFile = scenarioFile
        self.overrides = overrides
        self.replacements = replacements
        self.hasBaseline = hasBaseline
        self.isDurable = isDurable
        self.spread = spread
        self.isProfiled = isProfiled
    }

    /// Writes it beside the run; whole or not at all. Throws `CommandError`.
    func keep(in folder: RunFolder) throws {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(self).write(to: URL(fileURLWithPath: folder.plan), options: .atomic)
        } catch {
            throw CommandError(cannotMake: folder.plan, error)
        }
    }
}
