internal import CoSimulation
internal import PowerGrid

// A market file is read and checked like a scenario: all that is wrong at once.
extension ScenarioBuilder {
    /// Reads, checks and builds a market.
    mutating func buildMarket(overrides: [String]) throws(ScenarioError) -> MarketFile {
        checker.takesListsAsSeries = true
        let node = try tree(overrides: overrides)
        try checkVersion(node)
        checkMarket(node)
        if let name = root.textIfPresent("name") { checkName(name, "name") }
        let buses = marketBuses()
        let suppliers = marketSuppliers(buses)
        let loads = marketLoads(buses)
        let lines = marketLines(buses)
        let sites = marketSites(buses)
        let links = marketLinks(buses, sites)
        checkMarketSize(buses.count)
        try checker.log.throwIfFaulty()

        guard let clock = checker.clock else { preconditionFailure("a market without faults has a clock") }
        return MarketFile(
            name: root.text("name"), title: root.textIfPresent("title") ?? "", clock: clock,
            market: VirtualLinkMarket(
                busCount: buses.count, periodCount: clock.tickCount, suppliers: suppliers, loads: loads, lines: lines,
                sites: sites, links: links.map(\.link)),
            buses: buses, suppliers: labels("suppliers"), loads: labels("loads"), lines: labels("lines"),
            links: links.map(\.name),
            notices: checker.log.notices.sorted { ($0.place, $0.path, $0.text) < ($1.place, $1.path, $1.text) })
    }

    /// Checks the top level by its fields; the clock comes first, since series are read in its terms.
    private mutating func checkMarket(_ node: ScenarioNode) {
        if let clock = node["clock"] {
            let early = ScenarioNode(content: .map(node.entries.filter { $0.key == "clock" }), place: clock.place)
            root = checker.section(early, ScenarioSchema.market.filter { $0.name == "clock" }, "")
            setClock()
        } else {
            checker.clock = Clock(startSeconds: 0, tickSeconds: 3600, tickCount: 1)
        }
        root = checker.section(node, ScenarioSchema.market, "")
    }

    /// How many ticks the market has; 1 while the clock is wrong.
    private var tickCount: Int { checker.clock?.tickCount ?? 1 }

    private mutating func marketBuses() -> [String] {
        let names = root.texts("buses")
        var seen: [String: String] = [:]
        for (index, name) in names.enumerated() { checkUnique(name, "buses[\(index)]", &seen) }
        return names
    }

    /// Names of the entries of a list, or their places from 1.
    private func labels(_ key: String) -> [String] {
        root.sectionsIfGiven(key).enumerated().map { $1.textIfPresent("name") ?? "\($0 + 1)" }
    }

    /// The bus that an entry names; nil, with a fault logged, when there is none.
    private mutating func bus(_ section: Parameters, _ key: String, _ path: String, _ buses: [String]) -> Int? {
        reference(section.textIfPresent(key), buses, "\(path).\(key)", "bus")
    }

    /// The values of a series by tick; nil when it is absent or wrong.
    private func values(_ section: Parameters, _ key: String) -> [Double]? {
        guard let series = section.seriesIfGiven(key) else { return nil }
        return (0..<tickCount).map { series[$0] }
    }

    private mutating func marketSuppliers(_ buses: [String]) -> [MarketSupplier] {
        var suppliers: [MarketSupplier] = []
        for (index, section) in root.sectionsIfGiven("suppliers").enumerated() {
            guard let bus = bus(section, "bus", "suppliers[\(index)]", buses),
                let bids = values(section, "bidUSDPerMWh"), let capacities = values(section, "capacityMW")
            else { continue }
            suppliers.append(
                MarketSupplier(
                    bus: bus, bidsUSDPerMWh: bids, capacitiesMW: capacities,
                    rampMW: section.numberIfGiven("rampMW") ?? .infinity))
        }
        return suppliers
    }

    private mutating func marketLoads(_ buses: [String]) -> [MarketLoad] {
        var loads: [MarketLoad] = []
        for (index, section) in root.sectionsIfGiven("loads").enumerated() {
            guard let bus = bus(section, "bus", "loads[\(index)]", buses), let bids = values(section, "bidUSDPerMWh"),
                let capacities = values(section, "capacityMW")
            else { continue }
            loads.append(MarketLoad(bus: bus, bidsUSDPerMWh: bids, capacitiesMW: capacities))
        }
        return loads
    }

    private mutating func marketLines(_ buses: [String]) -> [MarketLine] {
        var lines: [MarketLine] = []
        for (index, section) in root.sectionsIfGiven("lines").enumerated() {
            let path = "lines[\(index)]"
            let ends = (bus(section, "from", path, buses), bus(section, "to", path, buses))
            let susceptance = section.numberIfGiven("susceptanceMWPerRadian")
            if susceptance == 0 {
                fault(
                    .outOfRange, "\(path).susceptanceMWPerRadian",
                    "0 is not accepted: such a line could carry nothing.",
                    remedy: "Leave it out for a line whose flow is set at will.")
            }
            guard case (let from?, let to?) = ends, isApart(from == to, path, "line"), susceptance != 0 else {
                continue
            }
            lines.append(
                MarketLine(
                    from: from, to: to, bidUSDPerMWh: section.numberIfGiven("bidUSDPerMWh") ?? 0,
                    capacityMW: section.numberIfGiven("capacityMW") ?? .infinity, susceptanceMWPerRadian: susceptance))
        }
        return lines
    }

    /// Whether two ends differ; a fault when they do not.
    private mutating func isApart(_ areSame: Bool, _ path: String, _ noun: String) -> Bool {
        guard areSame else { return true }
        fault(
            .conflictingKeys, "\(path).to", "the \(noun) ends where it begins.",
            remedy: noun == "line" ? "Name another bus." : "Name another bus, or another tick.")
        return false
    }

    private mutating func marketSites(_ buses: [String]) -> [ComputingSite] {
        var sites: [ComputingSite] = []
        for (index, section) in root.sectionsIfGiven("sites").enumerated() {
            let path = "sites[\(index)]"
            guard let bus = bus(section, "bus", path, buses) else { continue }
            guard !sites.contains(where: { $0.bus == bus }) else {
                fault(
                    .duplicateName, "\(path).bus", value: buses[bus], "the bus `\(buses[bus])` has a site already.",
                    remedy: "Join two sites of different PUE by a line that costs nothing and a bus of its own.")
                continue
            }
            let limits = values(section, "limitMW") ?? Array(repeating: .infinity, count: tickCount)
            sites.append(
                ComputingSite(
                    bus: bus, limitsMW: limits, pue: values(section, "pue") ?? Array(repeating: 1, count: tickCount)))
        }
        return sites
    }

    /// The links, one for each tick where an entry names none.
    private mutating func marketLinks(_ buses: [String], _ sites: [ComputingSite]) -> [(
        name: String, link: VirtualLink
    )] {
        let labels = labels("links")
        var links: [(name: String, link: VirtualLink)] = []
        for (index, section) in root.sectionsIfGiven("links").enumerated() {
            let path = "links[\(index)]"
            let ends = (bus(section, "from", path, buses), bus(section, "to", path, buses))
            let shifts = linkTicks(section, path)
            let capacities = values(section, "capacityMW") ?? Array(repeating: .infinity, count: tickCount)
            guard case (let from?, let to?) = ends, let bids = values(section, "bidUSDPerMWh") else { continue }
            for shift in shifts {
                let sender = MarketPoint(bus: from, period: shift.from)
                let receiver = MarketPoint(bus: to, period: shift.to)
                guard isApart(sender == receiver, path, "link") else { break }
                let link = VirtualLink(
                    from: sender, to: receiver, bidUSDPerMWh: bids[shift.from], capacityMW: capacities[shift.from])
                links.append((labels[index], link))
            }
        }
        return links
    }

    /// The ticks a link leads from and to; empty, with a fault logged, when they are wrong.
    private mutating func linkTicks(_ section: Parameters, _ path: String) -> [(from: Int, to: Int)] {
        let keys = ["fromTick", "toTick"]
        let given = keys.compactMap { section.numberIfGiven($0) }
        guard !given.isEmpty else { return (0..<tickCount).map { ($0, $0) } }
        guard given.count == 2 else {
            let missing = keys.filter { section.numberIfGiven($0) == nil }[0]
            if !checker.isGiven("\(path).\(missing)") {
                fault(
                    .missingKey, "\(path).\(missing)", "`\(missing)` is missing.",
                    remedy: "Give both ticks, or neither for a link in every tick.")
            }
            return []
        }
        guard checker.clock != nil else { return [] }
        for (key, tick) in zip(keys, given) where tick >= Double(tickCount) {
            fault(
                .outOfRange, "\(path).\(key)", value: Excerpt.number(tick),
                "there is no tick \(Excerpt.number(tick)); ticks go from 0 to \(tickCount - 1).",
                remedy: "Name a tick of the market.")
        }
        return given.allSatisfy { $0 < Double(tickCount) } ? [(Int(given[0]), Int(given[1]))] : []
    }

    private mutating func checkMarketSize(_ busCount: Int) {
        func count(_ key: String) -> Int { root.sectionsIfGiven(key).count }
        let quantities = (busCount + count("suppliers") + count("loads") + count("lines") + count("links")) * tickCount
        guard quantities > checker.limits.marketQuantities else { return }
        fault(
            .tooLarge, "buses",
            "buses, participants, lines and links times ticks are \(quantities); at most "
                + "\(checker.limits.marketQuantities) are accepted.",
            remedy: "Use fewer of them, or fewer ticks.")
    }
}
