internal import CoSimulation
internal import GRDB

// Rows of some ticks of a run in the order of ticks, one at a time: memory does not grow with the run.
extension RunSnapshot {
    /// Reads what the clearings came to.
    public func forEachTick(before end: Int, _ body: (TickPoint) throws -> Void) throws {
        let sql = """
            SELECT tick, cost_usd, energy_cost_usd, friction_cost_usd, switching_cost_usd, unserved_cost_usd, signalled_emissions_kg,
                coupling_rounds, coupling_converged, coupling_gap
            FROM tick WHERE tick < ? ORDER BY tick
            """
        try db.scan(sql, end) { row in
            try body(
                TickPoint(
                    tick: row.int(0), costUSD: row.double(1), energyUSD: row.double(2), frictionUSD: row.double(3),
                    switchingUSD: row.double(4), unservedUSD: row.double(5), signalledEmissionsKg: row.double(6),
                    coupling: CouplingOutcome(
                        rounds: row.int(7), hasConverged: row.int(8) == 1, gap: row.double(9))))
        }
    }

    /// Reads what happened in balancing areas, ascending by tick, then area.
    public func forEachArea(in ticks: Range<Int>, _ body: (AreaPoint) throws -> Void) throws {
        let sql = """
            SELECT tick, area, demand_mw, compute_load_mw, generation_mw, import_mw, curtailed_mw, unserved_mw, cost_usd, emissions_kg,
                congestion_rent_usd, congested_lines,
                (SELECT avg(realised_price_usd_per_mwh) FROM region_outcome AS region
                 WHERE region.tick = area_outcome.tick AND region.area = area_outcome.area)
            FROM area_outcome WHERE tick >= ? AND tick < ? ORDER BY tick, area
            """
        let areaCount = try areas().count
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            guard row.int(0) >= 0, (0..<areaCount).contains(row.int(1)) else { throw damaged("area_outcome") }
            try body(
                AreaPoint(
                    tick: row.int(0), area: row.int(1), demandMW: row.double(2), computeLoadMW: row.double(3),
                    generationMW: row.double(4), importMW: row.double(5), curtailedMW: row.double(6),
                    unservedMW: row.double(7),
                    costUSD: row.double(8), emissionsKg: row.double(9), congestionRentUSD: row.double(10),
                    congestedLineCount: row.int(11), priceUSDPerMWh: row.optional(12)))
        }
    }

    /// Reads the loads of balancing areas, demand and compute together, MW, ascending by tick, then area.
    public func forEachAreaLoad(before end: Int, _ body: (_ tick: Int, _ loadMW: Double) throws -> Void) throws {
        let sql = """
            SELECT tick, demand_mw + compute_load_mw FROM area_outcome WHERE tick < ? ORDER BY tick, area
            """
        try db.scan(sql, end) { row in try body(row.int(0), row.double(1)) }
    }

    /// Reads what happened in compute regions, ascending by tick, then region.
    public func forEachRegion(in ticks: Range<Int>, _ body: (RegionPoint) throws -> Void) throws {
        let sql = """
            SELECT o.tick, o.region, o.it_energy_mwh, o.facility_energy_mwh, o.grid_energy_mwh, s.price_usd_per_mwh,
                o.realised_price_usd_per_mwh, o.realised_marginal_emissions_kg_per_mwh, o.realised_average_emissions_kg_per_mwh,
                s.marginal_emissions_kg_per_mwh, s.request_event, s.request_reduction_mw, s.request_price_usd_per_mwh,
                s.request_remaining_ticks, s.cap_mw
            FROM region_outcome AS o LEFT JOIN signal AS s ON s.tick = o.tick AND s.region = o.region
            WHERE o.tick >= ? AND o.tick < ? ORDER BY o.tick, o.region
            """
        let agents = try agents()
        let events = try gridEvents()
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            guard row.int(0) >= 0, agents.isRegion(row.int(1)) else { throw damaged("region_outcome") }
            let asked = row.optionalInt(10).map { event in
                CurtailmentRequest(
                    event: event, reductionMW: row.double(11), priceUSDPerMWh: row.double(12),
                    remainingTicks: row.int(13))
            }
            let realised = row.optional(6).map { price in
                BusOutcome(
                    priceUSDPerMWh: price, marginalEmissionsKgPerMWh: row.double(7),
                    averageEmissionsKgPerMWh: row.double(8))
            }
            try body(
                RegionPoint(
                    tick: row.int(0), region: row.int(1), energyMWh: row.double(2), facilityMWh: row.double(3),
                    gridMWh: row.double(4), signalledPriceUSDPerMWh: row.optional(5),
                    signalledMarginalEmissionsKgPerMWh: row.optional(9),
                    request: events.request(asked, region: row.int(1), tick: row.int(0)), capMW: row.optional(14),
                    realised: realised))
        }
    }

    /// Reads placed work, ascending by tick, service node, class, region.
    public func forEachPlacement(in ticks: Range<Int>, _ body: (PlacementPoint) throws -> Void) throws {
        let sql = """
            SELECT tick, service, workload_class, region, requests, it_energy_mwh FROM award WHERE tick >= ? AND tick < ?
            ORDER BY tick, service, workload_class, region
            """
        let agents = try agents()
        let classCount = try classNames().count
        var facilityShares = [Double](repeating: 1, count: agents.count)
        var tick = -1
        try db.scan(sql, ticks.lowerBound, ticks.upperBound) { row in
            if row.int(0) != tick {
                tick = row.int(0)
                try readFacilityShares(&facilityShares, atTick: tick)
            }
            let region = row.int(3)
            guard agents.isService(row.int(1)), agents.isRegion(region), (0..<classCount).contains(row.int(2)) else {
                throw damaged("award")
            }
            let energy = row.double(5)
            try body(
                PlacementPoint(
                    tick: tick, service: row.int(1), workloadClass: row.int(2), region: region, requests: row.double(4),
                    energyMWh: energy, facilityMWh: energy * facilityShares[region]))
        }
    }

    /// Facility energy over IT energy of each region in a tick, by agent number.
    private func readFacilityShares(_ shares: inout [Double], atTick tick: Int) throws {
        let sql = """
            SELECT region, facility_energy_mwh / it_energy_mwh FROM region_outcome WHERE tick = ? AND it_energy_mwh <> 0
            """
        try db.scan(sql, tick) { row in
            guard shares.indices.contains(row.int(0)) else { throw damaged("region_outcome") }
            shares[row.int(0)] = row.double(1)
        }
    }

    /// Fills in the realised price at each region's bus in a tick, by agent number; nil where it is unknown.
    public func readRealisedPrices(into prices: inout [Double?], atTick tick: Int) throws {
        for index in prices.indices { prices[index] = nil }
        try db.scan("SELECT region, realised_price_usd_per_mwh FROM region_outcome WHERE tick = ?", tick) { row in
            guard prices.indices.contains(row.int(0)) else { throw damaged("region_outcome") }
            prices[row.int(0)] = row.optional(1)
        }
    }

    /// Reads work not served, ascending by tick, service node, class.
    public func forEachUnserved(before end: Int, _ body: (UnservedPoint) throws -> Void) throws {
        let sql = """
            SELECT tick, service, workload_class, requests FROM unserved WHERE tick < ? ORDER BY tick, service, workload_class
            """
        let agents = try agents()
        let classCount = try classNames().count
        try db.scan(sql, end) { row in
            guard agents.isService(row.int(1)), (0..<classCount).contains(row.int(2)) else { throw damaged("unserved") }
            try body(
                UnservedPoint(tick: row.int(0), service: row.int(1), workloadClass: row.int(2), requests: row.double(3))
            )
        }
    }

    /// Reads payments in the order of settlement.
    public func forEachPayment(before end: Int, _ body: (PaymentPoint) throws -> Void) throws {
        let sql = "SELECT tick, payer, payee, purpose, amount_usd FROM payment WHERE tick < ? ORDER BY tick, payment"
        try db.scan(sql, end) { row in
            guard let purpose = Payment.Purpose(word: row.text(3)) else { throw damaged("payment") }
            let payment = Payment(
                payer: Payment.Party(number: row.int(1)), payee: Payment.Party(number: row.int(2)), purpose: purpose,
                amountUSD: row.double(4))
            try body(PaymentPoint(tick: row.int(0), payment: payment))
        }
    }
}

extension [RunAgent] {
    /// Whether a number is that of a compute region.
    func isRegion(_ number: Int) -> Bool { indices.contains(number) && self[number].role == .computeRegion }

    /// Whether a number is that of a service node.
    func isService(_ number: Int) -> Bool { indices.contains(number) && self[number].role == .serviceNode }
}

extension Payment.Purpose {
    /// The purpose with a word.
    init?(word: String) {
        guard let purpose = Payment.Purpose.allCases.first(where: { $0.word.description == word }) else { return nil }
        self = purpose
    }
}
