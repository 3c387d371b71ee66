internal import CoSimulation
internal import GRDB
internal import InferencePlacement

/// Writes ticks to their tables with prepared statements; lives for one batch.
struct TickInserter {
    let layout: RunLayout
    let detail: RecordingDetail
    var tick, signal, forecast, quote, quoteBus, offer, offerCapacity, offerBlock: RowInserter
    var bid, bidWork, bidOption, award, unserved, waiting, offerOutlook, bidOutlook: RowInserter
    var missingAnswer, absence, agentFault, violation, regionOutcome, capacityPrice: RowInserter
    var area, areaOutcome, technology, technologyOutput, payment: RowInserter
    var wait, tickTiming, tickProfile, exchangeProfile, event: RowInserter

    init(layout: RunLayout, detail: RecordingDetail, db: Database, path: String) throws {
        self.layout = layout
        self.detail = detail
        func inserter(_ table: Table) throws -> RowInserter { try RowInserter(table, in: db, path: path) }
        tick = try inserter(TickTables.tick)
        signal = try inserter(TickTables.signal)
        forecast = try inserter(TickTables.forecast)
        quote = try inserter(TickTables.quote)
        quoteBus = try inserter(TickTables.quoteBus)
        offer = try inserter(TickTables.offer)
        offerCapacity = try inserter(TickTables.offerCapacity)
        offerBlock = try inserter(TickTables.offerBlock)
        bid = try inserter(TickTables.bid)
        bidWork = try inserter(TickTables.bidWork)
        bidOption = try inserter(TickTables.bidOption)
        award = try inserter(TickTables.award)
        unserved = try inserter(TickTables.unserved)
        waiting = try inserter(TickTables.waiting)
        offerOutlook = try inserter(TickTables.offerOutlook)
        bidOutlook = try inserter(TickTables.bidOutlook)
        missingAnswer = try inserter(TickTables.missingAnswer)
        absence = try inserter(TickTables.absence)
        agentFault = try inserter(TickTables.agentFault)
        violation = try inserter(TickTables.violation)
        regionOutcome = try inserter(OutcomeTables.regionOutcome)
        capacityPrice = try inserter(OutcomeTables.capacityPrice)
        area = try inserter(OutcomeTables.area)
        areaOutcome = try inserter(OutcomeTables.areaOutcome)
        technology = try inserter(OutcomeTables.technology)
        technologyOutput = try inserter(OutcomeTables.technologyOutput)
        payment = try inserter(OutcomeTables.payment)
        wait = try inserter(OutcomeTables.wait)
        tickTiming = try inserter(OutcomeTables.tickTiming)
        tickProfile = try inserter(ProfileTables.tickProfile)
        exchangeProfile = try inserter(ProfileTables.exchangeProfile)
        event = try inserter(OutcomeTables.event)
    }

    /// Writes all rows of a record.
    mutating func insert(_ record: TickRecord, digest: Digest, numbering: inout Numbering) throws {
        try insertTick(record, digest: digest)
        for (number, answer) in record.signals.enumerated() {
            if let answer {
                try insert(answer, of: number, at: record.tick)
            } else {
                try insertMissing(.signalling, number, record.tick)
            }
        }
        for (region, answer) in record.offers.enumerated() {
            let agent = layout.agent(ofRegion: region)
            if let answer {
                try insert(answer, of: agent, at: record.tick)
            } else {
                try insertMissing(.bidding, agent, record.tick)
            }
        }
        for (service, answer) in record.bids.enumerated() {
            let agent = layout.agent(ofService: service)
            if let answer {
                for line in answer.lines { try insert(line, of: service, at: record.tick, numbering: &numbering) }
            } else {
                try insertMissing(.bidding, agent, record.tick)
            }
        }
        try insertQuotes(record)
        try insertPlacement(record)
        try insertRegionOutcomes(record, numbering: &numbering)
        for (number, answer) in record.dispatches.enumerated() {
            if let answer {
                for outcome in answer.areas { try insert(outcome, of: number, at: record.tick, numbering: &numbering) }
            } else {
                try insertMissing(.dispatching, number, record.tick)
            }
        }
        try insertSettlement(record)
        try insertFaults(record)
    }

    private mutating func insertTick(_ record: TickRecord, digest: Digest) throws {
        let clearing = record.clearing
        tick.add(record.tick)
        tick.add(Int(layout.clock.seconds(atTick: record.tick)))
        tick.add(bytes: digest.bytes)
        try tick.add(clearing.objective)
        try tick.add(clearing.relativeGap)
        try tick.add(clearing.costUSD)
        try tick.add(clearing.energyUSD)
        try tick.add(clearing.frictionUSD)
        try tick.add(clearing.switchingUSD)
        try tick.add(clearing.unservedUSD)
        try tick.add(clearing.emissionsKg)
        tick.add(clearing.coupling.rounds)
        tick.add(clearing.coupling.hasConverged ? 1 : 0)
        try tick.add(clearing.coupling.gap)
        try tick.insert()
    }

    private mutating func insertMissing(_ phase: Phase, _ agent: Int, _ tick: Int) throws {
        missingAnswer.add(tick)
        missingAnswer.add(phase.name)
        missingAnswer.add(agent)
        try missingAnswer.insert()
    }

    private mutating func insert(_ answer: GridSignal, of gridOperator: Int, at tick: Int) throws {
        for (region, bus) in zip(layout.regionsOfOperator[gridOperator], answer.buses) {
            let agent = layout.agent(ofRegion: region)
            signal.add(tick)
            signal.add(agent)
            try signal.add(bus.priceUSDPerMWh)
            try signal.add(bus.marginalEmissionsKgPerMWh)
            try signal.add(bus.averageEmissionsKgPerMWh)
            try signal.add(limit: bus.headroomMW)
            try signal.add(limit: bus.capMW)
            signal.add(bus.request?.event)
            try signal.add(bus.request?.reductionMW)
            try signal.add(bus.request?.priceUSDPerMWh)
            signal.add(bus.request?.remainingTicks)
            try signal.insert()
            guard detail.forecasts else { continue }
            let expected = zip(bus.forecastPriceUSDPerMWh, bus.forecastMarginalEmissionsKgPerMWh)
            for (ahead, (price, emissions)) in expected.enumerated() {
                forecast.add(tick)
                forecast.add(agent)
                forecast.add(ahead)
                try forecast.add(price)
                try forecast.add(emissions)
                try forecast.insert()
            }
        }
    }

    private mutating func insert(_ answer: CapacityOffer, of agent: Int, at tick: Int) throws {
        offer.add(tick)
        offer.add(agent)
        try offer.add(limit: answer.connectionMW)
        try offer.add(answer.pue)
        try offer.add(answer.chargeMW)
        try offer.add(answer.waterLitresPerMWh)
        try offer.add(answer.carbonTaxUSDPerKg)
        try offer.insert()
        for (index, outlook) in answer.outlook.enumerated() {
            offerOutlook.add(tick)
            offerOutlook.add(agent)
            offerOutlook.add(index + 1)
            try offerOutlook.add(limit: outlook.connectionMW)
            try offerOutlook.add(outlook.pue)
            try offerOutlook.add(outlook.onSiteMW)
            try offerOutlook.add(outlook.waterLitresPerMWh)
            try offerOutlook.add(outlook.carbonTaxUSDPerKg)
            try offerOutlook.insert()
        }
        for (resource, capacity) in answer.capacity.enumerated() {
            offerCapacity.add(tick)
            offerCapacity.add(agent)
            offerCapacity.add(resource)
            try offerCapacity.add(limit: capacity)
            try offerCapacity.insert()
        }
        for (number, block) in answer.blocks.enumerated() {
            offerBlock.add(tick)
            offerBlock.add(agent)
            offerBlock.add(number)
            offerBlock.add(block.source.word)
            try offerBlock.add(limit: block.limitMW)
            try offerBlock.add(block.markUpUSDPerMWh)
            try offerBlock.insert()
        }
    }

    private mutating func insert(_ line: BidLine, of service: Int, at tick: Int, numbering: inout Numbering) throws {
        let agent = layout.agent(ofService: service)
        bid.add(tick)
        bid.add(agent)
        bid.add(line.workloadClass)
        try bid.add(line.requests)
        try bid.add(line.arrivedRequests)
        try bid.add(line.deferredRequests)
        try bid.add(line.energyKWhPerRequest)
        try bid.add(line.movableShare)
        try bid.add(line.valueUSDPerRequest)
        try bid.add(line.switchingUSDPerRequest)
        try bid.add(limit: line.delayLimitSeconds)
        try bid.add(line.delayUSDPerSecond)
        if detail.bidOptions {
            let number = layout.line(service: service, workloadClass: line.workloadClass)
            let set = numbering.optionSet(line.options, ofLine: number)
            bid.add(set.number)
            if set.isNew { try insert(line.options, asSet: set.number) }
        } else {
            bid.addNull()
        }
        try bid.insert()
        for ahead
            in 0..<max(line.dueRequests.count, line.forecastRequests.isEmpty ? 0 : line.forecastRequests.count + 1)
        {
            bidOutlook.add(tick)
            bidOutlook.add(agent)
            bidOutlook.add(line.workloadClass)
            bidOutlook.add(ahead)
            try bidOutlook.add(line.dueRequests.indices.contains(ahead) ? line.dueRequests[ahead] : nil)
            let isForetold = line.forecastRequests.indices.contains(ahead - 1)
            try bidOutlook.add(isForetold ? line.forecastRequests[ahead - 1] : nil)
            try bidOutlook.insert()
        }
        for (resource, work) in line.workPerRequest.enumerated() {
            bidWork.add(tick)
            bidWork.add(agent)
            bidWork.add(line.workloadClass)
            bidWork.add(resource)
            try bidWork.add(work)
            try bidWork.insert()
        }
    }

    private mutating func insert(_ options: [PlacementOption], asSet number: Int) throws {
        for option in options {
            bidOption.add(number)
            bidOption.add(layout.agent(ofRegion: option.region))
            try bidOption.add(option.frictionUSDPerRequest)
            try bidOption.add(option.delaySeconds)
            try bidOption.add(option.delaySecondsPerRequest)
            try bidOption.insert()
        }
    }
}
