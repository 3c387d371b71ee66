import LinearProgram

/// A cleared virtual-link market: who trades how much at what price (MODEL 3.3 [V]).
///
/// The allocation is one of greatest welfare; where several are equally good, or prices are not unique, it is the same
/// one for the same market on the same machine. `priceInterval` says how far a price could have been another.
public struct VirtualLinkClearing: Sendable {
    /// The market.
    public let market: VirtualLinkMarket
    /// Greatest social welfare: what loads would pay less what everyone else would ask, $.
    public let welfareUSD: Double
    /// Power sold (p), MW, by supplier and period.
    public let supplyMW: [[Double]]
    /// Power bought (d), MW, by load and period.
    public let demandMW: [[Double]]
    /// Flow (f), MW, by line and period; positive leaves `from`.
    public let flowMW: [[Double]]
    /// Load moved (δ), MW at the sender, by virtual link.
    public let shiftMW: [Double]
    /// Load executed, MW, by bus and period: bought there, less sent away, plus received.
    public let executedMW: [[Double]]
    /// Nodal price (π), $/MWh, by bus and period: what one more MWh of demand there costs.
    public let priceUSDPerMWh: [[Double]]
    /// Computing price (ν), $/MWh, by bus and period: positive where the computing limit binds, negative where all load
    /// has been sent away and more would be, else zero.
    public let computingPriceUSDPerMWh: [[Double]]
    /// Who pays and who earns.
    public let settlement: VirtualLinkSettlement
    let program: VirtualLinkProgram
    let columnValues: [Double]
    let rowActivities: [Double]

    init(market: VirtualLinkMarket, program: VirtualLinkProgram, solution: Solution) {
        let values = solution.columnValues
        func table(_ count: Int, _ value: (Int, Int) -> Double) -> [[Double]] {
            (0..<count).map { item in (0..<market.periodCount).map { value(item, $0) } }
        }
        func pointTable(_ value: (MarketPoint) -> Double) -> [[Double]] {
            table(market.busCount) { value(MarketPoint(bus: $0, period: $1)) }
        }
        self.market = market
        self.program = program
        columnValues = values
        rowActivities = solution.rowActivities
        welfareUSD = 0 - solution.objective
        supplyMW = table(market.suppliers.count) { values[program.supplyColumn($0, $1)] }
        demandMW = table(market.loads.count) { values[program.loadColumn($0, $1)] }
        flowMW = table(market.lines.count) {
            values[program.forwardColumn($0, $1)] - values[program.backwardColumn($0, $1)]
        }
        shiftMW = market.links.indices.map { values[program.linkColumn($0)] }
        executedMW = pointTable { solution.rowActivities[program.executionRow($0)] }
        priceUSDPerMWh = pointTable { solution.rowDuals[program.balanceRow($0)] }
        computingPriceUSDPerMWh = pointTable { 0 - solution.rowDuals[program.executionRow($0)] }
        settlement = VirtualLinkSettlement(
            of: market, supplyMW: supplyMW, demandMW: demandMW, flowMW: flowMW, shiftMW: shiftMW,
            executedMW: executedMW, priceUSDPerMWh: priceUSDPerMWh, computingPriceUSDPerMWh: computingPriceUSDPerMWh)
    }

    /// Every price at a point that supports the allocation, $/MWh (MODEL 3.3): from what one MWh of demand less saves
    /// to what one more costs, the left and right derivative of welfare.
    ///
    /// Two small linear programs at the cleared vertex; exact, with no step size. The upper end is infinite where no
    /// more demand can be met, the lower one where no more supply can be used.
    ///
    /// - Throws: `VirtualLinkMarketError` when the solver fails.
    public func priceInterval(at point: MarketPoint) throws -> ClosedRange<Double> {
        let least = -(try costOfDemand(-1, at: point))
        let greatest = try costOfDemand(1, at: point)
        return min(least, greatest)...max(least, greatest)
    }

    /// Welfare lost per MW of demand added at a point, $/MWh; -1 takes demand away. Infinite where it cannot be met.
    ///
    /// The least cost over the directions that leave the cleared point without crossing a bound it touches; by duality
    /// the greatest price (for -1 the negative of the least) among all optimal ones.
    private func costOfDemand(_ direction: Double, at point: MarketPoint) throws -> Double {
        var solver = try LinearSolver(program.model.directions(from: columnValues, activities: rowActivities))
        solver.model.setRowBounds(lower: direction, upper: direction, row: program.balanceRow(point))
        switch try solver.solve() {
        case .optimal: return solver.solution.objective
        case .infeasible: return .infinity
        case .unbounded, .iterationLimit, .failed:
            throw VirtualLinkMarketError(
                .notSolved, "The price interval at bus \(point.bus) in period \(point.period) was not found")
        }
    }
}

extension LinearModel {
    /// The same model in terms of a change from a point: bounds that the point touches become zero, others vanish.
    fileprivate func directions(from columnValues: [Double], activities: [Double]) -> LinearModel {
        var model = self
        model.objectiveOffset = 0
        for column in columnValues.indices {
            let bounds = Self.room(columnValues[column], columnLowers[column], columnUppers[column])
            model.setColumnBounds(lower: bounds.lower, upper: bounds.upper, column: column)
        }
        for row in activities.indices {
            let bounds = Self.room(activities[row], rowLowers[row], rowUppers[row])
            model.setRowBounds(lower: bounds.lower, upper: bounds.upper, row: row)
        }
        return model
    }

    /// Which way a value can go.
    private static func room(_ value: Double, _ lower: Double, _ upper: Double) -> (lower: Double, upper: Double) {
        (touches(value, lower) ? 0 : -.infinity, touches(value, upper) ? 0 : .infinity)
    }

    /// Whether a value lies at a bound, within 1e-7 of it, relative.
    private static func touches(_ value: Double, _ bound: Double) -> Bool {
        bound.isFinite && abs(value - bound) <= 1e-7 * (1 + abs(bound))
    }
}
