import InferencePlacement

/// Random order books with every feature of MODEL 1.1 to 1.6: fixed sites, and demand, prices and masks drawn per tick.
struct RandomBook {
    var random: SeededRandom
    let regionCount: Int
    let resourceCount: Int
    let serviceCount: Int
    let classCount: Int
    /// Whether moving since the last tick costs.
    var hasSwitching = true
    /// Whether every home is an option, and everything else goes too: no capacity, connection or block binds.
    var isAmple = false

    init(
        seed: UInt64, regions: ClosedRange<Int> = 2...4, resources: ClosedRange<Int> = 0...2,
        services: ClosedRange<Int> = 1...3
    ) {
        random = SeededRandom(seed)
        regionCount = random.integer(regions)
        resourceCount = random.integer(resources)
        serviceCount = random.integer(services)
        classCount = random.integer(1...2)
    }

    /// A mechanism of the kind, with a carbon price where it takes one.
    mutating func mechanism(_ objective: Mechanism.Objective) -> Mechanism {
        objective == .carbonPriced
            ? Mechanism(objective, carbonPriceUSDPerKg: random.uniform(0, 0.3)) : Mechanism(objective)
    }

    /// A book; each call draws another, with the same sites.
    mutating func next() -> OrderBook {
        var orders: [WorkOrder] = []
        for service in 0..<serviceCount {
            for k in 0..<classCount where !random.chance(0.1) { orders.append(order(service, k)) }
        }
        return OrderBook(tickHours: 1, supplies: (0..<regionCount).map { _ in supply() }, orders: orders)
    }

    private mutating func order(_ service: Int, _ k: Int) -> WorkOrder {
        let home = service % regionCount
        let regions = (0..<regionCount).filter {
            ($0 == home && (isAmple || !random.chance(0.05))) || random.chance(0.6)
        }
        let requests = random.chance(0.1) ? 0 : random.uniform(1, 100)
        let energy = random.logUniform(0.5, 5)
        let pinned = random.integer(0...3)
        let isCheap = random.chance(0.3)
        let line = BidLine(
            workloadClass: k, requests: requests, arrivedRequests: requests, energyKWhPerRequest: energy,
            workPerRequest: (0..<resourceCount).map { _ in random.chance(0.2) ? 0 : random.uniform(0.5, 3) },
            movableShare: pinned == 0 ? 0 : pinned == 1 ? random.uniform() : 1,
            valueUSDPerRequest: isCheap ? random.uniform(0, 0.3) : random.logUniform(1, 100),
            switchingUSDPerRequest: hasSwitching && random.chance(0.6) ? random.uniform(0, 0.1) : 0,
            options: regions.map { region in
                PlacementOption(region: region, frictionUSDPerRequest: region == home ? 0 : random.uniform(0, 0.1))
            })
        return WorkOrder(
            service: service, home: home, line: line,
            roundTripMilliseconds: regions.map { $0 == home ? 5 : random.uniform(56, 300) })
    }

    private mutating func supply() -> RegionSupply {
        let capacity = (0..<resourceCount).map { _ in limit(zero: 0.1, finite: 0.6, 10, 200) }
        let blocks = (0..<random.integer(isAmple ? 1...3 : 0...3)).map { _ in
            EnergyBlock(
                limitMWh: limit(zero: 0.05, finite: 0.6, 0.01, 0.2),
                priceUSDPerMWh: random.chance(0.15) ? random.uniform(-50, 0) : random.uniform(10, 150),
                emissionsKgPerMWh: random.chance(0.2) ? random.uniform(-200, 0) : random.uniform(0, 1500),
                isFromGrid: !random.chance(0.25))
        }
        return RegionSupply(
            capacity: capacity, connectionMWh: limit(zero: 0.05, finite: 0.4, 0.02, 0.3),
            pue: random.chance(0.3) ? 1 : random.uniform(1, 1.8), blocks: blocks)
    }

    private mutating func limit(zero: Double, finite: Double, _ lower: Double, _ upper: Double) -> Double {
        let draw = random.uniform()
        let value = random.uniform(lower, upper)
        if isAmple { return .infinity }
        return draw < zero ? 0 : draw < zero + finite ? value : .infinity
    }
}

/// A clearing that failed, with the seed it failed for.
struct LabelledFailure: Error, CustomStringConvertible {
    let description: String
}

extension ClearingHouse {
    /// Clears a book; a failure names the label.
    mutating func clear(_ book: OrderBook, _ label: String) throws(LabelledFailure) -> Placement {
        do {
            return try clear(book)
        } catch {
            throw LabelledFailure(description: "\(label): \(error)")
        }
    }

    /// Clears one book from nothing.
    static func clear(_ book: OrderBook, by mechanism: Mechanism, _ label: String) throws -> Placement {
        var house = try ClearingHouse(mechanism: mechanism)
        return try house.clear(book, label)
    }
}
