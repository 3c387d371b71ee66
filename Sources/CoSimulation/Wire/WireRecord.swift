internal import InferencePlacement
internal import SwiftProtobuf

extension TickRecord {
    /// Canonical bytes: what the journal keeps and the digest covers.
    public func canonicalBytes() -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.reserve(bytes: 4_096)
        encoder.field(1, tick)
        encoder.slots(2, signals)
        encoder.slots(3, offers)
        encoder.slots(4, bids)
        encoder.field(5, clearing)
        encoder.slots(6, dispatches)
        encoder.field(7, settlement)
        encoder.field(8, absences)
        encoder.field(9, violations)
        for round in quoteRounds { encoder.delimited(10) { $0.slots(1, round) } }
        encoder.field(11, faults)
        return encoder.bytes
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
}

extension UnservedRecord: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, service)
        encoder.field(2, workloadClass)
        encoder.field(3, requests)
    }

    init(wire: WireUnserved) throws(WireError) {
        self.init(service: Int(wire.service), workloadClass: Int(wire.workloadClass), requests: wire.requests)
    }
}

extension Absence: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, agent)
        encoder.field(2, phase.wire)
    }

    init(wire: WireAbsence) throws(WireError) {
        self.init(agent: Int(wire.agent), phase: try Phase(wire: wire.phase))
    }
}

extension Violation: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, agent)
        encoder.field(2, phase.wire)
        encoder.field(3, text)
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

extension ClearingRecord: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, objective)
        encoder.field(2, relativeGap)
        encoder.field(3, costUSD)
        encoder.field(4, energyUSD)
        encoder.field(5, frictionUSD)
        encoder.field(6, switchingUSD)
        encoder.field(7, unservedUSD)
        encoder.field(8, emissionsKg)
        encoder.indices(9, of: awards) { $0.service }
        encoder.indices(10, of: awards) { $0.workloadClass }
        encoder.indices(11, of: awards) { $0.region }
        encoder.numbers(12, of: awards) { $0.requests }
        encoder.numbers(13, of: awards) { $0.energyMWh }
        encoder.field(14, unserved)
        for region in regions {
            encoder.delimited(15) {
                $0.field(1, region.energyMWh)
                $0.field(2, region.facilityMWh)
                $0.field(3, region.gridMWh)
                $0.field(4, region.energyPriceUSDPerMWh)
                $0.field(5, region.capacityPriceUSD)
            }
        }
        encoder.field(16, coupling.rounds)
        encoder.field(17, coupling.hasConverged)
        encoder.field(18, coupling.gap)
        encoder.field(19, waiting)
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

extension Payment: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, payer)
        encoder.field(2, payee)
        encoder.field(3, WirePayment.Purpose(rawValue: purpose.rawValue)!)
        encoder.field(4, amountUSD)
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

extension Payment.Party: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        switch self {
        case .agent(let number): encoder.choice(1, number)
        case .transport: encoder.choice(2, true)
        case .carbonFund: encoder.choice(3, true)
        }
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
