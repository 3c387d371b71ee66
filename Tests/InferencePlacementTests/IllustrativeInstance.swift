import InferencePlacement

/// The illustrative instance of MODEL 1: three homes, ten regions, four classes, one hour.
struct IllustrativeInstance {
    static let regions:
        [(name: String, latitude: Double, longitude: Double, price: Double, carbon: Double, pue: Double)] = [
            ("USE", 39.0, -77.5, 0.080, 420, 1.15), ("USC", 41.6, -93.6, 0.055, 480, 1.12),
            ("USW", 45.6, -121.2, 0.060, 250, 1.12),
            ("QC", 45.5, -73.6, 0.045, 30, 1.15), ("EUW", 50.1, 8.7, 0.150, 380, 1.25),
            ("NOR", 65.6, 22.1, 0.040, 40, 1.08),
            ("SGP", 1.35, 103.8, 0.160, 440, 1.40), ("TYO", 35.7, 139.7, 0.150, 480, 1.30),
            ("SCN", 30.7, 104.1, 0.055, 150, 1.20),
            ("GLF", 24.5, 54.4, 0.065, 420, 1.35),
        ]
    static let homes = ["USE", "EUW", "SGP"]
    static let classes: [(name: String, share: Double, budget: Double, processing: Double, friction: Double)] = [
        ("A", 0.4, 300, 230, 1), ("B", 0.3, 1500, 1250, 5), ("C", 0.2, 60_000, 10_000, 30),
        ("D", 0.1, 3_600_000, 60_000, 10),
    ]

    var relaxationMilliseconds = 0.0
    var frictionFactor = 1.0
    var remoteCapacityFactor = 1.0
    var pinnedShare = 0.0
    var energyKWhPerRequest = 0.002

    /// Index of a region by name.
    static func region(_ name: String) -> Int { regions.firstIndex { $0.name == name }! }

    static func location(_ region: Int) -> Location {
        Location(latitudeDegrees: regions[region].latitude, longitudeDegrees: regions[region].longitude)
    }

    static func roundTrip(home: Int, region: Int) -> Double {
        home == region ? 5 : location(home).roundTripMilliseconds(to: location(region))
    }

    func workloadClass(_ index: Int) -> WorkloadClass {
        let row = Self.classes[index]
        return WorkloadClass(
            name: row.name, latencyBudgetMilliseconds: row.budget + relaxationMilliseconds,
            processingMilliseconds: row.processing,
            energyKWhPerRequest: energyKWhPerRequest, workPerRequest: [energyKWhPerRequest * 3600],
            movableShare: 1 - pinnedShare,
            valueUSDPerRequest: 100, friction: Friction(surchargeUSDPerMWh: row.friction * frictionFactor))
    }

    /// Regions within the latency mask of a class, home included.
    func feasible(home: Int, workloadClass k: Int) -> [Int] {
        Self.regions.indices.filter {
            $0 == home || workloadClass(k).accepts(roundTripMilliseconds: Self.roundTrip(home: home, region: $0))
        }
    }

    func book() -> OrderBook {
        let homes = Self.homes.map(Self.region)
        let supplies = Self.regions.enumerated().map { index, row in
            let capacityMW = homes.contains(index) ? 300 : 60 * remoteCapacityFactor
            return RegionSupply(
                capacity: [capacityMW * 1000 * 3600], connectionMWh: .infinity, pue: row.pue,
                blocks: [
                    EnergyBlock(
                        limitMWh: .infinity, priceUSDPerMWh: row.price * 1000, emissionsKgPerMWh: row.carbon,
                        isFromGrid: true)
                ])
        }
        var orders: [WorkOrder] = []
        for (service, home) in homes.enumerated() {
            for k in Self.classes.indices {
                let kind = workloadClass(k)
                let requests = 100 * Self.classes[k].share * 1000 / kind.energyKWhPerRequest
                let regions = feasible(home: home, workloadClass: k)
                let options = regions.map { region in
                    let friction =
                        region == home
                        ? 0
                        : kind.friction.costUSDPerRequest(
                            egressUSDPerGB: 0, energyKWhPerRequest: kind.energyKWhPerRequest)
                    return PlacementOption(region: region, frictionUSDPerRequest: friction)
                }
                let line = BidLine(
                    workloadClass: k, requests: requests, arrivedRequests: requests,
                    energyKWhPerRequest: kind.energyKWhPerRequest,
                    workPerRequest: kind.workPerRequest, movableShare: kind.movableShare,
                    valueUSDPerRequest: kind.valueUSDPerRequest,
                    options: options)
                orders.append(
                    WorkOrder(
                        service: service, home: home, line: line,
                        roundTripMilliseconds: regions.map { Self.roundTrip(home: home, region: $0) }))
            }
        }
        return OrderBook(tickHours: 1, supplies: supplies, orders: orders)
    }
}
