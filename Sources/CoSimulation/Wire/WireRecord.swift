internal import InferencePlacement
internal import SwiftProtobuf

extension TickRecord {
    /// Canonical bytes: what the journal keeps and the digest covers.
    public func canonicalBytes() -> [UInt8] {
        var message = WireTickRecord()
        message.tick = UInt32(tick)
        message.signals = present(signals) { number, signal in
            var slot = WireSignalSlot()
            slot.gridOperator = number
            slot.signal = signal.wire
            return slot
        }
        message.offers = present(offers) { number, offer in
            var slot = WireOfferSlot()
            slot.region = number
            slot.offer = offer.wire
            return slot
        }
        message.bids = present(bids) { number, bid in
            var slot = WireBidSlot()
            slot.service = number
            slot.bid = bid.wire
            return slot
        }
        message.quoteRounds = quoteRounds.map { round in
            var wire = WireQuoteRound()
            wire.quotes = present(round) { number, quote in
                var slot = WireQuoteSlot()
                slot.gridOperator = number
                slot.quote = quote.wire
                return slot
            }
            return wire
        }
        message.clearing = clearing.wire
        message.dispatches = present(dispatches) { number, dispatch in
            var slot = WireDispatchSlot()
            slot.gridOperator = number
            slot.dispatch = dispatch.wire
            return slot
        }
        message.settlement = settlement.map(\.wire)
        message.absences = absences.map(\.wire)
        message.violations = violations.map(\.wire)
        message.faults = faults.map(\.wire)
        return CanonicalEncoder.bytes(of: message)
    }

    /// A record from its canonical bytes. Throws `WireError` where they are no record of this experiment.
    public init(canonicalBytes bytes: [UInt8], experiment: Experiment) throws(WireError) {
        let wire: WireTickRecord
        do {
            wire = try WireTickRecord(serializedBytes: bytes)
        } catch {
            throw WireError("the bytes are no tick record: \(error)")
        }
        let operators = experiment.gridOperators.count
        var quoteRounds: [[GridQuote?]] = []
        for round in wire.quoteRounds {
            quoteRounds.append(
                try slots(round.quotes, count: operators) { (slot) throws(WireError) in
                    (slot.gridOperator, try GridQuote(wire: slot.quote))
                })
        }
        self.init(
            tick: Int(wire.tick),
            signals: try slots(wire.signals, count: operators) { (slot) throws(WireError) in
                (slot.gridOperator, try GridSignal(wire: slot.signal))
            },
            offers: try slots(wire.offers, count: experiment.regions.count) { (slot) throws(WireError) in
                (slot.region, try CapacityOffer(wire: slot.offer))
            },
            bids: try slots(wire.bids, count: experiment.services.count) { (slot) throws(WireError) in
                (slot.service, try WorkBid(wire: slot.bid))
            },
            quoteRounds: quoteRounds, clearing: try ClearingRecord(wire: wire.clearing),
            dispatches: try slots(wire.dispatches, count: operators) { (slot) throws(WireError) in
                (slot.gridOperator, try GridDispatch(wire: slot.dispatch))
            },
            settlement: try values(wire.settlement), absences: try values(wire.absences),
            violations: try values(wire.violations), faults: try values(wire.faults))
    }

    private func present<Value, Slot>(_ slots: [Value?], _ make: (UInt32, Value) -> Slot) -> [Slot] {
        slots.enumerated().compactMap { number, value in value.map { make(UInt32(number), $0) } }
    }
}

extension UnservedRecord: WireCodable {
    var wire: WireUnserved {
        var message = WireUnserved()
        message.service = UInt32(service)
        message.workloadClass = UInt32(workloadClass)
        message.requests = requests
        return message
    }

    init(wire: WireUnserved) throws(WireError) {
        self.init(service: Int(wire.service), workloadClass: Int(wire.workloadClass), requests: wire.requests)
    }
}

extension Absence: WireCodable {
    var wire: WireAbsence {
        var message = WireAbsence()
        message.agent = UInt32(agent)
        message.phase = phase.wire
        return message
    }

    init(wire: WireAbsence) throws(WireError) {
        self.init(agent: Int(wire.agent), phase: try Phase(wire: wire.phase))
    }
}

extension Violation: WireCodable {
    var wire: WireViolation {
        var message = WireViolation()
        message.agent = UInt32(agent)
        message.phase = phase.wire
        message.text = text
        return message
    }

    init(wire: WireViolation) throws(WireError) {
        self.init(agent: Int(wire.agent), phase: try Phase(wire: wire.phase), text: wire.text)
    }
}

extension Phase {
    var wire: WirePhase {
        switch self {
        case .signalling: .signalling
        case .bidding: .bidding
        case .dispatching: .dispatching
        case .quoting: .quoting
        }
    }

    init(wire: WirePhase) throws(WireError) {
        switch wire {
        case .signalling: self = .signalling
        case .bidding: self = .bidding
        case .dispatching: self = .dispatching
        case .quoting: self = .quoting
        case .unspecified, .UNRECOGNIZED: throw WireError("phase \(wire.rawValue) is unknown")
        }
    }
}

extension ClearingRecord: WireCodable {
    var wire: WireClearing {
        var message = WireClearing()
        message.objective = objective
        message.relativeGap = relativeGap
        message.costUsd = costUSD
        message.energyUsd = energyUSD
        message.frictionUsd = frictionUSD
        message.switchingUsd = switchingUSD
        message.unservedUsd = unservedUSD
        message.emissionsKg = emissionsKg
        message.awardService = awards.map { UInt32($0.service) }
        message.awardWorkloadClass = awards.map { UInt32($0.workloadClass) }
        message.awardRegion = awards.map { UInt32($0.region) }
        message.awardRequests = awards.map(\.requests)
        message.awardEnergyMwh = awards.map(\.energyMWh)
        message.unserved = unserved.map(\.wire)
        message.waiting = waiting.map(\.wire)
        message.regions = regions.map { region in
            var wire = WireRegionClearing()
            wire.energyMwh = region.energyMWh
            wire.facilityMwh = region.facilityMWh
            wire.gridMwh = region.gridMWh
            wire.energyPriceUsdPerMwh = region.energyPriceUSDPerMWh
            wire.capacityPriceUsd = region.capacityPriceUSD
            return wire
        }
        message.rounds = UInt32(coupling.rounds)
        message.hasConverged_p = coupling.hasConverged
        message.couplingGap = coupling.gap
        return message
    }

    init(wire: WireClearing) throws(WireError) {
        let count = wire.awardService.count
        let columns = [
            wire.awardWorkloadClass.count, wire.awardRegion.count, wire.awardRequests.count, wire.awardEnergyMwh.count,
        ]
        guard columns.allSatisfy({ $0 == count }) else { throw WireError("the columns of the awards differ in length") }
        let awards = (0..<count).map { index in
            AwardRecord(
                service: Int(wire.awardService[index]), workloadClass: Int(wire.awardWorkloadClass[index]),
                region: Int(wire.awardRegion[index]), requests: wire.awardRequests[index],
                energyMWh: wire.awardEnergyMwh[index])
        }
        self.init(
            objective: wire.objective, relativeGap: wire.relativeGap, costUSD: wire.costUsd, energyUSD: wire.energyUsd,
            frictionUSD: wire.frictionUsd, switchingUSD: wire.switchingUsd, unservedUSD: wire.unservedUsd,
            emissionsKg: wire.emissionsKg, awards: awards,
            unserved: try values(wire.unserved),
            regions: wire.regions.map {
                RegionClearing(
                    energyMWh: $0.energyMwh, facilityMWh: $0.facilityMwh, gridMWh: $0.gridMwh,
                    energyPriceUSDPerMWh: $0.energyPriceUsdPerMwh, capacityPriceUSD: $0.capacityPriceUsd)
            },
            coupling: CouplingOutcome(
                rounds: Int(wire.rounds), hasConverged: wire.hasConverged_p, gap: wire.couplingGap),
            waiting: try values(wire.waiting))
    }
}

extension Payment: WireCodable {
    var wire: WirePayment {
        var message = WirePayment()
        message.payer = payer.wire
        message.payee = payee.wire
        message.purpose = WirePayment.Purpose(rawValue: purpose.rawValue)!
        message.amountUsd = amountUSD
        return message
    }

    init(wire: WirePayment) throws(WireError) {
        guard let purpose = Purpose(rawValue: wire.purpose.rawValue) else {
            throw WireError("a payment has an unknown purpose")
        }
        self.init(
            payer: try Party(wire: wire.payer), payee: try Party(wire: wire.payee), purpose: purpose,
            amountUSD: wire.amountUsd)
    }
}

extension Payment.Party: WireCodable {
    var wire: WireParty {
        var message = WireParty()
        switch self {
        case .agent(let number): message.agent = UInt32(number)
        case .transport: message.transport = true
        case .carbonFund: message.carbonFund = true
        }
        return message
    }

    init(wire: WireParty) throws(WireError) {
        switch wire.party {
        case .agent(let number): self = .agent(Int(number))
        case .transport: self = .transport
        case .carbonFund: self = .carbonFund
        case nil: throw WireError("a payment names no party")
        }
    }
}
