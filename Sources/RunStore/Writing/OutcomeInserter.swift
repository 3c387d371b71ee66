internal import CoSimulation
internal import InferencePlacement

// Placement, outcomes, payments, faults and timing of a tick.
extension TickInserter {
    mutating func insertPlacement(_ record: TickRecord) throws {
        for placed in record.clearing.awards {
            award.add(record.tick)
            award.add(layout.agent(ofService: placed.service))
            award.add(placed.workloadClass)
            award.add(layout.agent(ofRegion: placed.region))
            try award.add(placed.requests)
            try award.add(placed.energyMWh)
            try award.insert()
        }
        for lost in record.clearing.unserved {
            unserved.add(record.tick)
            unserved.add(layout.agent(ofService: lost.service))
            unserved.add(lost.workloadClass)
            try unserved.add(lost.requests)
            try unserved.insert()
        }
        for held in record.clearing.waiting {
            waiting.add(record.tick)
            waiting.add(layout.agent(ofService: held.service))
            waiting.add(held.workloadClass)
            try waiting.add(held.requests)
            try waiting.insert()
        }
    }

    mutating func insertQuotes(_ record: TickRecord) throws {
        for (round, quotes) in record.quoteRounds.enumerated() {
            for (number, answer) in quotes.enumerated() {
                quote.add(record.tick)
                quote.add(round)
                quote.add(number)
                try quote.add(answer?.costUSDPerHour)
                try quote.add(answer?.emissionsKgPerHour)
                try quote.insert()
                for (region, bus) in zip(layout.regionsOfOperator[number], answer?.buses ?? []) {
                    quoteBus.add(record.tick)
                    quoteBus.add(round)
                    quoteBus.add(layout.agent(ofRegion: region))
                    try quoteBus.add(bus.priceUSDPerMWh)
                    try quoteBus.add(bus.marginalEmissionsKgPerMWh)
                    try quoteBus.add(bus.averageEmissionsKgPerMWh)
                    quoteBus.add(bus.area)
                    try quoteBus.insert()
                }
            }
        }
    }

    mutating func insertRegionOutcomes(_ record: TickRecord, numbering: inout Numbering) throws {
        var realised = [BusOutcome?](repeating: nil, count: layout.regionCount)
        var areas = [Int?](repeating: nil, count: layout.regionCount)
        for (number, dispatch) in record.dispatches.enumerated() {
            guard let dispatch else { continue }
            let numbers = try dispatch.areas.map { outcome in
                try self.number(ofArea: outcome.name, of: number, numbering: &numbering)
            }
            for (region, bus) in zip(layout.regionsOfOperator[number], dispatch.buses) {
                realised[region] = bus
                areas[region] = numbers.indices.contains(bus.area) ? numbers[bus.area] : nil
            }
        }
        for (region, outcome) in record.clearing.regions.enumerated() {
            let agent = layout.agent(ofRegion: region)
            regionOutcome.add(record.tick)
            regionOutcome.add(agent)
            try regionOutcome.add(outcome.energyMWh)
            try regionOutcome.add(outcome.facilityMWh)
            try regionOutcome.add(outcome.gridMWh)
            try regionOutcome.add(outcome.energyPriceUSDPerMWh)
            try regionOutcome.add(realised[region]?.priceUSDPerMWh)
            try regionOutcome.add(realised[region]?.marginalEmissionsKgPerMWh)
            try regionOutcome.add(realised[region]?.averageEmissionsKgPerMWh)
            regionOutcome.add(areas[region])
            try regionOutcome.insert()
            for (resource, price) in outcome.capacityPriceUSD.enumerated() where price != 0 {
                capacityPrice.add(record.tick)
                capacityPrice.add(agent)
                capacityPrice.add(resource)
                try capacityPrice.add(price)
                try capacityPrice.insert()
            }
        }
    }

    /// The number of an area, which is written when it is new.
    private mutating func number(ofArea name: String, of gridOperator: Int, numbering: inout Numbering) throws -> Int {
        let number = numbering.area(name, ofGridOperator: gridOperator)
        if number.isNew {
            area.add(number.number)
            area.add(gridOperator)
            area.add(name)
            try area.insert()
        }
        return number.number
    }

    mutating func insert(
        _ outcome: AreaOutcome, of gridOperator: Int, at tick: Int, numbering: inout Numbering
    ) throws {
        let number = try number(ofArea: outcome.name, of: gridOperator, numbering: &numbering)
        areaOutcome.add(tick)
        areaOutcome.add(number)
        try areaOutcome.add(outcome.demandMW)
        try areaOutcome.add(outcome.computeLoadMW)
        try areaOutcome.add(outcome.generationMW)
        try areaOutcome.add(outcome.importMW)
        try areaOutcome.add(outcome.curtailedMW)
        try areaOutcome.add(outcome.unservedMW)
        try areaOutcome.add(outcome.costUSD)
        try areaOutcome.add(outcome.emissionsKg)
        try areaOutcome.add(outcome.congestionRentUSD)
        areaOutcome.add(outcome.congestedLineCount)
        try areaOutcome.insert()
        for output in outcome.technologies {
            let name = numbering.technology(output.technology)
            if name.isNew {
                technology.add(name.number)
                technology.add(output.technology)
                try technology.insert()
            }
            technologyOutput.add(tick)
            technologyOutput.add(number)
            technologyOutput.add(name.number)
            try technologyOutput.add(output.outputMW)
            try technologyOutput.insert()
        }
    }

    mutating func insertSettlement(_ record: TickRecord) throws {
        for (number, paid) in record.settlement.enumerated() {
            payment.add(record.tick)
            payment.add(number)
            payment.add(paid.payer.number)
            payment.add(paid.payee.number)
            payment.add(paid.purpose.word)
            try payment.add(paid.amountUSD)
            try payment.insert()
        }
    }

    mutating func insertFaults(_ record: TickRecord) throws {
        for missed in record.absences {
            absence.add(record.tick)
            absence.add(missed.phase.name)
            absence.add(missed.agent)
            try absence.insert()
        }
        for befallen in record.faults {
            agentFault.add(record.tick)
            agentFault.add(befallen.agent)
            agentFault.add(befallen.kind.word)
            agentFault.add(befallen.kind.signalTick)
            try agentFault.insert()
        }
        for (number, fault) in record.violations.enumerated() {
            violation.add(record.tick)
            violation.add(number)
            violation.add(fault.phase.name)
            violation.add(fault.agent)
            violation.add(fault.text)
            try violation.insert()
        }
    }

    mutating func insert(_ telemetry: TickTelemetry) throws {
        tickTiming.add(telemetry.tick)
        tickTiming.add(Int(telemetry.clearingMicroseconds))
        tickTiming.add(Int(telemetry.tickMicroseconds))
        try tickTiming.insert()
        for (agent, microseconds) in telemetry.waitMicroseconds.enumerated() {
            wait.add(telemetry.tick)
            wait.add(agent)
            wait.add(Int(microseconds))
            try wait.insert()
        }
    }

    /// Writes a profile; the rows of its tick were begun at a moment.
    mutating func insert(_ profile: TickProfile, ofTick tick: Int, begunAt start: SuspendingClock.Instant) throws {
        for (number, exchange) in profile.exchanges.enumerated() {
            exchangeProfile.add(tick)
            exchangeProfile.add(number)
            exchangeProfile.add(exchange.agent)
            exchangeProfile.add(exchange.phase.name)
            exchangeProfile.add(exchange.round)
            exchangeProfile.add(Int(exchange.askedMicroseconds))
            exchangeProfile.add(Int(exchange.waitMicroseconds))
            exchangeProfile.add(exchange.effort.map { Int($0.computingMicroseconds) })
            exchangeProfile.add(exchange.effort.map { Int($0.codingMicroseconds) })
            try exchangeProfile.insert()
        }
        tickProfile.add(tick)
        tickProfile.add(Int(profile.startMicroseconds))
        tickProfile.add(Int(profile.solvingMicroseconds))
        tickProfile.add(Int(profile.codingMicroseconds))
        tickProfile.add(Int(profile.journalMicroseconds))
        tickProfile.add(Int(profile.waitingMicroseconds))
        tickProfile.add(Int((SuspendingClock.now - start) / .microseconds(1)))
        try tickProfile.insert()
    }

    mutating func insert(_ happening: RunEvent) throws {
        event.addNull()
        event.add(happening.tick)
        event.add(happening.kind)
        event.add(happening.agent)
        event.add(happening.text)
        try event.insert()
    }
}

// How parties, purposes and sources are written.
extension Payment.Party {
    /// An agent number, -1 for transport, -2 for the carbon fund.
    var number: Int {
        switch self {
        case .agent(let number): number
        case .transport: -1
        case .carbonFund: -2
        }
    }

    /// The party with a number.
    init(number: Int) {
        switch number {
        case -1: self = .transport
        case -2: self = .carbonFund
        default: self = .agent(number)
        }
    }
}

extension Payment.Purpose {
    /// The purpose as a word.
    var word: StaticString {
        switch self {
        case .energy: "energy"
        case .compute: "compute"
        case .relocation: "relocation"
        case .carbon: "carbon"
        case .curtailment: "curtailment"
        }
    }
}

extension OfferBlock.Source {
    /// The source as a word.
    var word: StaticString {
        switch self {
        case .grid: "grid"
        case .onSite: "on-site"
        }
    }
}
