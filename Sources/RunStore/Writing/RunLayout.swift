internal import CoSimulation

/// How the slots of a record map to agent numbers.
struct RunLayout: Sendable, Equatable {
    let clock: Clock
    let gridOperatorCount: Int
    let regionCount: Int
    let serviceCount: Int
    let classCount: Int
    let resourceCount: Int
    /// The regions of each grid operator, ascending.
    let regionsOfOperator: [[Int]]

    init(of experiment: Experiment) {
        clock = experiment.clock
        gridOperatorCount = experiment.gridOperators.count
        regionCount = experiment.regions.count
        serviceCount = experiment.services.count
        classCount = experiment.classes.count
        resourceCount = experiment.resources.count
        regionsOfOperator = experiment.gridOperators.indices.map { experiment.regions(ofGridOperator: $0) }
    }

    init(
        clock: Clock, gridOperatorCount: Int, regionCount: Int, serviceCount: Int, classCount: Int, resourceCount: Int,
        regionsOfOperator: [[Int]]
    ) {
        self.clock = clock
        self.gridOperatorCount = gridOperatorCount
        self.regionCount = regionCount
        self.serviceCount = serviceCount
        self.classCount = classCount
        self.resourceCount = resourceCount
        self.regionsOfOperator = regionsOfOperator
    }

    /// The agent number of a region.
    func agent(ofRegion region: Int) -> Int { gridOperatorCount + region }

    /// The agent number of a service node.
    func agent(ofService service: Int) -> Int { gridOperatorCount + regionCount + service }

    /// The number of a service node's bid line for a class.
    func line(service: Int, workloadClass: Int) -> Int { service * classCount + workloadClass }

    /// The region with an agent number.
    func region(ofAgent agent: Int) -> Int { agent - gridOperatorCount }

    /// The service node with an agent number.
    func service(ofAgent agent: Int) -> Int { agent - gridOperatorCount - regionCount }

    /// What keeps a record from being stored for this experiment, nil if nothing does.
    func misfit(of record: TickRecord) -> String? {
        if record.signals.count != gridOperatorCount || record.dispatches.count != gridOperatorCount {
            return "signals and dispatches must have one slot for each of \(gridOperatorCount) grid operators"
        }
        if record.offers.count != regionCount || record.clearing.regions.count != regionCount {
            return "offers and outcomes must have one slot for each of \(regionCount) regions"
        }
        if record.bids.count != serviceCount {
            return "bids must have one slot for each of \(serviceCount) service nodes"
        }
        if record.quoteRounds.contains(where: { $0.count != gridOperatorCount }) {
            return "a round of quotes must have one slot for each of \(gridOperatorCount) grid operators"
        }
        for (number, regions) in regionsOfOperator.enumerated() {
            let answers = [record.signals[number]?.buses.count, record.dispatches[number]?.buses.count]
            let counts = (answers + record.quoteRounds.map { $0[number]?.buses.count }).compactMap { $0 }
            if counts.contains(where: { $0 != regions.count }) {
                return "an answer of grid operator \(number) must speak for each of its \(regions.count) regions"
            }
        }
        for case let dispatch? in record.dispatches {
            // A grid without areas says 0 of its buses.
            guard dispatch.buses.allSatisfy({ (0..<max(1, dispatch.areas.count)).contains($0.area) }) else {
                return "a bus of a dispatch must be in one of its \(dispatch.areas.count) areas"
            }
        }
        return nil
    }
}
