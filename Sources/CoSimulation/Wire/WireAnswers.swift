internal import InferencePlacement

extension GridSignal: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, buses)
    }

    init(wire: WireGridSignal) throws(WireError) {
        self.init(buses: try values(wire.buses))
    }
}

extension BusSignal: WireWritable {
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

    init(wire: WireBusSignal) throws(WireError) {
        self.init(
            priceUSDPerMWh: wire.priceUsdPerMwh, marginalEmissionsKgPerMWh: wire.marginalEmissionsKgPerMwh,
            averageEmissionsKgPerMWh: wire.averageEmissionsKgPerMwh, headroomMW: wire.headroomMw, capMW: wire.capMw,
            request: wire.hasRequest ? try CurtailmentRequest(wire: wire.request) : nil,
            forecastPriceUSDPerMWh: wire.forecastPriceUsdPerMwh,
            forecastMarginalEmissionsKgPerMWh: wire.forecastMarginalEmissionsKgPerMwh)
    }
}

extension CurtailmentRequest: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, event)
        encoder.field(2, reductionMW)
        encoder.field(3, priceUSDPerMWh)
        encoder.field(4, remainingTicks)
    }

    init(wire: WireCurtailmentRequest) throws(WireError) {
        self.init(
            event: Int(wire.event), reductionMW: wire.reductionMw, priceUSDPerMWh: wire.priceUsdPerMwh,
            remainingTicks: Int(wire.remainingTicks))
    }
}

extension GridQuote: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, buses)
        encoder.field(2, costUSDPerHour)
        encoder.field(3, emissionsKgPerHour)
    }

    init(wire: WireGridQuote) throws(WireError) {
        self.init(
            buses: try values(wire.buses), costUSDPerHour: wire.costUsdPerHour,
            emissionsKgPerHour: wire.emissionsKgPerHour)
    }
}

extension GridDispatch: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, buses)
        encoder.field(2, areas)
    }

    init(wire: WireGridDispatch) throws(WireError) {
        self.init(buses: try values(wire.buses), areas: try values(wire.areas))
    }
}

extension BusOutcome: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, priceUSDPerMWh)
        encoder.field(2, marginalEmissionsKgPerMWh)
        encoder.field(3, averageEmissionsKgPerMWh)
        encoder.field(4, area)
    }

    init(wire: WireBusOutcome) throws(WireError) {
        self.init(
            priceUSDPerMWh: wire.priceUsdPerMwh, marginalEmissionsKgPerMWh: wire.marginalEmissionsKgPerMwh,
            averageEmissionsKgPerMWh: wire.averageEmissionsKgPerMwh, area: Int(wire.area))
    }
}

extension AreaOutcome: WireWritable {
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
        for output in technologies {
            encoder.delimited(10) {
                $0.field(1, output.technology)
                $0.field(2, output.outputMW)
            }
        }
        encoder.field(11, congestionRentUSD)
        encoder.field(12, congestedLineCount)
    }

    init(wire: WireAreaOutcome) throws(WireError) {
        self.init(
            name: wire.name, demandMW: wire.demandMw, computeLoadMW: wire.computeLoadMw,
            generationMW: wire.generationMw,
            importMW: wire.importMw, curtailedMW: wire.curtailedMw, unservedMW: wire.unservedMw, costUSD: wire.costUsd,
            emissionsKg: wire.emissionsKg, congestionRentUSD: wire.congestionRentUsd,
            congestedLineCount: Int(wire.congestedLineCount),
            technologies: wire.technologies.map { TechnologyOutput(technology: $0.technology, outputMW: $0.outputMw) })
    }
}

extension CapacityOffer: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, capacity)
        encoder.field(2, connectionMW)
        encoder.field(3, pue)
        for block in blocks {
            encoder.delimited(4) {
                $0.field(1, block.source == .onSite ? WireOfferBlock.Source.onSite : .grid)
                $0.field(2, block.limitMW)
                $0.field(3, block.markUpUSDPerMWh)
            }
        }
        encoder.field(5, chargeMW)
        encoder.field(6, waterLitresPerMWh)
        encoder.field(7, carbonTaxUSDPerKg)
        encoder.field(8, outlook)
    }

    init(wire: WireCapacityOffer) throws(WireError) {
        var blocks: [OfferBlock] = []
        for block in wire.blocks {
            guard block.source == .grid || block.source == .onSite else {
                throw WireError("an offer block has an unknown source")
            }
            let source: OfferBlock.Source = block.source == .onSite ? .onSite : .grid
            blocks.append(OfferBlock(source: source, limitMW: block.limitMw, markUpUSDPerMWh: block.markUpUsdPerMwh))
        }
        self.init(
            capacity: wire.capacityAcceleratorSeconds, connectionMW: wire.connectionMw, pue: wire.pue, blocks: blocks,
            chargeMW: wire.chargeMw, waterLitresPerMWh: wire.waterLitresPerMwh,
            carbonTaxUSDPerKg: wire.carbonTaxUsdPerKg, outlook: try values(wire.outlook))
    }
}

extension OfferOutlook: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, connectionMW)
        encoder.field(2, pue)
        encoder.field(3, onSiteMW)
        encoder.field(4, waterLitresPerMWh)
        encoder.field(5, carbonTaxUSDPerKg)
    }

    init(wire: WireOfferOutlook) throws(WireError) {
        self.init(
            connectionMW: wire.connectionMw, pue: wire.pue, onSiteMW: wire.onSiteMw,
            waterLitresPerMWh: wire.waterLitresPerMwh, carbonTaxUSDPerKg: wire.carbonTaxUsdPerKg)
    }
}

extension WorkBid: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, lines)
    }

    init(wire: WireWorkBid) throws(WireError) {
        self.init(lines: try values(wire.lines))
    }
}

extension BidLine: WireWritable {
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

    init(wire: WireBidLine) throws(WireError) {
        guard wire.optionRegion.count == wire.optionFrictionUsdPerRequest.count else {
            throw WireError(
                "a bid line has \(wire.optionRegion.count) regions and \(wire.optionFrictionUsdPerRequest.count) frictions"
            )
        }
        let (fixed, perRequest) = (wire.optionDelaySeconds, wire.optionDelaySecondsPerRequest)
        guard fixed.count == perRequest.count, fixed.isEmpty || fixed.count == wire.optionRegion.count else {
            throw WireError("a bid line has \(wire.optionRegion.count) regions and \(fixed.count) delays")
        }
        self.init(
            workloadClass: Int(wire.workloadClass), requests: wire.requests, arrivedRequests: wire.arrivedRequests,
            deferredRequests: wire.deferredRequests, energyKWhPerRequest: wire.energyKwhPerRequest,
            workPerRequest: wire.workAcceleratorSecondsPerRequest, movableShare: wire.movableShare,
            valueUSDPerRequest: wire.valueUsdPerRequest, switchingUSDPerRequest: wire.switchingUsdPerRequest,
            delayLimitSeconds: wire.delayLimitSeconds == 0 ? .infinity : wire.delayLimitSeconds,
            delayUSDPerSecond: wire.delayUsdPerSecond, dueRequests: wire.dueRequests,
            forecastRequests: wire.forecastRequests,
            options: wire.optionRegion.indices.map { index in
                PlacementOption(
                    region: Int(wire.optionRegion[index]),
                    frictionUSDPerRequest: wire.optionFrictionUsdPerRequest[index],
                    delaySeconds: fixed.isEmpty ? 0 : fixed[index],
                    delaySecondsPerRequest: fixed.isEmpty ? 0 : perRequest[index])
            })
    }
}

extension RegionResult: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, facilityMWh)
        encoder.field(2, gridMWh)
        encoder.field(3, revenueUSD)
        encoder.field(4, costUSD)
        encoder.field(5, realisedPriceUSDPerMWh)
    }

    init(wire: WireRegionResult) throws(WireError) {
        self.init(
            facilityMWh: wire.facilityMwh, gridMWh: wire.gridMwh, revenueUSD: wire.revenueUsd, costUSD: wire.costUsd,
            realisedPriceUSDPerMWh: wire.realisedPriceUsdPerMwh)
    }
}

extension ServiceResult: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        for placement in placements {
            encoder.delimited(1) {
                $0.field(1, placement.workloadClass)
                $0.field(2, placement.region)
                $0.field(3, placement.requests)
            }
        }
        encoder.field(2, unservedRequests)
        encoder.field(3, paidUSD)
        encoder.field(4, waitingRequests)
    }

    init(wire: WireServiceResult) throws(WireError) {
        self.init(
            placements: wire.placements.map {
                ServicePlacement(workloadClass: Int($0.workloadClass), region: Int($0.region), requests: $0.requests)
            }, unservedRequests: wire.unservedRequests, paidUSD: wire.paidUsd, waitingRequests: wire.waitingRequests)
    }
}
