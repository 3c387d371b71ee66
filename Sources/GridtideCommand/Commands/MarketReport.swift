internal import CoSimulation
internal import PowerGrid
internal import Scenarios

/// What `gridtide virtual-links --json` prints. Money is in $ over all ticks.
struct MarketReport: Encodable {
    /// A bus in a tick.
    struct Point: Encodable {
        let bus: String
        let tick: Int
        let priceUSDPerMWh: Double
        let computingPriceUSDPerMWh: Double
        let soldMW: Double
        let boughtMW: Double
        let executedMW: Double
        /// Least and greatest price that supports the same trades, where they were asked for; nil for no end.
        var leastPriceUSDPerMWh: Double?
        var greatestPriceUSDPerMWh: Double?
    }

    /// Somebody who sells or buys power, by tick, and earns or pays; a data centre only earns.
    struct Participant: Encodable {
        let name: String
        let bus: String
        let powerMW: [Double]
        let energyUSD: Double
        let computingUSD: Double
        let profitUSD: Double
    }

    /// A line with its flow by tick.
    struct Line: Encodable {
        let name: String
        let from: String
        let to: String
        let flowMW: [Double]
        let energyUSD: Double
        let profitUSD: Double
    }

    /// A virtual link.
    struct Link: Encodable {
        let name: String
        let from: String
        let fromTick: Int
        let to: String
        let toTick: Int
        let shiftMW: Double
        let bidUSD: Double
        let energyUSD: Double
        let computingUSD: Double
        let profitUSD: Double
    }

    /// Who pays and who earns in one kind of money; the difference is 0 within rounding (MODEL 3.3).
    struct Balance: Encodable {
        let loadsPayUSD: Double
        let suppliersEarnUSD: Double
        let linesEarnUSD: Double
        let linksEarnUSD: Double
        let sitesEarnUSD: Double

        var differenceUSD: Double { suppliersEarnUSD + linesEarnUSD + linksEarnUSD + sitesEarnUSD - loadsPayUSD }

        enum CodingKeys: CodingKey {
            case loadsPayUSD, suppliersEarnUSD, linesEarnUSD, linksEarnUSD, sitesEarnUSD, differenceUSD
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(loadsPayUSD, forKey: .loadsPayUSD)
            try values.encode(suppliersEarnUSD, forKey: .suppliersEarnUSD)
            try values.encode(linesEarnUSD, forKey: .linesEarnUSD)
            try values.encode(linksEarnUSD, forKey: .linksEarnUSD)
            try values.encode(sitesEarnUSD, forKey: .sitesEarnUSD)
            try values.encode(differenceUSD, forKey: .differenceUSD)
        }
    }

    let name: String
    let title: String
    let ticks: Int
    let tickHours: Double
    let welfareUSD: Double
    private(set) var points: [Point]
    let suppliers: [Participant]
    let loads: [Participant]
    let lines: [Line]
    let sites: [Participant]
    let links: [Link]
    let energy: Balance
    let computing: Balance
    private let clearing: VirtualLinkClearing

    enum CodingKeys: CodingKey {
        case name, title, ticks, tickHours, welfareUSD, points, suppliers, loads, lines, sites, links, energy, computing
    }

    init(_ file: MarketFile, _ clearing: VirtualLinkClearing) {
        let reading = MarketReading(file: file, clearing: clearing)
        self.clearing = clearing
        name = file.name
        title = file.title
        ticks = file.clock.tickCount
        tickHours = file.clock.tickHours
        welfareUSD = clearing.welfareUSD * file.clock.tickHours
        points = reading.points
        suppliers = reading.suppliers
        loads = reading.loads
        lines = reading.lines
        sites = reading.sites
        links = reading.links
        func sum(_ amounts: [Double]) -> Double { amounts.reduce(0, +) }
        energy = Balance(
            loadsPayUSD: 0 - sum(loads.map(\.energyUSD)), suppliersEarnUSD: sum(suppliers.map(\.energyUSD)),
            linesEarnUSD: sum(lines.map(\.energyUSD)), linksEarnUSD: sum(links.map(\.energyUSD)), sitesEarnUSD: 0)
        computing = Balance(
            loadsPayUSD: 0 - sum(loads.map(\.computingUSD)), suppliersEarnUSD: 0, linesEarnUSD: 0,
            linksEarnUSD: sum(links.map(\.computingUSD)), sitesEarnUSD: sum(sites.map(\.computingUSD)))
    }

    /// The same with the range of each price.
    func withIntervals() throws -> MarketReport {
        var report = self
        let places = (0..<clearing.market.busCount).flatMap { bus in
            (0..<ticks).map { MarketPoint(bus: bus, period: $0) }
        }
        for (index, point) in places.enumerated() {
            let interval = try clearing.priceInterval(at: point)
            report.points[index].leastPriceUSDPerMWh = interval.lowerBound.isFinite ? interval.lowerBound : nil
            report.points[index].greatestPriceUSDPerMWh = interval.upperBound.isFinite ? interval.upperBound : nil
        }
        return report
    }
}

/// Reads a clearing with the names of its market.
private struct MarketReading {
    let file: MarketFile
    let clearing: VirtualLinkClearing

    private var market: VirtualLinkMarket { clearing.market }
    private var settlement: VirtualLinkSettlement { clearing.settlement }
    private var hours: Double { file.clock.tickHours }

    var points: [MarketReport.Point] {
        var sold = Array(repeating: Array(repeating: 0.0, count: market.periodCount), count: market.busCount)
        var bought = sold
        for (supplier, output) in zip(market.suppliers, clearing.supplyMW) {
            for (tick, power) in output.enumerated() { sold[supplier.bus][tick] += power }
        }
        for (load, demand) in zip(market.loads, clearing.demandMW) {
            for (tick, power) in demand.enumerated() { bought[load.bus][tick] += power }
        }
        return (0..<market.busCount).flatMap { bus in
            (0..<market.periodCount).map { tick in
                MarketReport.Point(
                    bus: file.buses[bus], tick: tick, priceUSDPerMWh: clearing.priceUSDPerMWh[bus][tick],
                    computingPriceUSDPerMWh: clearing.computingPriceUSDPerMWh[bus][tick], soldMW: sold[bus][tick],
                    boughtMW: bought[bus][tick], executedMW: clearing.executedMW[bus][tick])
            }
        }
    }

    var suppliers: [MarketReport.Participant] {
        market.suppliers.indices.map {
            MarketReport.Participant(
                name: file.suppliers[$0], bus: file.buses[market.suppliers[$0].bus], powerMW: clearing.supplyMW[$0],
                energyUSD: settlement.supplierIncomeUSD[$0] * hours, computingUSD: 0,
                profitUSD: settlement.supplierProfitUSD[$0] * hours)
        }
    }

    var loads: [MarketReport.Participant] {
        market.loads.indices.map {
            MarketReport.Participant(
                name: file.loads[$0], bus: file.buses[market.loads[$0].bus], powerMW: clearing.demandMW[$0],
                energyUSD: 0 - settlement.loadPaymentUSD[$0] * hours,
                computingUSD: 0 - settlement.loadComputingPaymentUSD[$0] * hours,
                profitUSD: settlement.loadProfitUSD[$0] * hours)
        }
    }

    var lines: [MarketReport.Line] {
        market.lines.indices.map {
            MarketReport.Line(
                name: file.lines[$0], from: file.buses[market.lines[$0].from], to: file.buses[market.lines[$0].to],
                flowMW: clearing.flowMW[$0], energyUSD: settlement.lineIncomeUSD[$0] * hours,
                profitUSD: settlement.lineProfitUSD[$0] * hours)
        }
    }

    var sites: [MarketReport.Participant] {
        market.sites.enumerated().map { index, site in
            let income = settlement.siteIncomeUSD[index] * hours
            return MarketReport.Participant(
                name: file.buses[site.bus], bus: file.buses[site.bus], powerMW: clearing.executedMW[site.bus],
                energyUSD: 0, computingUSD: income, profitUSD: income)
        }
    }

    var links: [MarketReport.Link] {
        market.links.enumerated().map { index, link in
            MarketReport.Link(
                name: file.links[index], from: file.buses[link.sender.bus], fromTick: link.sender.period,
                to: file.buses[link.receiver.bus], toTick: link.receiver.period, shiftMW: clearing.shiftMW[index],
                bidUSD: link.bidUSDPerMWh * clearing.shiftMW[index] * hours,
                energyUSD: settlement.linkIncomeUSD[index] * hours,
                computingUSD: settlement.linkComputingIncomeUSD[index] * hours,
                profitUSD: settlement.linkProfitUSD[index] * hours)
        }
    }
}
