internal import RunStore

/// What the grid did: in a balancing area, or in all (MODEL 4).
public struct GridFigures: Sendable, Equatable, Codable {
    /// Load: demand and compute load together.
    public var load: LoadFigures
    /// Mean draw of compute regions, MW; nil where no dispatch is known.
    public var computeLoadMeanMW: Double?
    /// Generation, MWh.
    public var generationMWh: Double
    /// Net imports, MWh.
    public var importMWh: Double
    /// Renewable output turned away, MWh.
    public var curtailedMWh: Double
    /// Demand not served, MWh.
    public var unservedMWh: Double
    /// Cost of generation and of unserved energy, $.
    public var costUSD: Double
    /// Emissions, kgCO2.
    public var emissionsKg: Double
    /// Hours in which a line or tie was full (MODEL 4).
    public var congestionHours: Double
    /// Congestion rent, $ (MODEL 4).
    public var congestionRentUSD: Double
    /// Consumer payment of demand other than compute: what of it was served times the realised price, mean over the buses
    /// of the area's regions, $ (MODEL 4); nil where no area has such a price.
    public var consumerPaymentUSD: Double?
}

/// Follows one or more balancing areas.
struct GridMeter {
    private let hours: Double
    private var load: LoadMeter
    private var computeLoad = Sum()
    private var tickCount = 0
    private var generation = Sum()
    private var imports = Sum()
    private var curtailed = Sum()
    private var unserved = Sum()
    private var cost = Sum()
    private var emissions = Sum()
    private var rent = Sum()
    private var congestedTicks = 0
    private var lastCongestedTick: Int?
    private var consumerPayment: Sum?

    init(tickSeconds: Int64, peaks: PeakTicks) {
        hours = Double(tickSeconds) / 3600
        load = LoadMeter(tickSeconds: tickSeconds, peaks: peaks)
    }

    /// Adds what an area did in a tick, its load apart.
    mutating func add(_ point: AreaPoint) {
        generation.add(point.generationMW)
        imports.add(point.importMW)
        curtailed.add(point.curtailedMW)
        unserved.add(point.unservedMW)
        cost.add(point.costUSD)
        emissions.add(point.emissionsKg)
        rent.add(point.congestionRentUSD)
        if point.congestedLineCount > 0, point.tick != lastCongestedTick {
            congestedTicks += 1
            lastCongestedTick = point.tick
        }
        guard let price = point.priceUSDPerMWh else { return }
        var payment = consumerPayment ?? Sum()
        payment.add((point.demandMW - point.unservedMW) * hours * price)
        consumerPayment = payment
    }

    /// Adds the load of all areas followed, in a tick in which all are known.
    mutating func add(tick: Int, loadMW: Double, computeLoadMW: Double) {
        load.add(tick: tick, loadMW: loadMW)
        computeLoad.add(computeLoadMW)
        tickCount += 1
    }

    /// What the grid came to.
    var figures: GridFigures {
        GridFigures(
            load: load.figures, computeLoadMeanMW: tickCount > 0 ? computeLoad.value / Double(tickCount) : nil,
            generationMWh: generation.value * hours, importMWh: imports.value * hours,
            curtailedMWh: curtailed.value * hours,
            unservedMWh: unserved.value * hours, costUSD: cost.value, emissionsKg: emissions.value,
            congestionHours: Double(congestedTicks) * hours, congestionRentUSD: rent.value,
            consumerPaymentUSD: consumerPayment?.value)
    }
}
