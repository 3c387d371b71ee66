internal import InferencePlacement

/// Where an experiment leaves another run: until then the past of that run stands.
public struct Branch: Sendable, Equatable {
    /// First tick that is its own; at least 1.
    public let tick: Int
    /// Digest of the chain of the run it leaves, up to this tick.
    public let digest: Digest
    /// The experiment of the run it leaves; in a list of one, since a value cannot hold its own kind.
    private let origin: [Experiment]

    /// A branch of a run of `parent`, whose chain had this digest before the tick.
    public init(tick: Int, parent: Experiment, digest: Digest) {
        self.tick = tick
        self.digest = digest
        origin = [parent]
    }

    /// The experiment of the run it leaves.
    public var parent: Experiment { origin[0] }
}

extension Experiment {
    /// The experiment a tick is run with: this one, or before a branch the one it leaves.
    public func inForce(atTick tick: Int) -> Experiment {
        guard let branch, tick < branch.tick else { return self }
        return branch.parent.inForce(atTick: tick)
    }

    /// Whether another experiment comes into force with a tick than before it.
    func begins(atTick tick: Int) -> Bool {
        guard let branch else { return false }
        return tick == branch.tick || (tick < branch.tick && branch.parent.begins(atTick: tick))
    }

    /// Whether an agent of today must answer a tick as the journal says: its settings and seed are those of the tick.
    func isBound(agent number: Int, atTick tick: Int) -> Bool {
        guard branch != nil else { return true }
        let then = inForce(atTick: tick)
        return then.seed == seed && then.agent(number).strategy == agent(number).strategy
            && then.setup(ofAgent: number) == setup(ofAgent: number)
    }

    /// What keeps this experiment from being a branch of a run of another, in words; nil when nothing does.
    public func obstacle(toBranchFrom parent: Experiment) -> String? {
        guard clock == parent.clock else { return "the clock is another" }
        guard resources == parent.resources, classes.map(\.name) == parent.classes.map(\.name) else {
            return "the workload classes or resources are others"
        }
        func agents(_ experiment: Experiment) -> [String] {
            (0..<experiment.agentCount).map { "\(experiment.role(ofAgent: $0).rawValue) \(experiment.agent($0).name)" }
        }
        guard agents(self) == agents(parent) else { return "the agents are others" }
        guard regions.map(\.gridOperator) == parent.regions.map(\.gridOperator) else {
            return "regions are connected to other grids"
        }
        return nil
    }
}
