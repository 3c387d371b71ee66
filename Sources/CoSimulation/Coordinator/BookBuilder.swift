internal import InferencePlacement

/// Makes an order book from signals, offers and bids: prices the offers and enforces the masks.
struct BookBuilder {
    let experiment: Experiment

    /// A region's supply: its blocks at the signalled price and emissions, its connection under the cap of an event.
    ///
    /// So many ticks ahead it is at the forecast price and emissions, or the signalled ones where there is no forecast that
    /// far, with what the region expects, without charging and without the cap of this tick.
    func supply(offer: CapacityOffer?, signal: BusSignal, ahead: Int = 0) -> RegionSupply {
        var offer = offer ?? .nothing(resourceCount: experiment.resources.count)
        var signal = signal
        if ahead > 0 { (offer, signal) = (expected(offer, ahead), expected(signal, ahead)) }
        let hours = experiment.clock.tickHours
        let blocks = offer.blocks.map { block in
            let isFromGrid = block.source == .grid
            return EnergyBlock(
                limitMWh: block.limitMW * hours,
                priceUSDPerMWh: (isFromGrid ? signal.priceUSDPerMWh : 0) + block.markUpUSDPerMWh,
                emissionsKgPerMWh: isFromGrid ? signal.marginalEmissionsKgPerMWh : 0, isFromGrid: isFromGrid,
                carbonTaxUSDPerKg: offer.carbonTaxUSDPerKg, waterLitresPerMWh: offer.waterLitresPerMWh)
        }
        let connectionMW = min(offer.connectionMW, signal.capMW)
        return RegionSupply(
            capacity: offer.capacity, connectionMWh: max(0, connectionMW - offer.chargeMW) * hours, pue: offer.pue,
            blocks: blocks, gridPriceUSDPerMWh: signal.priceUSDPerMWh,
            gridEmissionsKgPerMWh: signal.marginalEmissionsKgPerMWh, chargeMWh: offer.chargeMW * hours)
    }

    private func expected(_ signal: BusSignal, _ ahead: Int) -> BusSignal {
        var signal = signal
        signal.capMW = .infinity
        let (prices, emissions) = (signal.forecastPriceUSDPerMWh, signal.forecastMarginalEmissionsKgPerMWh)
        guard let price = prices.indices.contains(ahead) ? prices[ahead] : prices.last,
            let rate = emissions.indices.contains(ahead) ? emissions[ahead] : emissions.last
        else { return signal }
        (signal.priceUSDPerMWh, signal.marginalEmissionsKgPerMWh) = (price, rate)
        return signal
    }

    private func expected(_ offer: CapacityOffer, _ ahead: Int) -> CapacityOffer {
        var offer = offer
        offer.chargeMW = 0
        guard let outlook = offer.outlook.indices.contains(ahead - 1) ? offer.outlook[ahead - 1] : offer.outlook.last
        else { return offer }
        offer.connectionMW = outlook.connectionMW
        offer.pue = outlook.pue
        offer.waterLitresPerMWh = outlook.waterLitresPerMWh
        offer.carbonTaxUSDPerKg = outlook.carbonTaxUSDPerKg
        if let index = offer.blocks.firstIndex(where: { $0.source == .onSite }) {
            offer.blocks[index].limitMW = outlook.onSiteMW
        }
        return offer
    }

    /// The ticks that are cleared together: this one's book, and the ticks after it as agents expect them.
    func window(
        _ book: OrderBook, offers: [CapacityOffer?], posted: [BusSignal], tickCount: Int, waterLimitLitres: Double
    ) -> HorizonWindow {
        let later = (1..<tickCount).map { ahead in
            posted.indices.map { supply(offer: offers[$0], signal: posted[$0], ahead: ahead) }
        }
        return HorizonWindow(
            tickHours: book.tickHours, supplies: [book.supplies] + later,
            orders: book.orders.map { order in
                HorizonOrder(
                    order: order, expectedRequests: Array(order.line.forecastRequests.prefix(tickCount - 1)))
            }, waterLimitLitres: waterLimitLitres)
    }

    /// A service node's orders, with the options it may not use struck out and named.
    func orders(bid: WorkBid, service: Int) -> (orders: [WorkOrder], struckOut: [String]) {
        let site = experiment.services[service]
        var struckOut: [String] = []
        let orders = bid.lines.map { line in
            var line = line
            let kind = experiment.classes[line.workloadClass]
            let refused = line.options.filter {
                !experiment.isAllowed(service: service, workloadClass: line.workloadClass, region: $0.region)
            }
            if !refused.isEmpty {
                let names = refused.map { experiment.regions[$0.region].agent.name }.joined(separator: ", ")
                struckOut.append(
                    "its bid for class \(kind.name) names regions outside its masks, which are struck out: \(names)")
                line.options.removeAll {
                    !experiment.isAllowed(service: service, workloadClass: line.workloadClass, region: $0.region)
                }
            }
            if line.movableShare > kind.movableShare {
                struckOut.append(
                    "its bid moves a share of \(line.movableShare) of class \(kind.name); \(kind.movableShare) may move"
                )
                line.movableShare = kind.movableShare
            }
            return WorkOrder(
                service: service, home: site.home, line: line,
                roundTripMilliseconds: line.options.map { site.roundTripMilliseconds[$0.region] })
        }
        return (orders, struckOut)
    }

    /// What stands for the bid of an absent service node: its last one, at home only.
    func homeOnly(_ bid: WorkBid, service: Int) -> WorkBid {
        let home = experiment.services[service].home
        return WorkBid(
            lines: bid.lines.map { line in
                var line = line
                line.options = [PlacementOption(region: home, frictionUSDPerRequest: 0)]
                line.dueRequests = []
                return line
            })
    }
}
