internal import InferencePlacement

/// The rounds of a tick in which placement and grid find together (MODEL 3.4).
///
/// It holds what the rounds of one tick have brought, and says after each what is to be tried next, or what is taken.
struct CouplingLoop {
    /// What is to be done.
    enum Step {
        /// Clear the book at these grid prices and emissions, by region, and ask for quotes again.
        case reprice(prices: [Double], emissions: [Double])
        /// Clear the book under these cuts and ask for quotes again.
        case cut([SupplyCut])
        /// Take a placement: it is as good as was sought, or the best before the round limit.
        case take(TrialPlacement, CouplingOutcome)
    }

    private let coupling: Coupling
    private let tickHours: Double
    private(set) var rounds = 0
    private var best: (trial: TrialPlacement, costUSD: Double)?
    private var lastTrial: TrialPlacement?
    private var cuts: [SupplyCut] = []

    /// A loop before its first round.
    init(coupling: Coupling, tickHours: Double) {
        self.coupling = coupling
        self.tickHours = tickHours
    }

    /// Takes the quotes for a trial: those of operators that have regions, with these regions.
    mutating func take(_ quotes: [(regions: [Int], quote: GridQuote)], for trial: TrialPlacement) -> Step {
        rounds += 1
        let cost = trial.costBesidesGridUSD + quotes.map { $0.quote.costUSDPerHour }.reduce(0, +) * tickHours
        if best.map({ cost < $0.costUSD }) ?? true { best = (trial, cost) }
        defer { lastTrial = trial }
        switch coupling.kind {
        case .priceTaker, .sequential: return .take(trial, CouplingOutcome())
        case .iterated: return iterate(quotes, trial)
        case .coOptimised: return refine(quotes, trial)
        }
    }

    /// Moves the signals part of the way to what was quoted, until loads stay where they are.
    private func iterate(_ quotes: [(regions: [Int], quote: GridQuote)], _ trial: TrialPlacement) -> Step {
        if let lastTrial, moved(from: lastTrial, to: trial) < coupling.toleranceMW {
            return .take(trial, CouplingOutcome(rounds: rounds, hasConverged: true))
        }
        if rounds >= coupling.roundLimit {
            return .take(best!.trial, CouplingOutcome(rounds: rounds, hasConverged: false))
        }
        var prices = trial.book.supplies.map(\.gridPriceUSDPerMWh)
        var emissions = trial.book.supplies.map(\.gridEmissionsKgPerMWh)
        for (regions, quote) in quotes {
            for (region, bus) in zip(regions, quote.buses) {
                prices[region] += coupling.damping * (bus.priceUSDPerMWh - prices[region])
                emissions[region] += coupling.damping * (bus.marginalEmissionsKgPerMWh - emissions[region])
            }
        }
        return .reprice(prices: prices, emissions: emissions)
    }

    /// Adds a tangent of each operator's cost, until the best placement costs no more than the bound allows.
    private mutating func refine(_ quotes: [(regions: [Int], quote: GridQuote)], _ trial: TrialPlacement) -> Step {
        let gap = trial.boundUSD.map { max(0, best!.costUSD - $0) / max(1, abs(best!.costUSD)) } ?? .infinity
        if gap <= coupling.gap {
            return .take(best!.trial, CouplingOutcome(rounds: rounds, hasConverged: true, gap: gap))
        }
        if rounds >= coupling.roundLimit {
            return .take(best!.trial, CouplingOutcome(rounds: rounds, hasConverged: false, gap: gap.isFinite ? gap : 1))
        }
        for (supplier, (regions, quote)) in quotes.enumerated() {
            cuts.append(
                SupplyCut(
                    supplier: supplier, regions: regions, loadMW: trial.loadsMW(of: regions),
                    priceUSDPerMWh: quote.buses.map(\.priceUSDPerMWh), costUSDPerHour: quote.costUSDPerHour))
        }
        return .cut(cuts)
    }

    /// Greatest change of a region's draw, MW.
    private func moved(from old: TrialPlacement, to new: TrialPlacement) -> Double {
        zip(old.placement.regions, new.placement.regions).map { abs($0.gridMWh - $1.gridMWh) / tickHours }.max() ?? 0
    }
}

extension TrialPlacement {
    /// Draw of regions from the grid, MW.
    func loadsMW(of regions: [Int]) -> [Double] {
        regions.map { placement.regions[$0].gridMWh / book.tickHours }
    }
}

extension GridQuote {
    /// The quote with what regions pay beyond the grid's price, $/MWh by region: part of their cost, and of its slope.
    func adding(_ addersUSDPerMWh: [Double], loadMW: [Double]) -> GridQuote {
        var quote = self
        for (place, adder) in addersUSDPerMWh.enumerated() {
            quote.buses[place].priceUSDPerMWh += adder
            quote.costUSDPerHour += adder * loadMW[place]
        }
        return quote
    }
}
