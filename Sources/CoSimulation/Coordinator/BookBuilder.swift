internal import InferencePlacement

/// Makes an order book from signals, offers and bids: prices the offers and enforces the masks.
struct BookBuilder {
    let experiment: Experiment

    /// A region's supply: its blocks at the signalled price and emissions, its connection under the cap of an event.
    func supply(offer: CapacityOffer?, signal: BusSignal) -> RegionSupply {
        let offer = offer ?? .nothing(resourceCount: experiment.resources.count)
        let hours = experiment.clock.tickHours
        let blocks = offer.blocks.map { block in
            let isFromGrid = block.source == .grid
            return EnergyBlock(
                limitMWh: block.limitMW * hours,
                priceUSDPerMWh: (isFromGrid ? signal.priceUSDPerMWh : 0) + block.markUpUSDPerMWh,
                emissionsKgPerMWh: isFromGrid ? signal.marginalEmissionsKgPerMWh : 0, isFromGrid: isFromGrid)
        }
        let connectionMW = min(offer.connectionMW, signal.capMW)
        return RegionSupply(
            capacity: offer.capacity, connectionMWh: max(0, connectionMW - offer.chargeMW) * hours, pue: offer.pue,
            blocks: blocks, gridPriceUSDPerMWh: signal.priceUSDPerMWh,
            gridEmissionsKgPerMWh: signal.marginalEmissionsKgPerMWh, chargeMWh: offer.chargeMW * hours)
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
                return line
            })
    }
}
