internal import RunAnalysis

// The report for people.
extension MarketReport {
    /// Most rows of a table; the JSON has all.
    private static let rowLimit = 40

    /// Prices, lines, links and money, one table each.
    var text: String {
        let heading =
            "\(name)\(title.isEmpty ? "" : ": \(title)")\nwelfare \(number(welfareUSD, 3)) $, \(ticks) tick\(ticks == 1 ? "" : "s") of "
            + "\(number(tickHours, tickHours == tickHours.rounded() ? 0 : 2)) h"
        return [heading, pointTable, lineTable, linkTable, moneyTable].compactMap { $0 }.joined(separator: "\n\n")
    }

    private func number(_ value: Double?, _ decimals: Int = 2) -> String { NumberText.text(value, decimals: decimals) }

    private func table(_ headings: [TextTable.Heading], _ rows: [[String]]) -> String? {
        guard !rows.isEmpty else { return nil }
        var table = TextTable(headings)
        for row in rows.prefix(Self.rowLimit) { table.add(row) }
        let rest = rows.count - min(rows.count, Self.rowLimit)
        return table.text() + (rest > 0 ? "\nand \(rest) more; --json has all" : "")
    }

    private var pointTable: String? {
        let hasRanges = points.contains { $0.leastPriceUSDPerMWh != nil || $0.greatestPriceUSDPerMWh != nil }
        var headings: [TextTable.Heading] = [
            .init("bus", isWords: true), .init("tick"), .init("price $/MWh"), .init("computing $/MWh"),
            .init("sold MW"),
            .init("bought MW"), .init("executed MW"),
        ]
        if hasRanges { headings += [.init("least"), .init("greatest price")] }
        let rows = points.map { point in
            var cells = [
                point.bus, "\(point.tick)", number(point.priceUSDPerMWh, 3), number(point.computingPriceUSDPerMWh, 3),
                number(point.soldMW), number(point.boughtMW), number(point.executedMW),
            ]
            if hasRanges {
                cells += [number(point.leastPriceUSDPerMWh, 3), number(point.greatestPriceUSDPerMWh, 3)]
            }
            return cells
        }
        return table(headings, rows)
    }

    private var lineTable: String? {
        let rows = lines.flatMap { line in
            line.flowMW.enumerated().map { tick, flow in
                [line.name, "\(line.from) → \(line.to)", "\(tick)", number(flow)]
            }
        }
        return table(
            [.init("line", isWords: true), .init("way", isWords: true), .init("tick"), .init("flow MW")], rows)
    }

    private var linkTable: String? {
        func place(_ bus: String, _ tick: Int) -> String { ticks == 1 ? bus : "\(bus) tick \(tick)" }
        let rows = links.map { link in
            [
                link.name, "\(place(link.from, link.fromTick)) → \(place(link.to, link.toTick))", number(link.shiftMW),
                number(link.energyUSD), number(link.computingUSD), number(link.bidUSD), number(link.profitUSD),
            ]
        }
        let headings: [TextTable.Heading] = [
            .init("link", isWords: true), .init("way", isWords: true), .init("moved MW"), .init("energy $"),
            .init("computing $"), .init("bid $"), .init("profit $"),
        ]
        return table(headings, rows)
    }

    /// Each kind of money adds up to 0, and profits to welfare (MODEL 3.3).
    private var moneyTable: String? {
        func sum(_ amounts: [Double]) -> Double { amounts.reduce(0, +) }
        let profits = [
            sum(loads.map(\.profitUSD)), sum(suppliers.map(\.profitUSD)), sum(lines.map(\.profitUSD)),
            sum(links.map(\.profitUSD)), sum(sites.map(\.profitUSD)),
        ]
        let rows = [
            ["loads", number(-energy.loadsPayUSD), number(-computing.loadsPayUSD), number(profits[0])],
            ["suppliers", number(energy.suppliersEarnUSD), "", number(profits[1])],
            ["lines", number(energy.linesEarnUSD), "", number(profits[2])],
            ["links", number(energy.linksEarnUSD), number(computing.linksEarnUSD), number(profits[3])],
            ["sites", "", number(computing.sitesEarnUSD), number(profits[4])],
            ["together", number(energy.differenceUSD), number(computing.differenceUSD), number(sum(profits))],
        ]
        let headings: [TextTable.Heading] = [
            .init("who earns", isWords: true), .init("energy $"), .init("computing $"), .init("profit $"),
        ]
        return table(headings, rows)
    }
}
