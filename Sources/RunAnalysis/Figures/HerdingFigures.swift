internal import RunStore

/// Whether relocated work runs after prices that it then spoils (MODEL 4, herding).
///
/// The net import of a region in a tick is the IT energy it runs for other homes less that of its own services run
/// elsewhere; a load move is the change of that from one tick to the next.
public struct HerdingFigures: Sendable, Equatable, Codable {
    /// Ticks in which work ran away from home and all prices it met are known.
    public var relocatingTicks: Int
    /// Share of those in which the realised price ended higher where work was received than where it was sent from, both
    /// weighted with the energy relocated; nil if nothing was relocated.
    public var share: Double?
    /// How often a region's load move was followed by one of the other sign, per day, mean over the regions.
    public var flipsPerDay: Double?
    /// Lag-1 autocorrelation of load moves about zero, all regions pooled: sum of m(t) m(t-1) over sum of m(t) squared, the
    /// first move of a region in the latter only; nil without moves. Near -1 load swings to and fro.
    public var moveAutocorrelation: Double?
}

/// What relocated work met in a tick (MODEL 4, herding).
public struct HerdingTick: Sendable, Equatable {
    /// The tick.
    public var tick: Int
    /// IT energy that ran away from home, MWh.
    public var relocatedMWh: Double
    /// Realised price where it was received less that where it was sent from, weighted with the energy, $/MWh; above 0 the
    /// work had spoilt the prices it ran after.
    public var priceRiseUSDPerMWh: Double
}

/// Follows relocated work and the prices it met; memory is a few numbers for each region.
struct HerdingMeter {
    private let tickSeconds: Int64
    /// By agent number of the region, in the tick that is open.
    private var netImports: [Int: Double]
    private var lastNetImports: [Int: Double]
    private var lastMoves: [Int: Double] = [:]
    private var excess = Sum()
    private var moved = Sum()
    private var knowsPrices = true
    private var tickCount = 0
    private var relocating = 0
    private var herding = 0
    private var flips = 0
    private var products = Sum()
    private var squares = Sum()

    init(regions: [Int], tickSeconds: Int64) {
        self.tickSeconds = tickSeconds
        netImports = Dictionary(uniqueKeysWithValues: regions.map { ($0, 0) })
        lastNetImports = [:]
    }

    /// Adds work that ran away from home, with the realised prices at both ends.
    mutating func add(from home: Int, to region: Int, energyMWh: Double, prices: (home: Double?, region: Double?)) {
        guard home != region else { return }
        netImports[home, default: 0] -= energyMWh
        netImports[region, default: 0] += energyMWh
        moved.add(energyMWh)
        if let sending = prices.home, let receiving = prices.region {
            excess.add(energyMWh * (receiving - sending))
        } else {
            knowsPrices = false
        }
    }

    /// Ends a tick; what relocated work met in it, nil where nothing moved or a price is not known.
    @discardableResult
    mutating func endTick() -> HerdingTick? {
        var met: HerdingTick?
        if moved.value > 0, knowsPrices {
            relocating += 1
            if excess.value > 0 { herding += 1 }
            met = HerdingTick(
                tick: tickCount, relocatedMWh: moved.value, priceRiseUSDPerMWh: excess.value / moved.value)
        }
        tickCount += 1
        for (region, imported) in netImports.sorted(by: { $0.key < $1.key }) {
            if let last = lastNetImports[region] {
                let move = imported - last
                squares.add(move * move)
                if let lastMove = lastMoves[region] {
                    products.add(move * lastMove)
                    if move * lastMove < 0 { flips += 1 }
                }
                lastMoves[region] = move
            }
            lastNetImports[region] = imported
            netImports[region] = 0
        }
        excess = Sum()
        moved = Sum()
        knowsPrices = true
        return met
    }

    /// What it came to.
    var figures: HerdingFigures {
        let days = Double(tickCount) * Double(tickSeconds) / 86_400
        let regions = Double(netImports.count)
        return HerdingFigures(
            relocatingTicks: relocating, share: relocating > 0 ? Double(herding) / Double(relocating) : nil,
            flipsPerDay: days * regions > 0 ? Double(flips) / days / regions : nil,
            moveAutocorrelation: squares.value > 0 ? products.value / squares.value : nil)
    }
}
