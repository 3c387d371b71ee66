internal import InferencePlacement

/// The rules an answer must keep, whatever agent gave it. Each check returns what is wrong in words, or nil.
///
/// An answer that breaks one is discarded and its agent counts as absent in the phase; nothing is clamped.
struct AnswerCheck {
    let experiment: Experiment

    /// Longest forecast and longest lists accepted.
    static let longestList = 10_000
    /// Greatest price, mark-up ($/MWh) and emissions (kg/MWh) accepted, of either sign: far beyond any that means
    /// something, and near enough for sums and products to stay finite and for a solver to tell numbers apart.
    static let greatestPrice = 1e9
    /// Greatest value, friction, switching ($) and work (accelerator-seconds) accepted, per MWh of IT energy.
    static let greatestPerMWh = 1e12
    /// Greatest number of requests of a bid line.
    static let greatestRequests = 1e18
    /// IT energy of a request that is accepted, kWh.
    static let energyRange = 1e-12...1e9
    /// Greatest IT energy of a bid line in a tick, MWh: several hundred times what the world uses in an hour.
    static let greatestOrderMWh = 1e9
    /// PUE accepted.
    static let pueRange = 1.0...100

    /// Whether a price or emissions per MWh are a number that can be worked with.
    private static func isUsable(_ perMWh: Double) -> Bool { abs(perMWh) <= greatestPrice }

    private static func isUsable(_ outlook: OfferOutlook) -> Bool {
        pueRange.contains(outlook.pue) && outlook.connectionMW >= 0 && (0...greatestPrice).contains(outlook.onSiteMW)
            && (0...greatestPrice).contains(outlook.waterLitresPerMWh) && isUsable(outlook.carbonTaxUSDPerKg)
    }

    func problem(signal: GridSignal, ofOperator number: Int) -> String? {
        let count = experiment.regions(ofGridOperator: number).count
        guard signal.buses.count == count else {
            return "its signal has \(signal.buses.count) buses for \(count) connected regions"
        }
        for (index, bus) in signal.buses.enumerated() {
            guard
                [bus.priceUSDPerMWh, bus.marginalEmissionsKgPerMWh, bus.averageEmissionsKgPerMWh].allSatisfy(
                    Self.isUsable)
            else {
                return
                    "its signal for bus \(index) has a price or emissions that are no number of at most \(Self.greatestPrice)"
            }
            guard bus.headroomMW >= 0, bus.capMW >= 0 else {
                return "its signal for bus \(index) has a negative headroom or cap"
            }
            if let request = bus.request,
                request.event < 0 || request.reductionMW < 0 || !Self.isUsable(request.reductionMW)
                    || !Self.isUsable(request.priceUSDPerMWh) || request.remainingTicks < 1
            {
                return "its signal for bus \(index) has a request with a number it may not have"
            }
            let prices = bus.forecastPriceUSDPerMWh
            let emissions = bus.forecastMarginalEmissionsKgPerMWh
            guard prices.count == emissions.count, prices.count <= Self.longestList else {
                return "its forecast for bus \(index) has \(prices.count) prices and \(emissions.count) emissions"
            }
            guard prices.allSatisfy(Self.isUsable), emissions.allSatisfy(Self.isUsable) else {
                return "its forecast for bus \(index) holds what is no number of at most \(Self.greatestPrice)"
            }
        }
        return nil
    }

    func problem(dispatch: GridDispatch, ofOperator number: Int, loadMW: [Double]) -> String? {
        guard dispatch.buses.count == loadMW.count else {
            return "its dispatch has \(dispatch.buses.count) buses for \(loadMW.count) connected regions"
        }
        for (index, bus) in dispatch.buses.enumerated() {
            guard dispatch.areas.indices.contains(bus.area) else {
                return "its dispatch has bus \(index) in area \(bus.area) of \(dispatch.areas.count)"
            }
            guard
                [bus.priceUSDPerMWh, bus.marginalEmissionsKgPerMWh, bus.averageEmissionsKgPerMWh].allSatisfy(
                    Self.isUsable)
            else {
                return
                    "its dispatch for bus \(index) has a price or emissions that are no number of at most \(Self.greatestPrice)"
            }
        }
        guard dispatch.areas.count <= Self.longestList else { return "its dispatch has \(dispatch.areas.count) areas" }
        for area in dispatch.areas { if let problem = problem(area: area) { return problem } }
        let asked = loadMW.reduce(0, +)
        let served = dispatch.areas.map(\.computeLoadMW).reduce(0, +)
        guard abs(asked - served) <= 1e-6 * (1 + asked) else {
            return "its areas carry \(served) MW of compute load, \(asked) MW were placed"
        }
        return nil
    }

    func problem(quote: GridQuote, loadMW: [Double]) -> String? {
        guard quote.buses.count == loadMW.count else {
            return "its quote has \(quote.buses.count) buses for \(loadMW.count) connected regions"
        }
        guard quote.costUSDPerHour.isFinite, quote.emissionsKgPerHour.isFinite,
            quote.buses.allSatisfy({ Self.isUsable($0.priceUSDPerMWh) && Self.isUsable($0.marginalEmissionsKgPerMWh) })
        else { return "its quote has a cost, price or emissions that are no usable number" }
        return nil
    }

    /// Supply equals demand within 1e-6 MW, relative for large areas (MODEL 5).
    private func problem(area: AreaOutcome) -> String? {
        guard area.technologies.count <= Self.longestList else {
            return "area \(area.name) has \(area.technologies.count) technologies"
        }
        let quantities =
            [area.demandMW, area.computeLoadMW, area.generationMW, area.curtailedMW, area.unservedMW]
            + area.technologies.map(\.outputMW)
        guard quantities.allSatisfy({ $0.isFinite && $0 >= 0 }), area.importMW.isFinite,
            area.congestionRentUSD.isFinite,
            area.congestedLineCount >= 0, area.costUSD.isFinite,
            area.emissionsKg.isFinite
        else {
            return "area \(area.name) has a quantity that is negative or no finite number"
        }
        let demand = area.demandMW + area.computeLoadMW
        let supply = area.generationMW + area.importMW + area.unservedMW
        guard abs(supply - demand) <= 1e-6 * max(1, demand / 1000) else {
            return "area \(area.name) does not balance: \(supply) MW of supply and unserved for \(demand) MW of demand"
        }
        return nil
    }

    func problem(offer: CapacityOffer, capMW: Double) -> String? {
        guard offer.capacity.count == experiment.resources.count else {
            return "its offer has \(offer.capacity.count) capacities for \(experiment.resources.count) resources"
        }
        guard offer.capacity.allSatisfy({ $0 >= 0 }), offer.connectionMW >= 0 else {
            return "its offer has a negative capacity or connection"
        }
        guard offer.chargeMW >= 0, offer.chargeMW <= min(offer.connectionMW, capMW) else {
            return
                "its battery charges with \(offer.chargeMW) MW over a connection of \(offer.connectionMW) MW under a cap of \(capMW) MW"
        }
        guard Self.isUsable(offer.waterLitresPerMWh), offer.waterLitresPerMWh >= 0,
            Self.isUsable(offer.carbonTaxUSDPerKg), offer.outlook.count <= Self.longestList,
            offer.outlook.allSatisfy(Self.isUsable)
        else { return "its offer has a water, carbon tax or outlook with a number it may not have" }
        guard Self.pueRange.contains(offer.pue) else {
            return "its PUE is \(offer.pue); it must be at least 1 and at most 100"
        }
        guard offer.blocks.count <= 1000 else {
            return "its offer has \(offer.blocks.count) blocks; at most 1,000 are taken"
        }
        for (index, block) in offer.blocks.enumerated() {
            guard block.limitMW >= 0, Self.isUsable(block.markUpUSDPerMWh) else {
                return
                    "block \(index) of its offer has a negative limit or a mark-up that is no number of at most \(Self.greatestPrice)"
            }
        }
        return nil
    }

    func problem(bid: WorkBid, lastDeferred: [Double]?) -> String? {
        var previous = -1
        for line in bid.lines {
            guard experiment.classes.indices.contains(line.workloadClass), line.workloadClass > previous else {
                return
                    "its bid has class \(line.workloadClass) out of order or past the last, \(experiment.classes.count - 1)"
            }
            previous = line.workloadClass
            if let problem = problem(line: line) {
                return "its bid for class \(experiment.classes[line.workloadClass].name) \(problem)"
            }
        }
        guard let lastDeferred else { return nil }
        return conservationProblem(bid: bid, lastDeferred: lastDeferred)
    }

    private func problem(line: BidLine) -> String? {
        let quantities = [
            line.requests, line.arrivedRequests, line.deferredRequests, line.valueUSDPerRequest,
            line.switchingUSDPerRequest,
        ]
        guard quantities.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
            return "has a quantity that is negative or no finite number"
        }
        guard line.energyKWhPerRequest.isFinite, line.energyKWhPerRequest > 0 else {
            return "takes \(line.energyKWhPerRequest) kWh per request; it must be more than 0"
        }
        guard line.workPerRequest.count == experiment.resources.count,
            line.workPerRequest.allSatisfy({ $0.isFinite && $0 >= 0 })
        else {
            return "needs one amount of work of at least 0 for each of \(experiment.resources.count) resources"
        }
        if let problem = sizeProblem(line) ?? outlookProblem(line) { return problem }
        guard (0...1).contains(line.movableShare) else {
            return "has the movable share \(line.movableShare), not from 0 to 1"
        }
        var previous = -1
        for option in line.options {
            guard experiment.regions.indices.contains(option.region), option.region > previous else {
                return "has region \(option.region) out of order or past the last, \(experiment.regions.count - 1)"
            }
            previous = option.region
            guard option.frictionUSDPerRequest.isFinite, option.frictionUSDPerRequest >= 0 else {
                return
                    "has the friction \(option.frictionUSDPerRequest) for region \(experiment.regions[option.region].agent.name); it must be at least 0"
            }
        }
        return nil
    }

    /// Numbers so large or small that nothing can be reckoned with them.
    private func sizeProblem(_ line: BidLine) -> String? {
        let energy = line.energyKWhPerRequest
        guard Self.energyRange.contains(energy) else { return "takes \(energy) kWh per request, not from 1e-12 to 1e9" }
        let counts = [line.requests, line.arrivedRequests, line.deferredRequests]
        guard counts.allSatisfy({ $0 <= Self.greatestRequests }), line.requests * energy / 1000 <= Self.greatestOrderMWh
        else {
            return "asks for \(line.requests) requests of \(energy) kWh; at most 1e18 and 1e9 MWh are taken"
        }
        let perRequest =
            [line.valueUSDPerRequest, line.switchingUSDPerRequest] + line.workPerRequest
            + line.options.map(\.frictionUSDPerRequest)
        guard let greatest = perRequest.max(), greatest / energy * 1000 > Self.greatestPerMWh else { return nil }
        return
            "has a value, friction, switching or work of \(greatest) for requests of \(energy) kWh; at most 1e12 per MWh is taken"
    }

    /// Deadlines, forecast and delay that make no sense.
    private func outlookProblem(_ line: BidLine) -> String? {
        let lists = line.dueRequests + line.forecastRequests
        guard lists.count <= Self.longestList, lists.allSatisfy({ (0...Self.greatestRequests).contains($0) }) else {
            return "has deadlines or a forecast that are negative, too many or too great"
        }
        let due = line.dueRequests.reduce(0, +)
        guard line.dueRequests.isEmpty || abs(due - line.requests) <= 1e-6 * (1 + line.requests) else {
            return "has deadlines for \(due) requests and bids \(line.requests)"
        }
        let delays = line.options.flatMap { [$0.delaySeconds, $0.delaySecondsPerRequest] } + [line.delayUSDPerSecond]
        guard line.delayLimitSeconds > 0, delays.allSatisfy({ (0...Self.greatestPerMWh).contains($0) }) else {
            return "has a delay, or a limit or price of it, that is negative or too great"
        }
        if line.delayLimitSeconds.isFinite, experiment.coupling.asksForQuotes {
            return "has a limit of delay, which no coupling by rounds of quotes can keep"
        }
        return nil
    }

    /// What is held now is what was held, plus what arrived, less what is bid.
    private func conservationProblem(bid: WorkBid, lastDeferred: [Double]) -> String? {
        var lines: [BidLine?] = Array(repeating: nil, count: experiment.classes.count)
        for line in bid.lines { lines[line.workloadClass] = line }
        for (k, line) in lines.enumerated() {
            let expected = lastDeferred[k] + (line?.arrivedRequests ?? 0)
            let found = (line?.requests ?? 0) + (line?.deferredRequests ?? 0)
            guard abs(expected - found) <= 1e-6 * (1 + expected) else {
                return
                    "its bid for class \(experiment.classes[k].name) loses requests: \(expected) held or arrived, \(found) bid or held on"
            }
        }
        return nil
    }
}
