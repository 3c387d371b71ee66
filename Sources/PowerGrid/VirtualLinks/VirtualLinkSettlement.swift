/// Who pays and who earns in a cleared virtual-link market, $ (MODEL 3.3 [V]).
///
/// Energy is settled at the nodal prices π, and the money of the grid adds up:
///
///     Σ π d = Σ π p + line income + link income,   link income (π_snd − ρ π_rec) δ
///
/// Where a computing limit binds, or all load of a point is sent away, π alone would leave the link or the load that
/// makes the difference with a loss. The computing prices ν settle the use of the sites beside it, among loads, links
/// and sites alone: a load pays ν d more, a link earns (ν_snd − ρ ν_rec) δ more, a site earns ν times what it executes.
/// With both, nobody loses. Where no limit binds, ν is zero and what remains is [V].
public struct VirtualLinkSettlement: Sendable, Equatable {
    /// Relative tolerance of every identity and sign.
    public static let tolerance = 1e-6

    /// What each load pays for energy, π d.
    public internal(set) var loadPaymentUSD: [Double] = []
    /// What each load pays for computing, ν d; negative where it is paid to have load that can be sent away.
    public internal(set) var loadComputingPaymentUSD: [Double] = []
    /// Benefit of each load less its payments.
    public internal(set) var loadProfitUSD: [Double] = []
    /// What each supplier earns, π p.
    public internal(set) var supplierIncomeUSD: [Double] = []
    /// Income of each supplier less its bid; over all periods, since a ramp may make it lose in one to win in another.
    public internal(set) var supplierProfitUSD: [Double] = []
    /// What each line earns, (π_to − π_from) f.
    public internal(set) var lineIncomeUSD: [Double] = []
    /// Income of each line less its bid. In a mesh one line may lose; all of them together do not.
    public internal(set) var lineProfitUSD: [Double] = []
    /// What each virtual link earns from energy, (π_snd − ρ π_rec) δ.
    public internal(set) var linkIncomeUSD: [Double] = []
    /// What each virtual link earns from computing, (ν_snd − ρ ν_rec) δ; may be negative.
    public internal(set) var linkComputingIncomeUSD: [Double] = []
    /// Both incomes of each link less its bid.
    public internal(set) var linkProfitUSD: [Double] = []
    /// What each computing site earns for its scarce room, ν times the load executed, in the order of the sites.
    public internal(set) var siteIncomeUSD: [Double] = []

    /// Sum of all payments for energy.
    public var totalLoadPaymentUSD: Double { loadPaymentUSD.reduce(0, +) }
    /// Sum of the suppliers' incomes.
    public var totalSupplierIncomeUSD: Double { supplierIncomeUSD.reduce(0, +) }
    /// Sum of the lines' incomes.
    public var totalLineIncomeUSD: Double { lineIncomeUSD.reduce(0, +) }
    /// Sum of the links' incomes from energy.
    public var totalLinkIncomeUSD: Double { linkIncomeUSD.reduce(0, +) }

    init(
        of market: VirtualLinkMarket, supplyMW: [[Double]], demandMW: [[Double]], flowMW: [[Double]],
        shiftMW: [Double], executedMW: [[Double]], priceUSDPerMWh: [[Double]], computingPriceUSDPerMWh: [[Double]]
    ) {
        settleTraders(market, supplyMW, demandMW, priceUSDPerMWh, computingPriceUSDPerMWh)
        for (line, flows) in zip(market.lines, flowMW) {
            let income = flows.indices.reduce(0) {
                $0 + (priceUSDPerMWh[line.to][$1] - priceUSDPerMWh[line.from][$1]) * flows[$1]
            }
            lineIncomeUSD.append(income)
            lineProfitUSD.append(income - flows.reduce(0) { $0 + line.bidUSDPerMWh * abs($1) })
        }
        for (link, shift) in zip(market.links, shiftMW) {
            let share = market.receivedShare(of: link)
            func income(_ prices: [[Double]]) -> Double {
                let sent = prices[link.sender.bus][link.sender.period]
                let received = prices[link.receiver.bus][link.receiver.period]
                return (sent - share * received) * shift
            }
            linkIncomeUSD.append(income(priceUSDPerMWh))
            linkComputingIncomeUSD.append(income(computingPriceUSDPerMWh))
            linkProfitUSD.append(
                income(priceUSDPerMWh) + income(computingPriceUSDPerMWh) - link.bidUSDPerMWh * shift)
        }
        for site in market.sites {
            siteIncomeUSD.append(Self.product(computingPriceUSDPerMWh[site.bus], executedMW[site.bus]))
        }
    }

    private mutating func settleTraders(
        _ market: VirtualLinkMarket, _ supplyMW: [[Double]], _ demandMW: [[Double]], _ prices: [[Double]],
        _ computingPrices: [[Double]]
    ) {
        for (supplier, output) in zip(market.suppliers, supplyMW) {
            let income = Self.product(prices[supplier.bus], output)
            supplierIncomeUSD.append(income)
            supplierProfitUSD.append(income - Self.product(supplier.bidsUSDPerMWh, output))
        }
        for (load, bought) in zip(market.loads, demandMW) {
            let payment = Self.product(prices[load.bus], bought)
            let computingPayment = Self.product(computingPrices[load.bus], bought)
            loadPaymentUSD.append(payment)
            loadComputingPaymentUSD.append(computingPayment)
            loadProfitUSD.append(Self.product(load.bidsUSDPerMWh, bought) - payment - computingPayment)
        }
    }

    /// Checks the identities of MODEL 3.3: both kinds of money add up, welfare is the sum of profits, nobody loses.
    func requireIdentities(welfareUSD: Double) throws(VirtualLinkMarketError) {
        let terms = [
            loadPaymentUSD, loadComputingPaymentUSD, loadProfitUSD, supplierIncomeUSD, supplierProfitUSD, lineIncomeUSD,
            lineProfitUSD, linkIncomeUSD, linkComputingIncomeUSD, linkProfitUSD, siteIncomeUSD,
        ]
        let allowance = Self.tolerance * terms.joined().reduce(1 + abs(welfareUSD)) { $0 + abs($1) }
        func sum(_ amounts: [Double]...) -> Double { amounts.joined().reduce(0, +) }
        let computing = sum(linkComputingIncomeUSD, siteIncomeUSD) - sum(loadComputingPaymentUSD)
        let profits = sum(loadProfitUSD, supplierProfitUSD, lineProfitUSD, linkProfitUSD, siteIncomeUSD)
        let energy = sum(supplierIncomeUSD, lineIncomeUSD, linkIncomeUSD) - totalLoadPaymentUSD
        try Self.require(abs(energy) <= allowance, "Incomes from energy exceed payments by \(energy) $")
        try Self.require(abs(computing) <= allowance, "Incomes from computing exceed payments by \(computing) $")
        try Self.require(
            abs(profits - welfareUSD) <= allowance, "Profits of \(profits) $ are not the welfare of \(welfareUSD) $")
        for (who, amounts) in [
            ("load", loadProfitUSD), ("supplier", supplierProfitUSD), ("network", [sum(lineProfitUSD)]),
            ("virtual link", linkProfitUSD), ("computing site", siteIncomeUSD),
        ] {
            let loser = amounts.firstIndex { !($0 >= -allowance) }
            if let loser {
                throw VirtualLinkMarketError(.identityBroken, "The \(who) of index \(loser) loses \(-amounts[loser]) $")
            }
        }
    }

    private static func require(_ holds: Bool, _ otherwise: String) throws(VirtualLinkMarketError) {
        if !holds { throw VirtualLinkMarketError(.identityBroken, otherwise) }
    }

    private static func product(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
