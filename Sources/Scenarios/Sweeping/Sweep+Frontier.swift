public import CoSimulation
internal import InferencePlacement

extension Sweep {
    /// The name of the axis along which budgets are relaxed in a frontier.
    public static let relaxationAxis = "relaxation"

    /// The energy-latency frontier of a scenario (MODEL 1.7): every relaxation of the latency budgets, in ms, with every
    /// value of further axes. Those are written `path=value,value`, and set or multiply what the path reaches.
    public static func frontier(
        ofScenario scenario: String, name: String, relaxations: [Double], setting: [String] = [],
        scaling: [String] = [], hasBaseline: Bool
    ) throws(ScenarioError) -> Sweep {
        var log = FaultLog()
        let place = SourcePlace(file: name)
        let path = "latency.relaxationMilliseconds"
        let values = relaxations.map { value in
            let node = ScenarioNode.number(value, at: place)
            return SweepValue(
                label: node.leaves, number: value,
                changes: [SettingChange(path: path, effect: .set(node), place: place)])
        }
        var axes = [SweepAxis(name: relaxationAxis, values: values)]
        for (argument, isScale) in setting.map({ ($0, false) }) + scaling.map({ ($0, true) }) {
            if let axis = axis(argument, isScale: isScale, &log) { axes.append(axis) }
        }
        let points = points(.cartesian, axes)
        if points == nil {
            log.add(
                .tooLarge, at: place, "", "the frontier has more than \(pointLimit) points.",
                remedy: "Give the axes fewer values.")
        }
        try log.throwIfFaulty()
        return Sweep(
            name: name, title: "", description: "", scenario: scenario, hasBaseline: hasBaseline,
            settings: [], axes: axes, points: points ?? [])
    }

    private static func axis(_ argument: String, isScale: Bool, _ log: inout FaultLog) -> SweepAxis? {
        let place = SourcePlace(file: "\(isScale ? "--scale" : "--vary") \(Excerpt.brief(argument, limit: 80))")
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, SettingPath.components(parts[0]) != nil,
            let list = try? YAMLReader(file: place.file, limits: ScenarioLimits()).read("[\(parts[1])]"),
            case .list(let nodes) = list.content, !nodes.isEmpty
        else {
            log.add(
                .invalidOverride, at: place, "", value: argument, "it is no path with a list of values.",
                remedy: "Write `path=value,value`, such as `classes.*.surchargeUSDPerMWh=0.5,1,2`.")
            return nil
        }
        var values: [SweepValue] = []
        for node in nodes {
            let node = ScenarioNode(content: node.content, place: place)
            let number: Double? = if case .value(let value) = ScalarReading.number(node) { value } else { nil }
            guard let number else {
                guard isScale else {
                    values.append(value(node, nil, .set(node), parts[0]))
                    continue
                }
                log.add(
                    .wrongKind, at: place, parts[0], value: node.text, "\(node.phrase) is no number to multiply by.",
                    remedy: "Write numbers, such as 0.5,1,2.")
                continue
            }
            values.append(value(node, number, isScale ? .scale(number) : .set(node), parts[0]))
        }
        return SweepAxis(name: parts[0] + (isScale ? " x" : ""), values: values)
    }

    private static func value(
        _ node: ScenarioNode, _ number: Double?, _ effect: SettingChange.Effect, _ path: String
    ) -> SweepValue {
        SweepValue(
            label: node.leaves, number: number,
            changes: [SettingChange(path: path, effect: effect, place: node.place)])
    }

    /// The relaxations at which the objective of an experiment without one may jump (MODEL 1.7), ascending, ms: where the
    /// round trip to one more region just comes within the budget of a class.
    ///
    /// Only those count that are no longer than the longest round trip, either way: beyond it all or nothing is within
    /// reach of every class for which latency decides at all. Each is rounded up to a microsecond, so that rounding
    /// cannot leave the region out.
    public static func latencyJumps(of experiment: Experiment) -> [Double] {
        let longest = experiment.services.flatMap(\.roundTripMilliseconds).max() ?? 0
        var jumps: Set<Double> = []
        for service in experiment.services {
            for (k, kind) in experiment.classes.enumerated() {
                let spare =
                    kind.latencyBudgetMilliseconds - kind.clientLegMilliseconds - kind.processingMilliseconds
                    - kind.queueingMilliseconds
                for region in experiment.regions.indices where region != service.home && service.permitted[k][region] {
                    let jump = ((service.roundTripMilliseconds[region] - spare) * 1000).rounded(.up) / 1000
                    if abs(jump) <= longest { jumps.insert(jump) }
                }
            }
        }
        return jumps.sorted()
    }

    /// Relaxations that show the whole staircase of an experiment: every jump with what lies just before the first, and
    /// the scenario as it is, ms. At most `count` of them, evenly taken from the jumps where there are more.
    public static func staircase(of experiment: Experiment, count: Int) -> [Double] {
        let jumps = latencyJumps(of: experiment)
        guard let first = jumps.first else { return [0] }
        let room = max(1, count - 2)
        let taken =
            jumps.count <= room ? jumps : (0..<room).map { jumps[$0 * (jumps.count - 1) / max(1, room - 1)] }
        return Set(taken + [first.rounded(.down) - 1, 0]).sorted()
    }
}
