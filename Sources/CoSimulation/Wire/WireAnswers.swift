internal import InferencePlacement

extension GridSignal: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, buses)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(buses: [])
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&buses)
            default: try reader.skip()
            }
        }
    }
}

extension BusSignal: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, priceUSDPerMWh)
        encoder.field(2, marginalEmissionsKgPerMWh)
        encoder.field(3, averageEmissionsKgPerMWh)
        encoder.field(4, headroomMW)
        encoder.field(5, capMW)
        encoder.field(6, forecastPriceUSDPerMWh)
        encoder.field(7, forecastMarginalEmissionsKgPerMWh)
        encoder.field(8, request)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(
            priceUSDPerMWh: 0, marginalEmissionsKgPerMWh: 0, averageEmissionsKgPerMWh: 0, headroomMW: 0, capMW: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&priceUSDPerMWh)
            case 2: try reader.read(&marginalEmissionsKgPerMWh)
            case 3: try reader.read(&averageEmissionsKgPerMWh)
            case 4: try reader.read(&headroomMW)
            case 5: try reader.read(&capMW)
            case 6: try reader.read(&forecastPriceUSDPerMWh)
            case 7: try reader.read(&forecastMarginalEmissionsKgPerMWh)
            case 8: try reader.read(&request)
            default: try reader.skip()
            }
        }
    }
}

extension CurtailmentRequest: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, event)
        encoder.field(2, reductionMW)
        encoder.field(3, priceUSDPerMWh)
        encoder.field(4, remainingTicks)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(event: 0, reductionMW: 0, priceUSDPerMWh: 0, remainingTicks: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&event)
            case 2: try reader.read(&reductionMW)
            case 3: try reader.read(&priceUSDPerMWh)
            case 4: try reader.read(&remainingTicks)
            default: try reader.skip()
            }
        }
    }
}

extension GridQuote: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, buses)
        encoder.field(2, costUSDPerHour)
        encoder.field(3, emissionsKgPerHour)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(buses: [], costUSDPerHour: 0, emissionsKgPerHour: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&buses)
            case 2: try reader.read(&costUSDPerHour)
            case 3: try reader.read(&emissionsKgPerHour)
            default: try reader.skip()
            }
        }
    }
}

extension GridDispatch: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, buses)
        encoder.field(2, areas)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(buses: [], areas: [])
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&buses)
            case 2: try reader.read(&areas)
            default: try reader.skip()
            }
        }
    }
}

extension BusOutcome: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, priceUSDPerMWh)
        encoder.field(2, marginalEmissionsKgPerMWh)
        encoder.field(3, averageEmissionsKgPerMWh)
        encoder.field(4, area)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(priceUSDPerMWh: 0, marginalEmissionsKgPerMWh: 0, averageEmissionsKgPerMWh: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&priceUSDPerMWh)
            case 2: try reader.read(&marginalEmissionsKgPerMWh)
            case 3: try reader.read(&averageEmissionsKgPerMWh)
            case 4: try reader.read(&area)
            default: try reader.skip()
            }
        }
    }
}

extension AreaOutcome: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, name)
        encoder.field(2, demandMW)
        encoder.field(3, computeLoadMW)
        encoder.field(4, generationMW)
        encoder.field(5, importMW)
        encoder.field(6, curtailedMW)
        encoder.field(7, unservedMW)
        encoder.field(8, costUSD)
        encoder.field(9, emissionsKg)
        encoder.field(10, technologies)
        encoder.field(11, congestionRentUSD)
        encoder.field(12, congestedLineCount)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(name: "")
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&name)
            case 2: try reader.read(&demandMW)
            case 3: try reader.read(&computeLoadMW)
            case 4: try reader.read(&generationMW)
            case 5: try reader.read(&importMW)
            case 6: try reader.read(&curtailedMW)
            case 7: try reader.read(&unservedMW)
            case 8: try reader.read(&costUSD)
            case 9: try reader.read(&emissionsKg)
            case 10: try reader.read(&technologies)
            case 11: try reader.read(&congestionRentUSD)
            case 12: try reader.read(&congestedLineCount)
            default: try reader.skip()
            }
        }
    }
}

extension TechnologyOutput: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, technology)
        encoder.field(2, outputMW)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(technology: "", outputMW: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&technology)
            case 2: try reader.read(&outputMW)
            default: try reader.skip()
            }
        }
    }
}

extension RegionResult: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, facilityMWh)
        encoder.field(2, gridMWh)
        encoder.field(3, revenueUSD)
        encoder.field(4, costUSD)
        encoder.field(5, realisedPriceUSDPerMWh)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(facilityMWh: 0, gridMWh: 0, revenueUSD: 0, costUSD: 0, realisedPriceUSDPerMWh: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&facilityMWh)
            case 2: try reader.read(&gridMWh)
            case 3: try reader.read(&revenueUSD)
            case 4: try reader.read(&costUSD)
            case 5: try reader.read(&realisedPriceUSDPerMWh)
            default: try reader.skip()
            }
        }
    }
}

extension ServiceResult: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, placements)
        encoder.field(2, unservedRequests)
        encoder.field(3, paidUSD)
        encoder.field(4, waitingRequests)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(placements: [], unservedRequests: [], paidUSD: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&placements)
            case 2: try reader.read(&unservedRequests)
            case 3: try reader.read(&paidUSD)
            case 4: try reader.read(&waitingRequests)
            default: try reader.skip()
            }
        }
    }
}

extension ServicePlacement: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, workloadClass)
        encoder.field(2, region)
        encoder.field(3, requests)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(workloadClass: 0, region: 0, requests: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&workloadClass)
            case 2: try reader.read(&region)
            case 3: try reader.read(&requests)
            default: try reader.skip()
            }
        }
    }
}
