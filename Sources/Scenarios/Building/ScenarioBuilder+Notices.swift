internal import CoSimulation
internal import InferencePlacement

// What a scenario may well mean, but that its author should know.
extension ScenarioBuilder {
    /// Notes the classes that miss their budget even at home.
    mutating func noteBudgets(_ experiment: Experiment) {
        for (k, workload) in experiment.classes.enumerated() {
            let late = experiment.services.filter {
                !workload.accepts(roundTripMilliseconds: $0.roundTripMilliseconds[$0.home])
            }
            guard let first = late.first else { continue }
            let path = "classes[\(k)].latencyBudgetMilliseconds"
            let needed =
                workload.clientLegMilliseconds + first.roundTripMilliseconds[first.home]
                + workload.processingMilliseconds
                + workload.queueingMilliseconds
            checker.log.note(
                at: place(path), path,
                "class `\(workload.name)` of \(Excerpt.count(late.count, "service node")) misses its budget even at home: "
                    + "`\(first.agent.name)` needs \(Excerpt.number((needed * 10).rounded() / 10)) ms of "
                    + "\(Excerpt.number(workload.latencyBudgetMilliseconds)) ms; it runs at home all the same.")
        }
    }

    /// Notes demand beyond what regions can run with everything at home, where strategies have the usual settings: `demand`
    /// of service nodes, `accelerators` or `capacityAcceleratorSeconds`, `connectionMW` and `pue` of regions.
    mutating func noteCapacity(_ experiment: Experiment) {
        let demands = demands(experiment)
        let regions = experiment.regions.map {
            RegionLimits($0.agent.parameters, tickSeconds: experiment.clock.tickSeconds)
        }
        var worst: [Excess?] = Array(repeating: nil, count: regions.count)
        // A look, not a proof: beyond so many steps the first ticks stand for all.
        let tickCount = min(experiment.clock.tickCount, 1 + 20_000_000 / (demands.count + regions.count))
        for tick in 0..<tickCount {
            var work = Array(repeating: 0.0, count: regions.count)
            var energyMWh = work
            for demand in demands {
                work[demand.home] += demand.requests[tick] * demand.work
                energyMWh[demand.home] += demand.requests[tick] * demand.energyMWh
            }
            for (index, limits) in regions.enumerated() {
                let excess = limits.excess(tick: tick, work: work[index], energyMWh: energyMWh[index])
                if let excess, excess.share > worst[index]?.share ?? 1 { worst[index] = excess }
            }
        }
        for (index, excess) in worst.enumerated() {
            guard let excess else { continue }
            let path = "regions[\(index)]"
            let extent = excess.share < 1000 ? "\(Int((excess.share * 100).rounded())) %" : "a thousandfold"
            checker.log.note(
                at: place(path), path,
                "with everything at home, demand reaches \(extent) of its \(excess.noun) at tick \(excess.tick); the baseline "
                    + "leaves work unserved.")
        }
    }

    /// Requests of one class at one service node, with what a request takes.
    private struct HomeDemand {
        let home: Int
        let requests: Series
        let work: Double
        let energyMWh: Double
    }

    private func demands(_ experiment: Experiment) -> [HomeDemand] {
        experiment.services.flatMap { service in
            let demand = service.agent.parameters.sectionIfGiven("demand")
            return experiment.classes.compactMap { workload in
                demand?.seriesIfGiven(workload.name).map {
                    HomeDemand(
                        home: service.home, requests: $0, work: workload.workPerRequest.first ?? 0,
                        energyMWh: workload.energyKWhPerRequest / 1000)
                }
            }
        }
    }
}

/// Demand beyond a limit.
private struct Excess {
    var share: Double
    var noun: String
    var tick: Int
}

/// What a region can run, as far as its strategy has the usual settings.
private struct RegionLimits {
    let capacity: Series?
    let capacityFactor: Double
    let connectionMW: Series?
    let pue: Series
    let tickHours: Double

    init(_ parameters: Parameters, tickSeconds: Int64) {
        let direct = parameters.seriesIfGiven("capacityAcceleratorSeconds")
        capacity = direct ?? parameters.seriesIfGiven("accelerators")
        capacityFactor = direct == nil ? Double(tickSeconds) : 1
        connectionMW = parameters.seriesIfGiven("connectionMW")
        pue = parameters.seriesIfGiven("pue") ?? Series(constant: 1)
        tickHours = Double(tickSeconds) / 3600
    }

    /// How far demand passes the tighter limit; nil when it passes none.
    func excess(tick: Int, work: Double, energyMWh: Double) -> Excess? {
        let byWork = capacity.map { share(work, of: $0[tick] * capacityFactor) } ?? 0
        let byPower = connectionMW.map { share(energyMWh * pue[tick], of: $0[tick] * tickHours) } ?? 0
        guard max(byWork, byPower) > 1 + 1e-9 else { return nil }
        return byWork >= byPower
            ? Excess(share: byWork, noun: "capacity", tick: tick)
            : Excess(share: byPower, noun: "connection", tick: tick)
    }

    private func share(_ demand: Double, of limit: Double) -> Double {
        demand == 0 ? 0 : limit > 0 ? demand / limit : .infinity
    }
}
