public import CoSimulation
internal import GRDB
internal import InferencePlacement

extension RunSnapshot {
    /// The record of a tick as it was written, nil if it is not on disk.
    public func record(atTick tick: Int) throws -> TickRecord? {
        try RecordAssembly(run: self, db: db, layout: layout(), tick: tick).record()
    }

    /// How slots of records map to agents, from the tables.
    func layout() throws -> RunLayout {
        let agents = try agents()
        let operators = agents.filter { $0.role == .gridOperator }.count
        let regions = agents.filter { $0.role == .computeRegion }
        return RunLayout(
            clock: try facts().clock, gridOperatorCount: operators, regionCount: regions.count,
            serviceCount: agents.count - operators - regions.count, classCount: try classNames().count,
            resourceCount: try resourceNames().count,
            regionsOfOperator: (0..<operators).map { number in
                regions.indices.filter { regions[$0].gridOperator == number }
            })
    }
}

/// Puts a record together from the rows of its tick.
private struct RecordAssembly {
    let run: RunSnapshot
    let db: Database
    let layout: RunLayout
    let tick: Int

    /// The slot of a region, from its agent number in a row of a table.
    private func region(_ agent: Int, in table: String) throws -> Int {
        let region = layout.region(ofAgent: agent)
        guard (0..<layout.regionCount).contains(region) else { throw run.damaged(table) }
        return region
    }

    /// The slot of a service node, from its agent number in a row of a table.
    private func service(_ agent: Int, in table: String) throws -> Int {
        let service = layout.service(ofAgent: agent)
        guard (0..<layout.serviceCount).contains(service) else { throw run.damaged(table) }
        return service
    }

    func record() throws -> TickRecord? {
        guard var clearing = try clearing() else { return nil }
        let missing = try missingAnswers()
        let areas = try areas()
        let (regions, buses) = try regionOutcomes(areas: areas)
        clearing.regions = regions
        let signals = try signals()
        return TickRecord(
            tick: tick,
            signals: layout.regionsOfOperator.enumerated().map { number, regions in
                missing.contains(Absence(agent: number, phase: .signalling))
                    ? nil : GridSignal(buses: regions.compactMap { signals[$0] })
            },
            offers: try offers(), bids: try bids(missing: missing), quoteRounds: try quoteRounds(), clearing: clearing,
            dispatches: layout.regionsOfOperator.enumerated().map { number, regions in
                missing.contains(Absence(agent: number, phase: .dispatching))
                    ? nil
                    : GridDispatch(buses: regions.compactMap { buses[$0] }, areas: areas[number]?.map(\.outcome) ?? [])
            },
            settlement: try settlement(), absences: try absences("absence"), violations: try violations(),
            faults: try faults())
    }

    private func clearing() throws -> ClearingRecord? {
        let sql = """
            SELECT objective, relative_gap, cost_usd, energy_cost_usd, friction_cost_usd, switching_cost_usd, unserved_cost_usd,
                signalled_emissions_kg, coupling_rounds, coupling_converged, coupling_gap FROM tick WHERE tick = ?
            """
        var clearing: ClearingRecord?
        try db.scan(sql, tick) { row in
            clearing = ClearingRecord(
                objective: row.double(0), relativeGap: row.double(1), costUSD: row.double(2), energyUSD: row.double(3),
                frictionUSD: row.double(4), switchingUSD: row.double(5), unservedUSD: row.double(6),
                emissionsKg: row.double(7),
                awards: [], unserved: [], regions: [],
                coupling: CouplingOutcome(rounds: row.int(8), hasConverged: row.int(9) == 1, gap: row.double(10)))
        }
        guard clearing != nil else { return nil }
        let awards =
            "SELECT service, workload_class, region, requests, it_energy_mwh FROM award WHERE tick = ? ORDER BY 1, 2, 3"
        try db.scan(awards, tick) { row in
            clearing?.awards.append(
                AwardRecord(
                    service: try service(row.int(0), in: "award"), workloadClass: row.int(1),
                    region: try region(row.int(2), in: "award"), requests: row.double(3), energyMWh: row.double(4)))
        }
        let unserved = "SELECT service, workload_class, requests FROM unserved WHERE tick = ? ORDER BY 1, 2"
        try db.scan(unserved, tick) { row in
            clearing?.unserved.append(
                UnservedRecord(
                    service: try service(row.int(0), in: "unserved"), workloadClass: row.int(1), requests: row.double(2)
                ))
        }
        let waiting = "SELECT service, workload_class, requests FROM waiting WHERE tick = ? ORDER BY 1, 2"
        try db.scan(waiting, tick) { row in
            clearing?.waiting.append(
                UnservedRecord(
                    service: try service(row.int(0), in: "waiting"), workloadClass: row.int(1), requests: row.double(2)
                ))
        }
        return clearing
    }

    private func signals() throws -> [Int: BusSignal] {
        var signals: [Int: BusSignal] = [:]
        let sql = """
            SELECT region, price_usd_per_mwh, marginal_emissions_kg_per_mwh, average_emissions_kg_per_mwh, headroom_mw, cap_mw,
                request_event, request_reduction_mw, request_price_usd_per_mwh, request_remaining_ticks
            FROM signal WHERE tick = ?
            """
        try db.scan(sql, tick) { row in
            signals[try region(row.int(0), in: "signal")] = BusSignal(
                priceUSDPerMWh: row.double(1), marginalEmissionsKgPerMWh: row.double(2),
                averageEmissionsKgPerMWh: row.double(3),
                headroomMW: row.limit(4), capMW: row.limit(5),
                request: row.optionalInt(6).map { event in
                    CurtailmentRequest(
                        event: event, reductionMW: row.double(7), priceUSDPerMWh: row.double(8),
                        remainingTicks: row.int(9))
                })
        }
        let forecast = """
            SELECT region, price_usd_per_mwh, marginal_emissions_kg_per_mwh FROM forecast WHERE tick = ? ORDER BY region, ahead_ticks
            """
        try db.scan(forecast, tick) { row in
            let region = try region(row.int(0), in: "forecast")
            signals[region]?.forecastPriceUSDPerMWh.append(row.double(1))
            signals[region]?.forecastMarginalEmissionsKgPerMWh.append(row.double(2))
        }
        return signals
    }

    private func quoteRounds() throws -> [[GridQuote?]] {
        var rounds: [[GridQuote?]] = []
        let quotes = """
            SELECT round, grid_operator, cost_usd_per_h, emissions_kg_per_h FROM quote WHERE tick = ? ORDER BY 1, 2
            """
        try db.scan(quotes, tick) { row in
            let (round, number) = (row.int(0), row.int(1))
            guard round == rounds.count || round == rounds.count - 1, (0..<layout.gridOperatorCount).contains(number)
            else { throw run.damaged("quote") }
            if round == rounds.count { rounds.append(Array(repeating: nil, count: layout.gridOperatorCount)) }
            rounds[round][number] = row.optional(2).map { cost in
                GridQuote(buses: [], costUSDPerHour: cost, emissionsKgPerHour: row.double(3))
            }
        }
        let operators = layout.regionsOfOperator.enumerated().flatMap { number, regions in
            regions.map { (region: $0, gridOperator: number) }
        }.reduce(into: [Int](repeating: 0, count: layout.regionCount)) { $0[$1.region] = $1.gridOperator }
        let buses = """
            SELECT round, region, price_usd_per_mwh, marginal_emissions_kg_per_mwh, average_emissions_kg_per_mwh, area_place
            FROM quote_bus WHERE tick = ? ORDER BY 1, 2
            """
        try db.scan(buses, tick) { row in
            let region = try region(row.int(1), in: "quote_bus")
            guard rounds.indices.contains(row.int(0)) else { throw run.damaged("quote_bus") }
            rounds[row.int(0)][operators[region]]?.buses.append(
                BusOutcome(
                    priceUSDPerMWh: row.double(2), marginalEmissionsKgPerMWh: row.double(3),
                    averageEmissionsKgPerMWh: row.double(4), area: row.int(5)))
        }
        return rounds
    }

    private func offers() throws -> [CapacityOffer?] {
        var offers = [CapacityOffer?](repeating: nil, count: layout.regionCount)
        try db.scan(
            "SELECT region, connection_mw, pue, charge_mw, water_litres_per_mwh, carbon_tax_usd_per_kg FROM offer WHERE tick = ?",
            tick
        ) { row in
            offers[try region(row.int(0), in: "offer")] = CapacityOffer(
                capacity: [], connectionMW: row.limit(1), pue: row.double(2), blocks: [], chargeMW: row.double(3),
                waterLitresPerMWh: row.double(4), carbonTaxUSDPerKg: row.double(5))
        }
        let capacity =
            "SELECT region, capacity_accelerator_seconds FROM offer_capacity WHERE tick = ? ORDER BY region, resource"
        try db.scan(capacity, tick) { row in
            offers[try region(row.int(0), in: "offer_capacity")]?.capacity.append(row.limit(1))
        }
        let blocks =
            "SELECT region, source, limit_mw, mark_up_usd_per_mwh FROM offer_block WHERE tick = ? ORDER BY region, block"
        try db.scan(blocks, tick) { row in
            offers[try region(row.int(0), in: "offer_block")]?.blocks.append(
                OfferBlock(
                    source: row.text(1) == "grid" ? .grid : .onSite, limitMW: row.limit(2),
                    markUpUSDPerMWh: row.double(3)))
        }
        let outlook = """
            SELECT region, connection_mw, pue, on_site_mw, water_litres_per_mwh, carbon_tax_usd_per_kg FROM offer_outlook
            WHERE tick = ? ORDER BY region, ahead_ticks
            """
        try db.scan(outlook, tick) { row in
            offers[try region(row.int(0), in: "offer_outlook")]?.outlook.append(
                OfferOutlook(
                    connectionMW: row.limit(1), pue: row.double(2), onSiteMW: row.double(3),
                    waterLitresPerMWh: row.double(4), carbonTaxUSDPerKg: row.double(5)))
        }
        return offers
    }

    private func bids(missing: [Absence]) throws -> [WorkBid?] {
        var bids: [WorkBid?] = (0..<layout.serviceCount).map { service in
            missing.contains(Absence(agent: layout.agent(ofService: service), phase: .bidding))
                ? nil : WorkBid(lines: [])
        }
        let sql = """
            SELECT service, workload_class, requests, arrived_requests, deferred_requests, energy_kwh_per_request, movable_share,
                value_usd_per_request, switching_usd_per_request, option_set, delay_limit_seconds, delay_price_usd_per_second FROM bid WHERE tick = ? ORDER BY 1, 2
            """
        try db.scan(sql, tick) { row in
            var line = BidLine(
                workloadClass: row.int(1), requests: row.double(2), arrivedRequests: row.double(3),
                deferredRequests: row.double(4),
                energyKWhPerRequest: row.double(5),
                workPerRequest: try work(agent: row.int(0), workloadClass: row.int(1)),
                movableShare: row.double(6), valueUSDPerRequest: row.double(7), switchingUSDPerRequest: row.double(8),
                delayLimitSeconds: row.limit(10), delayUSDPerSecond: row.double(11),
                options: try row.optionalInt(9).map(options) ?? [])
            try readOutlook(&line, agent: row.int(0))
            bids[try service(row.int(0), in: "bid")]?.lines.append(line)
        }
        return bids
    }

    /// How long a line's work may wait, and what is expected.
    private func readOutlook(_ line: inout BidLine, agent: Int) throws {
        let sql = """
            SELECT due_requests, expected_requests FROM bid_outlook WHERE tick = ? AND service = ? AND workload_class = ?
            ORDER BY ahead_ticks
            """
        try db.scan(sql, tick, agent, line.workloadClass) { row in
            if let due = row.optional(0) { line.dueRequests.append(due) }
            if let expected = row.optional(1) { line.forecastRequests.append(expected) }
        }
    }

    private func work(agent: Int, workloadClass: Int) throws -> [Double] {
        let sql = """
            SELECT work_accelerator_seconds_per_request FROM bid_work WHERE tick = ? AND service = ? AND workload_class = ?
            ORDER BY resource
            """
        var work: [Double] = []
        try db.scan(sql, tick, agent, workloadClass) { row in work.append(row.double(0)) }
        return work
    }

    private func options(inSet set: Int) throws -> [PlacementOption] {
        var options: [PlacementOption] = []
        let sql = """
            SELECT region, friction_usd_per_request, delay_seconds, delay_seconds_per_request FROM bid_option
            WHERE option_set = ? ORDER BY region
            """
        try db.scan(sql, set) { row in
            options.append(
                PlacementOption(
                    region: try region(row.int(0), in: "bid_option"), frictionUSDPerRequest: row.double(1),
                    delaySeconds: row.double(2), delaySecondsPerRequest: row.double(3)))
        }
        return options
    }

    private func regionOutcomes(areas: [Int: [NumberedArea]]) throws -> ([RegionClearing], [Int: BusOutcome]) {
        let sql = """
            SELECT region, it_energy_mwh, facility_energy_mwh, grid_energy_mwh, energy_price_usd_per_mwh, realised_price_usd_per_mwh,
                realised_marginal_emissions_kg_per_mwh, realised_average_emissions_kg_per_mwh, area
            FROM region_outcome WHERE tick = ? ORDER BY region
            """
        var regions: [RegionClearing] = []
        var buses: [Int: BusOutcome] = [:]
        let places = areas.values.reduce(into: [Int: Int]()) { places, areas in
            for (place, area) in areas.enumerated() { places[area.number] = place }
        }
        try db.scan(sql, tick) { row in
            regions.append(
                RegionClearing(
                    energyMWh: row.double(1), facilityMWh: row.double(2), gridMWh: row.double(3),
                    energyPriceUSDPerMWh: row.double(4),
                    capacityPriceUSD: Array(repeating: 0, count: layout.resourceCount)))
            buses[try region(row.int(0), in: "region_outcome")] = row.optional(5).map { price in
                BusOutcome(
                    priceUSDPerMWh: price, marginalEmissionsKgPerMWh: row.double(6),
                    averageEmissionsKgPerMWh: row.double(7), area: row.optionalInt(8).flatMap { places[$0] } ?? 0)
            }
        }
        let prices = "SELECT region, resource, price_usd_per_accelerator_second FROM capacity_price WHERE tick = ?"
        try db.scan(prices, tick) { row in
            let region = try region(row.int(0), in: "capacity_price")
            guard regions.indices.contains(region), (0..<layout.resourceCount).contains(row.int(1)) else {
                throw run.damaged("capacity_price")
            }
            regions[region].capacityPriceUSD[row.int(1)] = row.double(2)
        }
        return (regions, buses)
    }

    /// An area with its number in the run.
    private struct NumberedArea {
        let number: Int
        let outcome: AreaOutcome
    }

    /// The areas of each grid operator, ascending by number.
    private func areas() throws -> [Int: [NumberedArea]] {
        let sql = """
            SELECT area.area, grid_operator, name, demand_mw, compute_load_mw, generation_mw, import_mw, curtailed_mw, unserved_mw,
                cost_usd, emissions_kg, congestion_rent_usd, congested_lines
            FROM area_outcome JOIN area ON area.area = area_outcome.area WHERE tick = ? ORDER BY area_outcome.area
            """
        var areas: [Int: [NumberedArea]] = [:]
        try db.scan(sql, tick) { row in
            let outcome = AreaOutcome(
                name: row.text(2), demandMW: row.double(3), computeLoadMW: row.double(4), generationMW: row.double(5),
                importMW: row.double(6), curtailedMW: row.double(7), unservedMW: row.double(8), costUSD: row.double(9),
                emissionsKg: row.double(10), congestionRentUSD: row.double(11), congestedLineCount: row.int(12),
                technologies: try technologies(inArea: row.int(0)))
            areas[row.int(1), default: []].append(NumberedArea(number: row.int(0), outcome: outcome))
        }
        return areas
    }

    private func technologies(inArea area: Int) throws -> [TechnologyOutput] {
        let sql = """
            SELECT name, output_mw FROM technology_output JOIN technology ON technology.technology = technology_output.technology
            WHERE tick = ? AND area = ? ORDER BY name
            """
        var outputs: [TechnologyOutput] = []
        try db.scan(sql, tick, area) { row in
            outputs.append(TechnologyOutput(technology: row.text(0), outputMW: row.double(1)))
        }
        return outputs
    }

    private func settlement() throws -> [Payment] {
        var payments: [Payment] = []
        let sql = "SELECT payer, payee, purpose, amount_usd FROM payment WHERE tick = ? ORDER BY payment"
        try db.scan(sql, tick) { row in
            guard let purpose = Payment.Purpose(word: row.text(2)) else { return }
            payments.append(
                Payment(
                    payer: Payment.Party(number: row.int(0)), payee: Payment.Party(number: row.int(1)),
                    purpose: purpose,
                    amountUSD: row.double(3)))
        }
        return payments
    }

    private func missingAnswers() throws -> [Absence] { try absences("missing_answer") }

    private func absences(_ table: String) throws -> [Absence] {
        var absences: [Absence] = []
        try db.scan("SELECT agent, phase FROM \(table) WHERE tick = ?", tick) { row in
            guard let phase = Phase(name: row.text(1)) else { return }
            absences.append(Absence(agent: row.int(0), phase: phase))
        }
        return absences.sorted { ($0.phase, $0.agent) < ($1.phase, $1.agent) }
    }

    private func faults() throws -> [FaultRecord] {
        var faults: [FaultRecord] = []
        // An agent's kinds come in the order of a record, not of the alphabet: what it heard, then what was heard of it.
        let sql = "SELECT agent, kind, signal_tick FROM agent_fault WHERE tick = ? ORDER BY agent, kind DESC"
        try db.scan(sql, tick) { row in
            guard let kind = FaultRecord.Kind(word: row.text(1), signalTick: row.optionalInt(2)) else { return }
            faults.append(FaultRecord(agent: row.int(0), kind: kind))
        }
        return faults
    }

    private func violations() throws -> [Violation] {
        var violations: [Violation] = []
        try db.scan("SELECT agent, phase, text FROM violation WHERE tick = ? ORDER BY violation", tick) { row in
            guard let phase = Phase(name: row.text(1)) else { return }
            violations.append(Violation(agent: row.int(0), phase: phase, text: row.text(2)))
        }
        return violations
    }
}

extension Phase {
    /// The phase with a name.
    init?(name: String) {
        guard let phase = Phase.allCases.first(where: { $0.name == name }) else { return nil }
        self = phase
    }
}
