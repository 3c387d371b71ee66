/// What a compute region sells in one tick.
public struct CapacityOffer: Sendable, Equatable {
    /// Compute work on offer per resource (Q_ct), accelerator-seconds per tick, in the order of the scenario's resources.
    public var capacity: [Double]
    /// Greatest draw from the grid (Pbar_ct), MW; the coordinator lowers it to the cap of a demand-response event.
    public var connectionMW: Double
    /// Facility power over IT power (eta_ct), at least 1.
    public var pue: Double
    /// Blocks of facility energy, cheapest first by custom.
    public var blocks: [OfferBlock]
    /// Draw of the region's battery, which is charged whatever is placed, MW; part of the draw from the grid.
    public var chargeMW: Double
    /// Water of a MWh of facility energy, litres: 1000 (WUE / PUE + EWIF) (MODEL 2.4).
    public var waterLitresPerMWh: Double
    /// Carbon tax of the site, $/kg of CO2 (delta_j, MODEL 2.8); counts as the criterion carbon.
    public var carbonTaxUSDPerKg: Double
    /// What is expected of the ticks after this one, next tick first; the last one goes on, and all is as now where it says
    /// nothing. Capacity and mark-ups are taken to stay.
    public var outlook: [OfferOutlook]

    /// An offer from its parts; no charging, water, tax and outlook unless given.
    public init(
        capacity: [Double], connectionMW: Double, pue: Double, blocks: [OfferBlock], chargeMW: Double = 0,
        waterLitresPerMWh: Double = 0, carbonTaxUSDPerKg: Double = 0, outlook: [OfferOutlook] = []
    ) {
        self.waterLitresPerMWh = waterLitresPerMWh
        self.carbonTaxUSDPerKg = carbonTaxUSDPerKg
        self.outlook = outlook
        self.capacity = capacity
        self.connectionMW = connectionMW
        self.pue = pue
        self.blocks = blocks
        self.chargeMW = chargeMW
    }

    /// An offer of nothing: what stands for a region that is absent.
    public static func nothing(resourceCount: Int) -> CapacityOffer {
        CapacityOffer(capacity: Array(repeating: 0, count: resourceCount), connectionMW: 0, pue: 1, blocks: [])
    }
}

/// A block of facility energy in an offer.
public struct OfferBlock: Sendable, Equatable {
    /// Where the energy of a block comes from.
    public enum Source: Int, Sendable {
        /// Bought from the grid at the region's bus.
        case grid = 0
        /// Made or stored on site; costs and emits nothing.
        case onSite = 1
    }

    /// Where the energy comes from.
    public var source: Source
    /// Greatest facility power in the block, MW.
    public var limitMW: Double
    /// What the region adds to the cost of the energy, $/MWh of facility energy.
    public var markUpUSDPerMWh: Double

    /// A block from its parts.
    public init(source: Source, limitMW: Double, markUpUSDPerMWh: Double) {
        self.source = source
        self.limitMW = limitMW
        self.markUpUSDPerMWh = markUpUSDPerMWh
    }
}

/// What a region expects to offer in a tick ahead.
public struct OfferOutlook: Sendable, Equatable {
    /// Greatest draw from the grid, MW.
    public var connectionMW: Double
    /// Facility power over IT power.
    public var pue: Double
    /// On-site power, MW.
    public var onSiteMW: Double
    /// Water of a MWh of facility energy, litres.
    public var waterLitresPerMWh: Double
    /// Carbon tax of the site, $/kg of CO2.
    public var carbonTaxUSDPerKg: Double

    /// An outlook from its parts.
    public init(
        connectionMW: Double, pue: Double, onSiteMW: Double, waterLitresPerMWh: Double, carbonTaxUSDPerKg: Double
    ) {
        self.connectionMW = connectionMW
        self.pue = pue
        self.onSiteMW = onSiteMW
        self.waterLitresPerMWh = waterLitresPerMWh
        self.carbonTaxUSDPerKg = carbonTaxUSDPerKg
    }
}
