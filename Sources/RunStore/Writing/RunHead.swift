internal import CoSimulation
internal import GRDB
internal import InferencePlacement

/// Writes what is known before the first tick: the run, its agents, classes, resources, routes and events.
struct RunHead {
    let experiment: Experiment
    let origin: RunOrigin

    func insert(into db: Database, path: String) throws {
        try insertRun(RowInserter(RunTables.run, in: db, path: path))
        try insertAgents(RowInserter(RunTables.agent, in: db, path: path))
        try insertClasses(in: db, path: path)
        try insertRoutes(RowInserter(RunTables.route, in: db, path: path))
        try insertEvents(RowInserter(RunTables.gridEvent, in: db, path: path))
    }

    private func insertEvents(_ inserter: RowInserter) throws {
        var row = inserter
        for (place, event) in experiment.events.enumerated() {
            row.add(place)
            row.add(event.name)
            row.add(experiment.regionAgents.lowerBound + event.region)
            row.add(event.ticks.lowerBound)
            row.add(event.ticks.upperBound)
            switch event.kind {
            case .curtailment(let reductionMW, let priceUSDPerMWh):
                row.add("curtailment")
                try row.add(reductionMW)
                try row.add(priceUSDPerMWh)
            case .cap(let capMW):
                row.add("cap")
                try row.add(capMW)
                row.addNull()
            case .priceSpike(let adderUSDPerMWh):
                row.add("price-spike")
                row.addNull()
                try row.add(adderUSDPerMWh)
            }
            try row.insert()
        }
    }

    private func insertRun(_ inserter: RowInserter) throws {
        var row = inserter
        row.add(1)
        row.add(experiment.name)
        row.add(String(experiment.seed))
        row.add(origin.scenarioDigest.description)
        row.add(origin.baselineDigest.description)
        row.add(Int(experiment.clock.startSeconds))
        row.add(Int(experiment.clock.tickSeconds))
        row.add(experiment.clock.tickCount)
        row.add(experiment.mechanism.objective.rawValue)
        try row.add(experiment.mechanism.carbonPriceUSDPerKg)
        row.add(experiment.coupling.kind.rawValue)
        try row.add(experiment.coupling.damping)
        try row.add(experiment.coupling.toleranceMW)
        row.add(experiment.coupling.roundLimit)
        try row.add(experiment.coupling.gap)
        try row.add(experiment.layerLimits.localMilliseconds)
        try row.add(experiment.layerLimits.regionalMilliseconds)
        row.add(RunStatus.running.rawValue)
        row.add("")
        row.addNull()
        row.add(origin.gridtideVersion)
        try row.insert()
    }

    private func insertAgents(_ inserter: RowInserter) throws {
        var row = inserter
        let firstRegion = experiment.regionAgents.lowerBound
        for number in 0..<experiment.agentCount {
            let role = experiment.role(ofAgent: number)
            let region = role == .computeRegion ? experiment.regions[number - firstRegion] : nil
            let service = role == .serviceNode ? experiment.services[number - experiment.serviceAgents.lowerBound] : nil
            let location =
                region?.location ?? service?.location
                ?? (role == .gridOperator ? experiment.gridOperators[number].location : nil)
            row.add(number)
            row.add(experiment.agent(number).name)
            row.add(role.rawValue)
            row.add(experiment.agent(number).strategy)
            try row.add(location?.latitudeDegrees)
            try row.add(location?.longitudeDegrees)
            row.add(region?.gridOperator)
            row.add(region?.bus)
            row.add(service.map { firstRegion + $0.home })
            try row.insert()
        }
    }

    private func insertClasses(in db: Database, path: String) throws {
        var resource = try RowInserter(RunTables.resource, in: db, path: path)
        for (number, name) in experiment.resources.enumerated() {
            resource.add(number)
            resource.add(name)
            try resource.insert()
        }
        var row = try RowInserter(RunTables.workloadClass, in: db, path: path)
        var work = try RowInserter(RunTables.classWork, in: db, path: path)
        for (number, kind) in experiment.classes.enumerated() {
            row.add(number)
            row.add(kind.name)
            try row.add(limit: kind.latencyBudgetMilliseconds)
            for value in Self.numbers(of: kind) { try row.add(value) }
            try row.insert()
            for (resource, amount) in kind.workPerRequest.enumerated() {
                work.add(number)
                work.add(resource)
                try work.add(amount)
                try work.insert()
            }
        }
    }

    /// The numbers of a class after its latency budget, in the order of the table's columns.
    private static func numbers(of kind: WorkloadClass) -> [Double] {
        [
            kind.clientLegMilliseconds, kind.processingMilliseconds, kind.queueingMilliseconds,
            kind.energyKWhPerRequest, kind.movableShare, kind.valueUSDPerRequest, kind.switchingUSDPerRequest,
            kind.deadlineHours,
            kind.friction.payloadGBPerRequest, kind.friction.sessionStateGB, kind.friction.requestsPerSession,
            kind.friction.coldStartUSD, kind.friction.reliabilityUSDPerRequest, kind.friction.surchargeUSDPerMWh,
        ]
    }

    private func insertRoutes(_ inserter: RowInserter) throws {
        var row = inserter
        let limits = experiment.layerLimits
        for (service, site) in experiment.services.enumerated() {
            for region in experiment.regions.indices {
                let layer = RelocationLayer(
                    isHome: region == site.home, roundTripMilliseconds: site.roundTripMilliseconds[region],
                    localLimitMilliseconds: limits.localMilliseconds,
                    regionalLimitMilliseconds: limits.regionalMilliseconds)
                row.add(experiment.serviceAgents.lowerBound + service)
                row.add(experiment.regionAgents.lowerBound + region)
                try row.add(limit: site.roundTripMilliseconds[region])
                try row.add(site.egressUSDPerGB[region])
                row.add(layer.rawValue)
                try row.insert()
            }
        }
    }
}
