import CoSimulation
import InferencePlacement

/// The illustrative instance of MODEL 1 as a run of one tick: one grid whose areas are the ten regions, three nodes.
struct IllustrativeRun {
    private typealias Site = (
        name: String, latitude: Double, longitude: Double, price: Double, carbon: Double, pue: Double
    )
    private static let sites: [Site] = [
        ("USE", 39.0, -77.5, 80, 420, 1.15), ("USC", 41.6, -93.6, 55, 480, 1.12),
        ("USW", 45.6, -121.2, 60, 250, 1.12), ("QC", 45.5, -73.6, 45, 30, 1.15),
        ("EUW", 50.1, 8.7, 150, 380, 1.25), ("NOR", 65.6, 22.1, 40, 40, 1.08),
        ("SGP", 1.35, 103.8, 160, 440, 1.40), ("TYO", 35.7, 139.7, 150, 480, 1.30),
        ("SCN", 30.7, 104.1, 55, 150, 1.20), ("GLF", 24.5, 54.4, 65, 420, 1.35),
    ]
    private static let classes: [(name: String, share: Double, budget: Double, processing: Double, friction: Double)] =
        [
            ("A", 0.4, 300, 230, 1), ("B", 0.3, 1500, 1250, 5), ("C", 0.2, 60_000, 10_000, 30),
            ("D", 0.1, 3_600_000, 60_000, 10),
        ]
    private static let homes = ["USE", "EUW", "SGP"]
    private static let energyKWh = 0.002

    var frictionFactor = 1.0
    var remoteCapacityFactor = 1.0
    var pinnedShare = 0.0
    var mechanism = Mechanism(.leastCost)
    /// Other places, prices, emissions and PUE, drawn from this seed; the instance as it is published where it is nil.
    var variation: UInt64?
    /// Whether Virginia's node gives no answer in the tick after the first.
    var hasAbsence = false

    private var sites: [Site] {
        guard var state = variation else { return Self.sites }
        func draw(_ range: ClosedRange<Double>) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return range.lowerBound + (range.upperBound - range.lowerBound) * Double(state >> 11) * 0x1p-53
        }
        for _ in 0..<3 { _ = draw(0...1) }
        return Self.sites.map { site in
            (
                site.name, draw(-60...70), draw(-180...180), draw(-20...200), draw(-100...1000), draw(1...1.6)
            )
        }
    }

    var experiment: Experiment {
        let sites = sites
        let places = sites.map { Location(latitudeDegrees: $0.latitude, longitudeDegrees: $0.longitude) }
        func agent(_ name: String) -> AgentSite { AgentSite(name: name, strategy: "test", parameters: Parameters()) }
        return Experiment(
            name: "illustrative", seed: 1,
            clock: Clock(startSeconds: 0, tickSeconds: 3600, tickCount: hasAbsence ? 2 : 1),
            resources: ["accelerator"],
            classes: Self.classes.map { row in
                WorkloadClass(
                    name: row.name, latencyBudgetMilliseconds: row.budget, processingMilliseconds: row.processing,
                    energyKWhPerRequest: Self.energyKWh, workPerRequest: [Self.energyKWh * 3600],
                    movableShare: 1 - pinnedShare, valueUSDPerRequest: 100,
                    friction: Friction(surchargeUSDPerMWh: row.friction * frictionFactor))
            },
            gridOperators: [GridOperatorSite(agent: agent("world"))],
            regions: sites.map { ComputeRegionSite(agent: agent($0.name), gridOperator: 0) },
            services: Self.homes.map { name in
                let home = sites.firstIndex { $0.name == name }!
                return ServiceNodeSite(
                    agent: agent("node-\(name)"), home: home,
                    roundTripMilliseconds: places.indices.map {
                        $0 == home ? 5 : places[home].roundTripMilliseconds(to: places[$0])
                    },
                    egressUSDPerGB: places.map { _ in 0 },
                    permitted: Self.classes.map { _ in places.map { _ in true } })
            },
            mechanism: mechanism)
    }

    /// The records of the run, placed by a clearing house of its own.
    func records() throws -> [TickRecord] {
        let experiment = experiment
        var replay = BookReplay(experiment: experiment)
        var house = try ClearingHouse(mechanism: mechanism)
        return try (0..<experiment.clock.tickCount).map { tick in
            var record = record(experiment, tick: tick)
            let book = replay.book(of: record)
            let placement = try house.clear(book)
            record.clearing.objective = placement.objective
            record.clearing.awards = placement.awards.map { award in
                let order = book.orders[award.order]
                return AwardRecord(
                    service: order.service, workloadClass: order.line.workloadClass,
                    region: order.line.options[award.option].region, requests: award.requests,
                    energyMWh: award.energyMWh)
            }
            return record
        }
    }

    private func record(_ experiment: Experiment, tick: Int) -> TickRecord {
        let sites = sites
        let signal = GridSignal(
            buses: sites.map {
                BusSignal(
                    priceUSDPerMWh: $0.price, marginalEmissionsKgPerMWh: $0.carbon, averageEmissionsKgPerMWh: 0)
            })
        let offers = sites.map { site in
            let capacityMW = Self.homes.contains(site.name) ? 300 : 60 * remoteCapacityFactor
            return CapacityOffer(
                capacity: [capacityMW * 1000 * 3600], connectionMW: .infinity, pue: site.pue,
                blocks: [OfferBlock(source: .grid, limitMW: .infinity, markUpUSDPerMWh: 0)])
        }
        let bids = experiment.services.indices.map { service -> WorkBid? in
            tick > 0 && service == 0 ? nil : bid(experiment, service)
        }
        let dispatch = GridDispatch(
            buses: sites.enumerated().map { index, site in
                BusOutcome(
                    priceUSDPerMWh: site.price, marginalEmissionsKgPerMWh: site.carbon, averageEmissionsKgPerMWh: 0,
                    area: index)
            }, areas: sites.map { AreaOutcome(name: "area-\($0.name)") })
        return TickRecord(
            tick: tick, signals: [signal], offers: offers, bids: bids,
            clearing: ClearingRecord(
                objective: 0, relativeGap: 0, costUSD: 0, energyUSD: 0, frictionUSD: 0, switchingUSD: 0,
                unservedUSD: 0, emissionsKg: 0, awards: [], unserved: [], regions: []),
            dispatches: [dispatch], settlement: [], absences: [], violations: [])
    }

    /// 100 MWh of IT energy in all, to every region within the masks.
    private func bid(_ experiment: Experiment, _ service: Int) -> WorkBid {
        WorkBid(
            lines: experiment.classes.enumerated().map { k, kind in
                let requests = 100 * Self.classes[k].share * 1000 / Self.energyKWh
                let phi = kind.friction.costUSDPerRequest(egressUSDPerGB: 0, energyKWhPerRequest: Self.energyKWh)
                return BidLine(
                    workloadClass: k, requests: requests, arrivedRequests: requests,
                    energyKWhPerRequest: Self.energyKWh, workPerRequest: kind.workPerRequest,
                    movableShare: kind.movableShare, valueUSDPerRequest: kind.valueUSDPerRequest,
                    options: experiment.regions.indices.filter {
                        experiment.isAllowed(service: service, workloadClass: k, region: $0)
                    }.map {
                        PlacementOption(
                            region: $0, frictionUSDPerRequest: $0 == experiment.services[service].home ? 0 : phi)
                    })
            })
    }
}
