internal import InferencePlacement

extension CapacityOffer: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, capacity)
        encoder.field(2, connectionMW)
        encoder.field(3, pue)
        encoder.field(4, blocks)
        encoder.field(5, chargeMW)
        encoder.field(6, waterLitresPerMWh)
        encoder.field(7, carbonTaxUSDPerKg)
        encoder.field(8, outlook)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(capacity: [], connectionMW: 0, pue: 0, blocks: [])
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&capacity)
            case 2: try reader.read(&connectionMW)
            case 3: try reader.read(&pue)
            case 4: try reader.read(&blocks)
            case 5: try reader.read(&chargeMW)
            case 6: try reader.read(&waterLitresPerMWh)
            case 7: try reader.read(&carbonTaxUSDPerKg)
            case 8: try reader.read(&outlook)
            default: try reader.skip()
            }
        }
    }
}

extension OfferBlock: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, source == .onSite ? WireOfferBlock.Source.onSite : .grid)
        encoder.field(2, limitMW)
        encoder.field(3, markUpUSDPerMWh)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        var source = WireOfferBlock.Source.grid
        self.init(source: .grid, limitMW: 0, markUpUSDPerMWh: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&source)
            case 2: try reader.read(&limitMW)
            case 3: try reader.read(&markUpUSDPerMWh)
            default: try reader.skip()
            }
        }
        switch source {
        case .grid: self.source = .grid
        case .onSite: self.source = .onSite
        case .UNRECOGNIZED: throw WireError("an offer block has an unknown source")
        }
    }
}

extension OfferOutlook: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, connectionMW)
        encoder.field(2, pue)
        encoder.field(3, onSiteMW)
        encoder.field(4, waterLitresPerMWh)
        encoder.field(5, carbonTaxUSDPerKg)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(connectionMW: 0, pue: 0, onSiteMW: 0, waterLitresPerMWh: 0, carbonTaxUSDPerKg: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&connectionMW)
            case 2: try reader.read(&pue)
            case 3: try reader.read(&onSiteMW)
            case 4: try reader.read(&waterLitresPerMWh)
            case 5: try reader.read(&carbonTaxUSDPerKg)
            default: try reader.skip()
            }
        }
    }
}

extension WorkBid: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, lines)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(lines: [])
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&lines)
            default: try reader.skip()
            }
        }
    }
}

extension BidLine: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, workloadClass)
        encoder.field(2, requests)
        encoder.field(3, arrivedRequests)
        encoder.field(4, deferredRequests)
        encoder.field(5, energyKWhPerRequest)
        encoder.field(6, workPerRequest)
        encoder.field(7, movableShare)
        encoder.field(8, valueUSDPerRequest)
        encoder.field(9, switchingUSDPerRequest)
        encoder.indices(10, of: options) { $0.region }
        encoder.numbers(11, of: options) { $0.frictionUSDPerRequest }
        if options.contains(where: { $0.delaySeconds != 0 || $0.delaySecondsPerRequest != 0 }) {
            encoder.numbers(12, of: options) { $0.delaySeconds }
            encoder.numbers(13, of: options) { $0.delaySecondsPerRequest }
        }
        encoder.field(14, delayLimitSeconds.isFinite ? delayLimitSeconds : 0)
        encoder.field(15, delayUSDPerSecond)
        encoder.field(16, dueRequests)
        encoder.field(17, forecastRequests)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(
            workloadClass: 0, requests: 0, arrivedRequests: 0, energyKWhPerRequest: 0, workPerRequest: [],
            movableShare: 0, valueUSDPerRequest: 0, delayLimitSeconds: 0, options: [])
        let option = PlacementOption(region: 0, frictionUSDPerRequest: 0)
        var (regions, frictions, fixedDelays, delays) = (0, 0, 0, 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&workloadClass)
            case 2: try reader.read(&requests)
            case 3: try reader.read(&arrivedRequests)
            case 4: try reader.read(&deferredRequests)
            case 5: try reader.read(&energyKWhPerRequest)
            case 6: try reader.read(&workPerRequest)
            case 7: try reader.read(&movableShare)
            case 8: try reader.read(&valueUSDPerRequest)
            case 9: try reader.read(&switchingUSDPerRequest)
            case 10: try reader.indices(of: &options, &regions, from: option) { $0.region = $1 }
            case 11: try reader.numbers(of: &options, &frictions, from: option) { $0.frictionUSDPerRequest = $1 }
            case 12: try reader.numbers(of: &options, &fixedDelays, from: option) { $0.delaySeconds = $1 }
            case 13: try reader.numbers(of: &options, &delays, from: option) { $0.delaySecondsPerRequest = $1 }
            case 14: try reader.read(&delayLimitSeconds)
            case 15: try reader.read(&delayUSDPerSecond)
            case 16: try reader.read(&dueRequests)
            case 17: try reader.read(&forecastRequests)
            default: try reader.skip()
            }
        }
        guard regions == frictions else {
            throw WireError("a bid line has \(regions) regions and \(frictions) frictions")
        }
        guard fixedDelays == delays, delays == 0 || delays == regions else {
            throw WireError("a bid line has \(regions) regions, \(fixedDelays) delays and \(delays) per request")
        }
        if delayLimitSeconds == 0 { delayLimitSeconds = .infinity }
    }
}
