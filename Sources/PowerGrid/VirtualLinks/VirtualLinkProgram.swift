import LinearProgram

/// The linear program of a virtual-link market: where each quantity stands, and the model (MODEL 3.3 [V]).
///
/// It minimises the negative of welfare. Each balance is written as supply less demand, so that its dual is the price.
struct VirtualLinkProgram: Sendable {
    let market: VirtualLinkMarket
    private(set) var model = LinearModel()

    // Columns, each by participant and then period, and rows, likewise.
    private let firstLoad: Int
    private let firstForward: Int
    private let firstBackward: Int
    private let firstLink: Int
    private let firstAngle: Int
    private let firstExecution: Int

    init(_ market: VirtualLinkMarket) {
        let periods = market.periodCount
        self.market = market
        firstLoad = market.suppliers.count * periods
        firstForward = firstLoad + market.loads.count * periods
        firstBackward = firstForward + market.lines.count * periods
        firstLink = firstBackward + market.lines.count * periods
        firstAngle = firstLink + market.links.count
        firstExecution = market.busCount * periods
        addPointRows()
        addTraders()
        addFlows()
        addLinks()
        addAngles()
        addRamps()
    }

    // MARK: Where things are

    func supplyColumn(_ supplier: Int, _ period: Int) -> Int { supplier * market.periodCount + period }
    func loadColumn(_ load: Int, _ period: Int) -> Int { firstLoad + supplyColumn(load, period) }
    func forwardColumn(_ line: Int, _ period: Int) -> Int { firstForward + supplyColumn(line, period) }
    func backwardColumn(_ line: Int, _ period: Int) -> Int { firstBackward + supplyColumn(line, period) }
    func linkColumn(_ link: Int) -> Int { firstLink + link }
    func balanceRow(_ point: MarketPoint) -> Int { point.bus * market.periodCount + point.period }
    func executionRow(_ point: MarketPoint) -> Int { firstExecution + balanceRow(point) }
    private func angleColumn(_ bus: Int, _ period: Int) -> Int { firstAngle + bus * market.periodCount + period }

    // MARK: Building

    /// A balance and a limit on executed load for each point. Only where a link sends can executed load fall to zero
    /// by more than not buying; elsewhere that bound would leave the computing price of an idle bus undetermined.
    private mutating func addPointRows() {
        let senders = Set(market.links.filter { $0.capacityMW > 0 }.map(\.sender))
        for _ in 0..<firstExecution { model.addRow(lower: 0, upper: 0) }
        for bus in 0..<market.busCount {
            for period in 0..<market.periodCount {
                let point = MarketPoint(bus: bus, period: period)
                model.addRow(
                    lower: senders.contains(point) ? 0 : -.infinity, upper: market.computingLimitMW(at: point))
            }
        }
    }

    private mutating func addTraders() {
        for supplier in market.suppliers {
            for period in 0..<market.periodCount {
                let point = MarketPoint(bus: supplier.bus, period: period)
                model.addColumn(
                    cost: supplier.bidsUSDPerMWh[period], upper: supplier.capacitiesMW[period],
                    entries: [(balanceRow(point), 1)])
            }
        }
        for load in market.loads {
            for period in 0..<market.periodCount {
                let point = MarketPoint(bus: load.bus, period: period)
                model.addColumn(
                    cost: -load.bidsUSDPerMWh[period], upper: load.capacitiesMW[period],
                    entries: [(balanceRow(point), -1), (executionRow(point), 1)])
            }
        }
    }

    /// Flow forward and flow backward of each line; one of them is zero unless the line carries for nothing.
    private mutating func addFlows() {
        for sign in [1.0, -1.0] {
            for line in market.lines {
                for period in 0..<market.periodCount {
                    let from = MarketPoint(bus: line.from, period: period)
                    let to = MarketPoint(bus: line.to, period: period)
                    model.addColumn(
                        cost: line.bidUSDPerMWh, upper: line.capacityMW,
                        entries: [(balanceRow(from), -sign), (balanceRow(to), sign)])
                }
            }
        }
    }

    private mutating func addLinks() {
        for link in market.links {
            let share = market.receivedShare(of: link)
            model.addColumn(
                cost: link.bidUSDPerMWh, upper: link.capacityMW,
                entries: [
                    (balanceRow(link.sender), 1), (balanceRow(link.receiver), -share),
                    (executionRow(link.sender), -1), (executionRow(link.receiver), share),
                ])
        }
    }

    /// An angle per bus and period, zero at the reference of each island, and the flows that follow (MODEL 3.1).
    private mutating func addAngles() {
        let references = referenceBuses()
        for bus in 0..<market.busCount {
            for _ in 0..<market.periodCount {
                let isReference = references[bus] == bus
                model.addColumn(lower: isReference ? 0 : -.infinity, upper: isReference ? 0 : .infinity)
            }
        }
        for (index, line) in market.lines.enumerated() {
            guard let susceptance = line.susceptanceMWPerRadian else { continue }
            for period in 0..<market.periodCount {
                model.addRow(
                    lower: 0, upper: 0,
                    entries: [
                        (forwardColumn(index, period), 1), (backwardColumn(index, period), -1),
                        (angleColumn(line.from, period), -susceptance), (angleColumn(line.to, period), susceptance),
                    ])
            }
        }
    }

    private mutating func addRamps() {
        for (index, supplier) in market.suppliers.enumerated() where supplier.rampMW < .infinity {
            for period in 0..<market.periodCount where period > 0 {
                model.addRow(
                    lower: -supplier.rampMW, upper: supplier.rampMW,
                    entries: [(supplyColumn(index, period), 1), (supplyColumn(index, period - 1), -1)])
            }
        }
    }

    /// For each bus, the first bus of its island: the buses that lines with a susceptance join.
    private func referenceBuses() -> [Int] {
        var reference = Array(0..<market.busCount)
        var isSettled = false
        while !isSettled {
            isSettled = true
            for line in market.lines where line.susceptanceMWPerRadian != nil {
                let first = min(reference[line.from], reference[line.to])
                if reference[line.from] == first && reference[line.to] == first { continue }
                reference[line.from] = first
                reference[line.to] = first
                isSettled = false
            }
        }
        return reference
    }
}
