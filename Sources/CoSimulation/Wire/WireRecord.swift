internal import InferencePlacement

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
        self = try WireReader.value(of: bytes) { (reader) throws(WireError) in
            try TickRecord(reading: &reader, of: experiment)
        }
    }

    private init(reading reader: inout WireReader, of experiment: Experiment) throws(WireError) {
        let operators = experiment.gridOperators.count
        var clearing: ClearingRecord?
        self.init(
            tick: 0, signals: Array(repeating: nil, count: operators),
            offers: Array(repeating: nil, count: experiment.regions.count),
            bids: Array(repeating: nil, count: experiment.services.count), clearing: try ClearingRecord(decoding: []),
            dispatches: Array(repeating: nil, count: operators), settlement: [], absences: [], violations: [])
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&tick)
            case 2: try reader.slot(&signals)
            case 3: try reader.slot(&offers)
            case 4: try reader.slot(&bids)
            case 5: try reader.read(&clearing)
            case 6: try reader.slot(&dispatches)
            case 7: try reader.read(&settlement)
            case 8: try reader.read(&absences)
            case 9: try reader.read(&violations)
            case 10:
                let round = try reader.message { (reader) throws(WireError) in
                    try Self.quotes(reading: &reader, count: operators)
                }
                if let round { quoteRounds.append(round) }
            case 11: try reader.read(&faults)
            default: try reader.skip()
            }
        }
        if let clearing { self.clearing = clearing }
    }

    private static func quotes(reading reader: inout WireReader, count: Int) throws(WireError) -> [GridQuote?] {
        var quotes = [GridQuote?](repeating: nil, count: count)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.slot(&quotes)
            default: try reader.skip()
            }
        }
        return quotes
    }
}

extension UnservedRecord: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, service)
        encoder.field(2, workloadClass)
        encoder.field(3, requests)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(service: 0, workloadClass: 0, requests: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&service)
            case 2: try reader.read(&workloadClass)
            case 3: try reader.read(&requests)
            default: try reader.skip()
            }
        }
    }
}

extension Absence: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, agent)
        encoder.field(2, phase.wire)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        var agent = 0
        var phase = WirePhase.unspecified
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&agent)
            case 2: try reader.read(&phase)
            default: try reader.skip()
            }
        }
        self.init(agent: agent, phase: try Phase(wire: phase))
    }
}

extension Violation: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, agent)
        encoder.field(2, phase.wire)
        encoder.field(3, text)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        var (agent, text) = (0, "")
        var phase = WirePhase.unspecified
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&agent)
            case 2: try reader.read(&phase)
            case 3: try reader.read(&text)
            default: try reader.skip()
            }
        }
        self.init(agent: agent, phase: try Phase(wire: phase), text: text)
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

extension ClearingRecord: StraightCodable {
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
        encoder.field(15, regions)
        encoder.field(16, coupling.rounds)
        encoder.field(17, coupling.hasConverged)
        encoder.field(18, coupling.gap)
        encoder.field(19, waiting)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(
            objective: 0, relativeGap: 0, costUSD: 0, energyUSD: 0, frictionUSD: 0, switchingUSD: 0, unservedUSD: 0,
            emissionsKg: 0, awards: [], unserved: [], regions: [], coupling: CouplingOutcome(hasConverged: false))
        let award = AwardRecord(service: 0, workloadClass: 0, region: 0, requests: 0, energyMWh: 0)
        var (services, classes, places, requests, energies) = (0, 0, 0, 0, 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&objective)
            case 2: try reader.read(&relativeGap)
            case 3: try reader.read(&costUSD)
            case 4: try reader.read(&energyUSD)
            case 5: try reader.read(&frictionUSD)
            case 6: try reader.read(&switchingUSD)
            case 7: try reader.read(&unservedUSD)
            case 8: try reader.read(&emissionsKg)
            case 9: try reader.indices(of: &awards, &services, from: award) { $0.service = $1 }
            case 10: try reader.indices(of: &awards, &classes, from: award) { $0.workloadClass = $1 }
            case 11: try reader.indices(of: &awards, &places, from: award) { $0.region = $1 }
            case 12: try reader.numbers(of: &awards, &requests, from: award) { $0.requests = $1 }
            case 13: try reader.numbers(of: &awards, &energies, from: award) { $0.energyMWh = $1 }
            case 14: try reader.read(&unserved)
            case 15: try reader.read(&regions)
            case 16: try reader.read(&coupling.rounds)
            case 17: try reader.read(&coupling.hasConverged)
            case 18: try reader.read(&coupling.gap)
            case 19: try reader.read(&waiting)
            default: try reader.skip()
            }
        }
        guard [services, classes, places, requests, energies].allSatisfy({ $0 == awards.count }) else {
            throw WireError("the columns of the awards differ in length")
        }
    }
}

extension RegionClearing: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, energyMWh)
        encoder.field(2, facilityMWh)
        encoder.field(3, gridMWh)
        encoder.field(4, energyPriceUSDPerMWh)
        encoder.field(5, capacityPriceUSD)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(energyMWh: 0, facilityMWh: 0, gridMWh: 0, energyPriceUSDPerMWh: 0, capacityPriceUSD: [])
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&energyMWh)
            case 2: try reader.read(&facilityMWh)
            case 3: try reader.read(&gridMWh)
            case 4: try reader.read(&energyPriceUSDPerMWh)
            case 5: try reader.read(&capacityPriceUSD)
            default: try reader.skip()
            }
        }
    }
}

extension Payment: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, payer)
        encoder.field(2, payee)
        encoder.field(3, WirePayment.Purpose(rawValue: purpose.rawValue)!)
        encoder.field(4, amountUSD)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        var (payer, payee) = (Party?.none, Party?.none)
        var purpose = WirePayment.Purpose.unspecified
        var amountUSD = 0.0
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&payer)
            case 2: try reader.read(&payee)
            case 3: try reader.read(&purpose)
            case 4: try reader.read(&amountUSD)
            default: try reader.skip()
            }
        }
        guard let purpose = Purpose(rawValue: purpose.rawValue) else {
            throw WireError("a payment has an unknown purpose")
        }
        guard let payer, let payee else { throw Party.isMissing }
        self.init(payer: payer, payee: payee, purpose: purpose, amountUSD: amountUSD)
    }
}

extension Payment.Party: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        switch self {
        case .agent(let number): encoder.choice(1, number)
        case .transport: encoder.choice(2, true)
        case .carbonFund: encoder.choice(3, true)
        }
    }

    fileprivate static let isMissing = WireError("a payment names no party")

    init(reading reader: inout WireReader) throws(WireError) {
        var party: Self?
        while let field = try reader.next() {
            switch field {
            case 1: if let number = try reader.index() { party = .agent(number) }
            case 2: if try reader.flag() != nil { party = .transport }
            case 3: if try reader.flag() != nil { party = .carbonFund }
            default: try reader.skip()
            }
        }
        guard let party else { throw Self.isMissing }
        self = party
    }
}
