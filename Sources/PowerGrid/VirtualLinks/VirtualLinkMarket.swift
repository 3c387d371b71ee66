public import LinearProgram

/// A power market in which the relocation of load bids beside suppliers, loads and lines (MODEL 3.3 [V]).
///
///     max  Σ bid_d d − Σ bid_p p − Σ bid_f |f| − Σ bid_v δ
///     s.t. inflow − outflow + Σ p + Σ_{snd=n} δ = Σ d + Σ_{rec=n} ρ δ        at each point n (price π)
///          0 ≤ Σ d + Σ_{rec=n} ρ δ − Σ_{snd=n} δ ≤ D                          at each point n (computing price ν)
///          f = b (θ_from − θ_to), |f| ≤ capacity, |p_t − p_{t−1}| ≤ ramp
///
/// ρ is the PUE of the receiving site over that of the sending one: IT energy is conserved, facility energy is not.
/// Powers are in MW and periods last an hour, so that sums of $/MWh times MW are $; for periods of h hours, multiply
/// money by h. Nobody has to trade, so every market has a solution.
///
///     let clearing = try market.clear()
///     clearing.priceUSDPerMWh[bus][period]
///     try clearing.priceInterval(at: MarketPoint(bus: 3))       // prices may not be unique
public struct VirtualLinkMarket: Sendable, Equatable {
    /// Number of buses.
    public let busCount: Int
    /// Number of periods, in their order.
    public let periodCount: Int
    /// Sellers.
    public let suppliers: [MarketSupplier]
    /// Buyers.
    public let loads: [MarketLoad]
    /// Lines, which are there in every period.
    public let lines: [MarketLine]
    /// Data centres; a bus without one has a PUE of 1 and no computing limit.
    public let sites: [ComputingSite]
    /// Virtual links.
    public let links: [VirtualLink]

    /// A market from its parts; indices must be valid, with one number per period wherever numbers go by period.
    public init(
        busCount: Int, periodCount: Int = 1, suppliers: [MarketSupplier], loads: [MarketLoad], lines: [MarketLine] = [],
        sites: [ComputingSite] = [], links: [VirtualLink] = []
    ) {
        let buses = 0..<busCount
        let periods = 0..<periodCount
        precondition(
            suppliers.map(\.bus).allSatisfy(buses.contains) && loads.map(\.bus).allSatisfy(buses.contains)
                && sites.map(\.bus).allSatisfy(buses.contains)
                && lines.allSatisfy { buses.contains($0.from) && buses.contains($0.to) }, "no such bus")
        precondition(
            links.flatMap { [$0.sender, $0.receiver] }.allSatisfy {
                buses.contains($0.bus) && periods.contains($0.period)
            }, "a link to or from no such point")
        precondition(
            suppliers.allSatisfy { $0.bidsUSDPerMWh.count == periodCount && $0.capacitiesMW.count == periodCount }
                && loads.allSatisfy { $0.bidsUSDPerMWh.count == periodCount && $0.capacitiesMW.count == periodCount }
                && sites.allSatisfy { $0.limitsMW.count == periodCount && $0.pue.count == periodCount },
            "one number per period")
        precondition(Set(sites.map(\.bus)).count == sites.count, "two sites at one bus")
        self.busCount = busCount
        self.periodCount = periodCount
        self.suppliers = suppliers
        self.loads = loads
        self.lines = lines
        self.sites = sites
        self.links = links
    }

    /// Clears the market: the allocation of greatest welfare, its prices, and a settlement whose identities hold.
    ///
    /// - Throws: `VirtualLinkMarketError` when the data are beyond the solver, or `SolverError` when the chosen backend
    ///   is not there.
    public func clear(backend: Backend? = nil) throws -> VirtualLinkClearing {
        let program = VirtualLinkProgram(self)
        var solver = try LinearSolver(program.model, backend: backend)
        guard try solver.solve() == .optimal else {
            throw VirtualLinkMarketError(.notSolved, "The solver ended with \"\(solver.solution.status)\"")
        }
        let clearing = VirtualLinkClearing(market: self, program: program, solution: solver.solution)
        try clearing.settlement.requireIdentities(welfareUSD: clearing.welfareUSD)
        return clearing
    }

    /// The same market with other virtual links.
    public func with(links: [VirtualLink]) -> VirtualLinkMarket {
        VirtualLinkMarket(
            busCount: busCount, periodCount: periodCount, suppliers: suppliers, loads: loads, lines: lines,
            sites: sites, links: links)
    }

    /// Computing limit (D_n) of a point, MW; infinite where there is none.
    public func computingLimitMW(at point: MarketPoint) -> Double {
        sites.first { $0.bus == point.bus }?.limitsMW[point.period] ?? .infinity
    }

    /// PUE (eta) of a point.
    public func pue(at point: MarketPoint) -> Double {
        sites.first { $0.bus == point.bus }?.pue[point.period] ?? 1
    }

    /// MW received per MW sent (ρ): the PUE of the receiver over that of the sender.
    public func receivedShare(of link: VirtualLink) -> Double {
        pue(at: link.receiver) / pue(at: link.sender)
    }
}
