public import CoSimulation
internal import InferencePlacement

extension RunMetrics {
    /// Relaxations unless others are asked for: the run's own budgets, and up to 320 ms more.
    public static let usualRelaxationsMilliseconds: [Double] = [0, 10, 20, 40, 80, 160, 320]

    /// The metrics of a run from its records.
    ///
    /// - Parameters:
    ///   - relaxationsMilliseconds: Relaxations Delta beyond the run's own budgets, in any order; 0 is always one of them.
    ///   - open: Opens the records from the first one on: what it returns gives the next one, nil at the end. Called twice.
    /// Throws `RunAnalysisError` where there is no record, `ClearingError` where the solver fails, and what `open` throws.
    public init(
        of experiment: Experiment, relaxationsMilliseconds: [Double] = usualRelaxationsMilliseconds,
        reading open: () throws -> () throws -> TickRecord?
    ) throws {
        let areas = try RegionAreas(experiment, next: try open())
        var pass = try MetricsPass(experiment, areas: areas, relaxations: Set(relaxationsMilliseconds + [0]).sorted())
        let next = try open()
        while let record = try next() { try pass.add(record) }
        self = try pass.metrics
    }
}

/// Follows a run tick by tick for all metrics of MODEL 1.
struct MetricsPass {
    private let experiment: Experiment
    private var replay: BookReplay
    private var relocatable: RelocatableMeter
    private var frontier: FrontierMeter
    private var breakEven: BreakEvenMeter
    private var layers: LayerMeter
    private let relaxations: [Double]
    private var tickCount = 0

    init(_ experiment: Experiment, areas: RegionAreas, relaxations: [Double]) throws(ClearingError) {
        self.experiment = experiment
        let groups = WorkGroup.all(of: experiment, areas: areas)
        replay = BookReplay(experiment: experiment)
        relocatable = try RelocatableMeter(experiment, groups: groups)
        frontier = try FrontierMeter(experiment, groups: groups, relaxations: relaxations)
        breakEven = BreakEvenMeter(experiment)
        layers = LayerMeter(experiment)
        self.relaxations = relaxations
    }

    mutating func add(_ record: TickRecord) throws(ClearingError) {
        let book = replay.book(of: record)
        let isAbsent = { (service: Int) in record.bids[service] == nil }
        try relocatable.add(book, awards: record.clearing.awards, isAbsent: isAbsent)
        try frontier.add(book, isAbsent: isAbsent)
        breakEven.add(book)
        layers.add(record.clearing.awards)
        tickCount += 1
    }

    /// What the ticks so far come to. Throws `RunAnalysisError` when there was none.
    var metrics: RunMetrics {
        get throws(RunAnalysisError) {
            guard tickCount > 0 else {
                throw RunAnalysisError(
                    .noTicks, "\(experiment.name) holds no finished tick",
                    remedy: "Wait for its first batch, or run it again")
            }
            return RunMetrics(
                name: experiment.name, mechanism: experiment.mechanism.objective.rawValue,
                coupling: experiment.coupling.kind.rawValue,
                carbonPriceUSDPerKg: experiment.mechanism.carbonPriceUSDPerKg, tickCount: tickCount,
                relocatable: relocatable.metrics, frontier: frontier.frontier,
                elasticities: frontier.elasticities(demandsMWh: relocatable.demandsMWh), jumps: jumps, reach: reach,
                breakEven: breakEven.metrics, layers: layers.metrics)
        }
    }

    /// Regions that come within a mask between the least and the greatest relaxation asked for.
    private var jumps: [LatencyJump] {
        var jumps: [LatencyJump] = []
        for (service, site) in experiment.services.enumerated() {
            for k in experiment.classes.indices {
                for (region, target) in experiment.regions.enumerated() {
                    let needed = experiment.neededRelaxationMilliseconds(service, k, region)
                    guard region != site.home, site.permitted[k][region], needed > relaxations[0],
                        needed <= relaxations[relaxations.count - 1]
                    else { continue }
                    jumps.append(
                        LatencyJump(
                            relaxationMilliseconds: needed, workloadClass: experiment.classes[k].name,
                            service: site.agent.name, region: target.agent.name,
                            roundTripMilliseconds: site.roundTripMilliseconds[region]))
                }
            }
        }
        return jumps.enumerated().sorted {
            ($0.element.relaxationMilliseconds, $0.offset) < ($1.element.relaxationMilliseconds, $1.offset)
        }.map(\.element)
    }

    private var reach: [ReachMetric] {
        experiment.services.enumerated().flatMap { service, site in
            experiment.classes.enumerated().map { k, kind in
                ReachMetric(
                    workloadClass: kind.name, service: site.agent.name,
                    home: experiment.regions[site.home].agent.name,
                    withinLatency: experiment.regions.indices.count {
                        $0 == site.home || experiment.keepsBudget(service, k, $0)
                    },
                    allowed: experiment.regions.indices.count {
                        experiment.isAllowed(service: service, workloadClass: k, region: $0)
                    })
            }
        }
    }
}
