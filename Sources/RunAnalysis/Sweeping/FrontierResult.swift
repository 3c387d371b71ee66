/// The energy-latency frontier of a sweep (MODEL 1.7): cost and emissions against the relaxation of latency budgets,
/// as bands over everything else that was varied.
public struct FrontierResult: Sendable, Encodable {
    /// One relaxation.
    public struct Step: Sendable, Encodable {
        /// Delta, ms.
        public let relaxationMilliseconds: Double
        /// Points behind the bands.
        public let pointCount: Int
        /// C, $.
        public let costUSD: Band
        /// G, kgCO2.
        public let emissionsKg: Band
        /// V, $.
        public let objectiveUSD: Band
        /// Share of the work that ran away from home.
        public let relocatedShare: Band
        /// Energy reduction over latency (EROL, MODEL 1.9), by the median of V, from where the plateau before this step
        /// began, $/ms; nil on the first plateau. So it does not depend on how many relaxations lie between two jumps.
        public let reductionUSDPerMillisecond: Double?
    }

    /// Name of the axis of relaxations in the sweeps of `gridtide frontier`.
    public static let relaxationAxis = "relaxation"

    /// Name of the scenario.
    public let name: String
    /// Steps, ascending by relaxation.
    public let steps: [Step]

    /// The frontier of a sweep with an axis of relaxations. Points that failed have no part in it.
    public init(of result: SweepResult, axis: String) {
        name = result.name
        var steps: [Step] = []
        var plateau: Step?
        let groups = Dictionary(grouping: result.points.filter { $0.failure == nil && $0.numbers[axis] != nil }) {
            $0.numbers[axis] ?? 0
        }
        for (relaxation, points) in groups.sorted(by: { $0.key < $1.key }) {
            func band(_ name: String) -> Band { Band(of: points.map { $0.figures[name] ?? 0 }) }
            let objective = band("objective")
            let reduction = plateau.map {
                ($0.objectiveUSD.median - objective.median) / (relaxation - $0.relaxationMilliseconds)
            }
            let step = Step(
                relaxationMilliseconds: relaxation, pointCount: points.count, costUSD: band("placement_cost"),
                emissionsKg: band("signalled_emissions"), objectiveUSD: objective,
                relocatedShare: band("relocated_share"), reductionUSDPerMillisecond: reduction)
            steps.append(step)
            if plateau.map({ abs($0.objectiveUSD.median - objective.median) > 1e-9 * abs(objective.median) }) ?? true {
                plateau = step
            }
        }
        self.steps = steps
    }

    /// One row per step; steps that change nothing since the one before are left out between their first and last.
    public var text: String {
        let hasBands = steps.contains { $0.pointCount > 1 }
        func headings(_ title: String) -> [TextTable.Heading] {
            guard hasBands else { return [.init(title)] }
            return [.init("least", group: title), .init("median", group: title), .init("greatest", group: title)]
        }
        var table = TextTable(
            [.init("Delta ms")] + headings("cost C $") + headings("CO2 G t") + [.init("moved %"), .init("EROL $/ms")])
        let cost = NumberText.decimals(for: steps.map(\.costUSD.greatest))
        let emissions = NumberText.decimals(for: steps.map { $0.emissionsKg.greatest / 1000 })
        let erol = NumberText.decimals(for: steps.map(\.reductionUSDPerMillisecond))
        for step in shown {
            func cells(_ band: Band, _ factor: Double, _ decimals: Int) -> [String] {
                (hasBands ? [band.least, band.median, band.greatest] : [band.median]).map {
                    NumberText.text($0 * factor, decimals: decimals)
                }
            }
            table.add(
                [NumberText.text(step.relaxationMilliseconds, decimals: 3)] + cells(step.costUSD, 1, cost)
                    + cells(step.emissionsKg, 0.001, emissions)
                    + [
                        NumberText.text(100 * step.relocatedShare.median, decimals: 1),
                        NumberText.text(step.reductionUSDPerMillisecond, decimals: erol),
                    ])
        }
        return "\(name): cost and emissions against the relaxation of latency budgets\n\n" + table.text() + "\n"
    }

    /// The steps at which something changes, with the first, the last, and that without relaxation.
    private var shown: [Step] {
        steps.indices.filter { index in
            guard index > 0, index < steps.count - 1, steps[index].relaxationMilliseconds != 0 else { return true }
            let (before, here) = (steps[index - 1], steps[index])
            return before.costUSD != here.costUSD || before.emissionsKg != here.emissionsKg
        }.map { steps[$0] }
    }
}
