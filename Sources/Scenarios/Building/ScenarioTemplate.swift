public import CoSimulation
internal import Foundation

/// A scenario that is read once and built many times, each time with other changes: the points of a sweep.
///
/// Text and CSV files are read and parsed when it is made; building a point checks everything anew.
public struct ScenarioTemplate: Sendable {
    /// The scenario without changes.
    public let scenario: Scenario
    private let tree: ScenarioNode
    private let files: FileCache
    private let file: String
    private let catalogue: AgentCatalogue
    private let limits: ScenarioLimits
    private let checkAgent: Scenario.AgentCheck?

    /// Reads the scenario of a folder that holds `scenario.yaml`, or of a YAML file. Throws everything that is wrong.
    public init(
        _ path: String, catalogue: AgentCatalogue, overrides: [String] = [], limits: ScenarioLimits = ScenarioLimits(),
        checkAgent: Scenario.AgentCheck? = nil
    ) throws(ScenarioError) {
        let url = URL(fileURLWithPath: path)
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        let folder = isDirectory.boolValue ? url.path : url.deletingLastPathComponent().path
        try self.init(
            .directory(folder), file: isDirectory.boolValue ? "scenario.yaml" : url.lastPathComponent,
            catalogue: catalogue, overrides: overrides, limits: limits, checkAgent: checkAgent)
    }

    /// Reads a scenario from the files of a folder. Throws everything that is wrong.
    public init(
        _ folder: ScenarioFolder, file: String = "scenario.yaml", catalogue: AgentCatalogue, overrides: [String] = [],
        limits: ScenarioLimits = ScenarioLimits(), checkAgent: Scenario.AgentCheck? = nil
    ) throws(ScenarioError) {
        let checker = FieldChecker(files: FileCache(folder: folder, limits: limits), limits: limits)
        var builder = ScenarioBuilder(checker: checker, catalogue: catalogue, file: file)
        tree = try builder.tree(overrides: overrides)
        scenario = try builder.build(tree, checkAgent: checkAgent, checkForeign: nil)
        files = builder.checker.files
        self.file = file
        self.catalogue = catalogue
        self.limits = limits
        self.checkAgent = checkAgent
    }

    /// The scenario with changes, all of it checked. Throws everything that is wrong.
    func scenario(with changes: [SettingChange]) throws(ScenarioError) -> Scenario {
        var builder = ScenarioBuilder(
            checker: FieldChecker(files: files, limits: limits), catalogue: catalogue, file: file)
        var tree = tree
        for change in changes {
            do throws(Override.Problem) {
                switch change.effect {
                case .set(let value):
                    tree = try Override(path: change.path, value: value, at: change.place).applied(to: tree)
                case .scale(let factor):
                    guard let rule = ScaleRule(path: change.path, factor: factor, at: change.place) else {
                        throw Override.Problem(
                            problem: "its path `\(Excerpt.brief(change.path))` has an empty part, or more than 64.",
                            remedy: "Write a path such as `classes.*.surchargeUSDPerMWh`.")
                    }
                    builder.checker.scales.append(rule)
                }
            } catch {
                builder.checker.log.add(
                    .invalidOverride, at: change.place, change.path, value: change.path, error.problem,
                    remedy: error.remedy)
            }
        }
        return try builder.build(tree, checkAgent: checkAgent, checkForeign: nil)
    }
}

/// A change of one setting, or of all that a path with wildcards reaches.
struct SettingChange: Sendable, Equatable {
    /// What is done to it.
    enum Effect: Sendable, Equatable {
        /// The value takes its place; nil takes it away.
        case set(ScenarioNode?)
        /// Every number at or below it is multiplied.
        case scale(Double)
    }

    let path: String
    let effect: Effect
    /// Where the change is asked for.
    let place: SourcePlace
}
