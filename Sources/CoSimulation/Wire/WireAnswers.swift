internal import InferencePlacement

extension GridSignal: WireCodable {
    var wire: WireGridSignal {
        var message = WireGridSignal()
        message.buses = buses.map(\.wire)
        return message
    }

    init(wire: WireGridSignal) throws(WireError) {
        self.init(buses: try values(wire.buses))
    }
}

extension BusSignal: WireCodable {
    var wire: WireBusSignal {
        var message = WireBusSignal()
        message.priceUsdPerMwh = priceUSDPerMWh
        message.marginalEmissionsKgPerMwh = marginalEmissionsKgPerMWh
        message.averageEmissionsKgPerMwh = averageEmissionsKgPerMWh
        message.headroomMw = headroomMW
        message.capMw = capMW
        if let request { message.request = request.wire }
        message.forecastPriceUsdPerMwh = forecastPriceUSDPerMWh
        message.forecastMarginalEmissionsKgPerMwh = forecastMarginalEmissionsKgPerMWh
        return message
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

extension CurtailmentRequest: WireCodable {
    var wire: WireCurtailmentRequest {
        var message = WireCurtailmentRequest()
        message.event = UInt32(event)
        message.reductionMw = reductionMW
        message.priceUsdPerMwh = priceUSDPerMWh
        message.remainingTicks = UInt32(remainingTicks)
        return message
    }

    init(wire: WireCurtailmentRequest) throws(WireError) {
        self.init(
            event: Int(wire.event), reductionMW: wire.reductionMw, priceUSDPerMWh: wire.priceUsdPerMwh,
            remainingTicks: Int(wire.remainingTicks))
    }
}

extension GridQuote: WireCodable {
    var wire: WireGridQuote {
        var message = WireGridQuote()
        message.buses = buses.map(\.wire)
        message.costUsdPerHour = costUSDPerHour
        message.emissionsKgPerHour = emissionsKgPerHour
        return message
    }

    init(wire: WireGridQuote) throws(WireError) {
        self.init(
            buses: try values(wire.buses), costUSDPerHour: wire.costUsdPerHour,
            emissionsKgPerHour: wire.emissionsKgPerHour)
    }
}

extension GridDispatch: WireCodable {
    var wire: WireGridDispatch {
        var message = WireGridDispatch()
        message.buses = buses.map(\.wire)
        message.areas = areas.map(\.wire)
        return message
    }

    init(wire: WireGridDispatch) throws(WireError) {
        self.init(buses: try values(wire.buses), areas: try values(wire.areas))
    }
}

extension BusOutcome: WireCodable {
    var wire: WireBusOutcome {
        var message = WireBusOutcome()
        message.priceUsdPerMwh = priceUSDPerMWh
        message.marginalEmissionsKgPerMwh = marginalEmissionsKgPerMWh
        message.averageEmissionsKgPerMwh = averageEmissionsKgPerMWh
        message.area = UInt32(area)
        return message
    }

    init(wire: WireBusOutcome) throws(WireError) {
        self.init(
            priceUSDPerMWh: wire.priceUsdPerMwh, marginalEmissionsKgPerMWh: wire.marginalEmissionsKgPerMwh,
            averageEmissionsKgPerMWh: wire.averageEmissionsKgPerMwh, area: Int(wire.area))
    }
}

extension AreaOutcome: WireCodable {
    var wire: WireAreaOutcome {
        var message = WireAreaOutcome()
        message.name = name
        message.demandMw = demandMW
        message.computeLoadMw = computeLoadMW
        message.generationMw = generationMW
        message.importMw = importMW
        message.curtailedMw = curtailedMW
        message.unservedMw = unservedMW
        message.costUsd = costUSD
        message.emissionsKg = emissionsKg
        message.congestionRentUsd = congestionRentUSD
        message.congestedLineCount = UInt32(congestedLineCount)
        message.technologies = technologies.map { output in
            var technology = WireTechnologyOutput()
            technology.technology = output.technology
            technology.outputMw = output.outputMW
            return technology
        }
        return message
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

extension CapacityOffer: WireCodable {
    var wire: WireCapacityOffer {
        var message = WireCapacityOffer()
        message.capacityAcceleratorSeconds = capacity
        message.connectionMw = connectionMW
        message.pue = pue
        message.chargeMw = chargeMW
        message.waterLitresPerMwh = waterLitresPerMWh
        message.carbonTaxUsdPerKg = carbonTaxUSDPerKg
        message.outlook = outlook.map(\.wire)
        message.blocks = blocks.map { block in
            var wire = WireOfferBlock()
            wire.source = block.source == .onSite ? .onSite : .grid
            wire.limitMw = block.limitMW
            wire.markUpUsdPerMwh = block.markUpUSDPerMWh
            return wire
        }
        return message
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

extension OfferOutlook: WireCodable {
    var wire: WireOfferOutlook {
        var message = WireOfferOutlook()
        message.connectionMw = connectionMW
        message.pue = pue
        message.onSiteMw = onSiteMW
        message.waterLitresPerMwh = waterLitresPerMWh
        message.carbonTaxUsdPerKg = carbonTaxUSDPerKg
        return message
    }

    init(wire: WireOfferOutlook) throws(WireError) {
        self.init(
            connectionMW: wire.connectionMw, pue: wire.pue, onSiteMW: wire.onSiteMw,
            waterLitresPerMWh: wire.waterLitresPerMwh, carbonTaxUSDPerKg: wire.carbonTaxUsdPerKg)
    }
}

extension WorkBid: WireCodable {
    var wire: WireWorkBid {
        var message = WireWorkBid()
        message.lines = lines.map(\.wire)
        return message
    }

    init(wire: WireWorkBid) throws(WireError) {
        self.init(lines: try values(wire.lines))
    }
}

extension BidLine: WireCodable {
    var wire: WireBidLine {
        var message = WireBidLine()
        message.workloadClass = UInt32(workloadClass)
        message.requests = requests
        message.arrivedRequests = arrivedRequests
        message.deferredRequests = deferredRequests
        message.energyKwhPerRequest = energyKWhPerRequest
        message.workAcceleratorSecondsPerRequest = workPerRequest
        message.movableShare = movableShare
        message.valueUsdPerRequest = valueUSDPerRequest
        message.switchingUsdPerRequest = switchingUSDPerRequest
        message.optionRegion = options.map { UInt32($0.region) }
        message.optionFrictionUsdPerRequest = options.map(\.frictionUSDPerRequest)
        if options.contains(where: { $0.delaySeconds != 0 || $0.delaySecondsPerRequest != 0 }) {
            message.optionDelaySeconds = options.map(\.delaySeconds)
            message.optionDelaySecondsPerRequest = options.map(\.delaySecondsPerRequest)
        }
        message.delayLimitSeconds = delayLimitSeconds.isFinite ? delayLimitSeconds : 0
        message.delayUsdPerSecond = delayUSDPerSecond
        message.dueRequests = dueRequests
        message.forecastRequests = forecastRequests
        return message
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

extension RegionResult: WireCodable {
    var wire: WireRegionResult {
        var message = WireRegionResult()
        message.facilityMwh = facilityMWh
        message.gridMwh = gridMWh
        message.revenueUsd = revenueUSD
        message.costUsd = costUSD
        message.realisedPriceUsdPerMwh = realisedPriceUSDPerMWh
        return message
    }

    init(wire: WireRegionResult) throws(WireError) {
        self.init(
            facilityMWh: wire.facilityMwh, gridMWh: wire.gridMwh, revenueUSD: wire.revenueUsd, costUSD: wire.costUsd,
            realisedPriceUSDPerMWh: wire.realisedPriceUsdPerMwh)
    }
}

extension ServiceResult: WireCodable {
    var wire: WireServiceResult {
        var message = WireServiceResult()
        message.placements = placements.map { placement in
            var wire = WireServicePlacement()
            wire.workloadClass = UInt32(placement.workloadClass)
            wire.region = UInt32(placement.region)
            wire.requests = placement.requests
            return wire
        }
        message.unservedRequests = unservedRequests
        message.paidUsd = paidUSD
        message.waitingRequests = waitingRequests
        return message
    }

    init(wire: WireServiceResult) throws(WireError) {
        self.init(
            placements: wire.placements.map {
                ServicePlacement(workloadClass: Int($0.workloadClass), region: Int($0.region), requests: $0.requests)
            }, unservedRequests: wire.unservedRequests, paidUSD: wire.paidUsd, waitingRequests: wire.waitingRequests)
    }
}
