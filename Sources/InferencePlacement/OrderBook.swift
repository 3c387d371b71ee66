/// Everything one clearing needs: what regions sell and what service nodes want, masks already applied.
public struct OrderBook: Sendable, Equatable {
    /// Length of the tick, hours (h).
    public var tickHours: Double
    /// Supply by region, in the order of the scenario.
    public var supplies: [RegionSupply]
    /// Demand by class and origin, ascending by service node, then class.
    public var orders: [WorkOrder]

    /// A book from its parts.
    public init(tickHours: Double, supplies: [RegionSupply], orders: [WorkOrder]) {
        self.tickHours = tickHours
        self.supplies = supplies
        self.orders = orders
    }
}

/// What a region can run in one tick, priced.
public struct RegionSupply: Sendable, Equatable {
    /// Compute work per resource (Q_ct), accelerator-seconds per tick; infinite where a resource is not limited.
    public var capacity: [Double]
    /// Most energy from the grid for the facility, MWh per tick (Pbar_ct h, less what is charged).
    public var connectionMWh: Double
    /// Facility power over IT power (eta_ct).
    public var pue: Double
    /// Priced blocks of facility energy.
    public var blocks: [EnergyBlock]
    /// Price of grid energy that the blocks from the grid contain, $/MWh; what remains of theirs is mark-up.
    public var gridPriceUSDPerMWh: Double
    /// Marginal emissions of grid energy, kgCO2/MWh, as the blocks from the grid have them.
    public var gridEmissionsKgPerMWh: Double
    /// Energy that a battery takes from the grid whatever is placed, MWh per tick; not part of `connectionMWh`.
    public var chargeMWh: Double

    /// A supply from its parts.
    public init(
        capacity: [Double], connectionMWh: Double, pue: Double, blocks: [EnergyBlock], gridPriceUSDPerMWh: Double = 0,
        gridEmissionsKgPerMWh: Double = 0, chargeMWh: Double = 0
    ) {
        self.gridPriceUSDPerMWh = gridPriceUSDPerMWh
        self.gridEmissionsKgPerMWh = gridEmissionsKgPerMWh
        self.chargeMWh = chargeMWh
        self.capacity = capacity
        self.connectionMWh = connectionMWh
        self.pue = pue
        self.blocks = blocks
    }
}

extension OrderBook {
    /// The book with other grid prices, $/MWh by region; mark-ups stay.
    public func repriced(_ gridPricesUSDPerMWh: [Double]) -> OrderBook {
        var book = self
        for (region, price) in gridPricesUSDPerMWh.enumerated() {
            let change = price - book.supplies[region].gridPriceUSDPerMWh
            for index in book.supplies[region].blocks.indices where book.supplies[region].blocks[index].isFromGrid {
                book.supplies[region].blocks[index].priceUSDPerMWh += change
            }
            book.supplies[region].gridPriceUSDPerMWh = price
        }
        return book
    }

    /// The book with other marginal emissions of grid energy, kgCO2/MWh by region.
    public func withGridEmissions(_ emissionsKgPerMWh: [Double]) -> OrderBook {
        var book = self
        for (region, emissions) in emissionsKgPerMWh.enumerated() {
            for index in book.supplies[region].blocks.indices where book.supplies[region].blocks[index].isFromGrid {
                book.supplies[region].blocks[index].emissionsKgPerMWh = emissions
            }
            book.supplies[region].gridEmissionsKgPerMWh = emissions
        }
        return book
    }
}

/// A priced block of facility energy.
public struct EnergyBlock: Sendable, Equatable {
    /// Most energy from the block, MWh of facility energy per tick.
    public var limitMWh: Double
    /// Cost of the energy with the region's mark-up, $/MWh of facility energy; may be negative.
    public var priceUSDPerMWh: Double
    /// Marginal emissions of the energy, kgCO2/MWh (gamma_ct); may be negative.
    public var emissionsKgPerMWh: Double
    /// Whether the energy comes over the grid connection.
    public var isFromGrid: Bool
    /// Carbon tax of the site on emissions of the block, $/kg (delta_j).
    public var carbonTaxUSDPerKg: Double
    /// Water of the energy, litres/MWh.
    public var waterLitresPerMWh: Double

    /// A block from its parts; without tax and water unless given.
    public init(
        limitMWh: Double, priceUSDPerMWh: Double, emissionsKgPerMWh: Double, isFromGrid: Bool,
        carbonTaxUSDPerKg: Double = 0, waterLitresPerMWh: Double = 0
    ) {
        self.carbonTaxUSDPerKg = carbonTaxUSDPerKg
        self.waterLitresPerMWh = waterLitresPerMWh
        self.limitMWh = limitMWh
        self.priceUSDPerMWh = priceUSDPerMWh
        self.emissionsKgPerMWh = emissionsKgPerMWh
        self.isFromGrid = isFromGrid
    }
}

/// The work of one class from one service node.
public struct WorkOrder: Sendable, Equatable {
    /// Index of the service node.
    public var service: Int
    /// Index of the home region (c0).
    public var home: Int
    /// What the node bids, options outside the masks already struck out.
    public var line: BidLine
    /// Round trip of each option in ms, in the order of the line's options.
    public var roundTripMilliseconds: [Double]

    /// An order from its parts.
    public init(service: Int, home: Int, line: BidLine, roundTripMilliseconds: [Double]) {
        precondition(roundTripMilliseconds.count == line.options.count, "one round trip per option")
        self.service = service
        self.home = home
        self.line = line
        self.roundTripMilliseconds = roundTripMilliseconds
    }
}

/// What a clearing decided for a region.
public struct RegionClearing: Sendable, Equatable {
    /// IT energy placed, MWh per tick.
    public var energyMWh: Double
    /// Facility energy placed, MWh per tick: IT energy times PUE.
    public var facilityMWh: Double
    /// Energy drawn from the grid, MWh per tick: facility energy from it, and what a battery is charged with.
    public var gridMWh: Double
    /// Price of IT energy at the region, $/MWh: the dual of its energy balance, or what its blocks cost on average where
    /// the mechanism's objective is not money.
    public var energyPriceUSDPerMWh: Double
    /// Price of its compute capacity per resource, $ per accelerator-second: the dual of the capacity limit.
    public var capacityPriceUSD: [Double]

    /// A region's clearing from its parts.
    public init(
        energyMWh: Double, facilityMWh: Double, gridMWh: Double, energyPriceUSDPerMWh: Double,
        capacityPriceUSD: [Double]
    ) {
        self.energyMWh = energyMWh
        self.facilityMWh = facilityMWh
        self.gridMWh = gridMWh
        self.energyPriceUSDPerMWh = energyPriceUSDPerMWh
        self.capacityPriceUSD = capacityPriceUSD
    }
}
