internal import CoSimulation
internal import ReferenceAgents

/// Runs a baseline with one more tie, of a capacity to be tried, in this process and without a trace on disk.
struct TieTrials {
    /// The setting of grid operators that takes ties.
    static let setting = "ties"

    /// Everything at home.
    let baseline: Experiment
    /// The grid operator that gets the tie, by index.
    let gridOperator: Int
    /// Bus or area it leaves and arrives at.
    let ends: (from: String, to: String)
    /// Share of what is sent that is lost.
    let lossShare: Double
    /// How many ticks count.
    let tickCount: Int
    let interruption: Interruption

    /// What the grid came to over the ticks.
    struct Outcome {
        /// Cost of generation and of unserved energy, all areas, $.
        let costUSD: Double
        /// Highest load of all areas together, MW.
        let peakLoadMW: Double
    }

    /// The grid operators of an experiment that take ties, by index.
    static func operators(of experiment: Experiment) -> [Int] {
        experiment.gridOperators.indices.filter { index in
            let entry = ReferenceAgents.catalogue.entry(
                .gridOperator, experiment.gridOperators[index].agent.strategy)
            return entry?.fields.contains { $0.name == setting } ?? false
        }
    }

    /// Runs the baseline, with a tie of a capacity either way unless it is nil. Throws `RunError` or `CommandError`.
    func run(capacityMW: Double?) throws -> Outcome {
        var experiment = baseline
        if let capacityMW { addTie(capacityMW, to: &experiment) }
        var total = RunningTotal()
        do {
            var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
            try run.run { record, _ in
                if interruption.isRaised { throw RunError(.interrupted, "interrupted in tick \(record.tick)") }
                if record.tick < tickCount { try total.add(record) }
            }
        } catch let error as ParameterError {
            throw CommandError(
                .invalidInput,
                "The tie from '\(ends.from)' to '\(ends.to)' cannot be added: \(error.problem). \(error.remedy.capitalisedFirst)."
            )
        }
        return total.outcome
    }

    private func addTie(_ capacityMW: Double, to experiment: inout Experiment) {
        var ties: [ParameterValue] = []
        if case .list(let present)? = experiment.gridOperators[gridOperator].agent.parameters[Self.setting] {
            ties = present
        }
        let tie = Parameters([
            ("name", .text("equivalent of relocation")), ("from", .text(ends.from)), ("to", .text(ends.to)),
            ("forwardMW", .number(capacityMW)), ("reverseMW", .number(capacityMW)), ("lossShare", .number(lossShare)),
        ])
        experiment.gridOperators[gridOperator].agent.parameters[Self.setting] = .list(ties + [.section(tie)])
    }

    /// Adds up the dispatches of records.
    struct RunningTotal {
        private var costUSD = 0.0
        private var peakLoadMW = 0.0

        /// Adds a tick. Throws `CommandError` where an operator did not report, so that its cost is not known.
        mutating func add(_ record: TickRecord) throws {
            var loadMW = 0.0
            for dispatch in record.dispatches {
                guard let dispatch else {
                    throw CommandError(
                        .failed,
                        "In tick \(record.tick) a grid operator did not report, so that the cost of the run is not known."
                    )
                }
                costUSD += dispatch.areas.reduce(0) { $0 + $1.costUSD }
                loadMW += dispatch.areas.reduce(0) { $0 + $1.demandMW + $1.computeLoadMW }
            }
            peakLoadMW = max(peakLoadMW, loadMW)
        }

        /// What they came to.
        var outcome: Outcome { Outcome(costUSD: costUSD, peakLoadMW: peakLoadMW) }
    }
}

extension String {
    /// The text with its first letter as a capital.
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
