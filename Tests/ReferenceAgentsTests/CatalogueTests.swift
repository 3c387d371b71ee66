import CoSimulation
import InferencePlacement
import Testing

@testable import ReferenceAgents

/// Every strategy of the catalogue describes its settings and works from its defaults.
@Suite struct CatalogueTests {
    @Test func everyRoleHasStrategies() {
        let catalogue = ReferenceAgents.catalogue
        #expect(
            catalogue.names(.gridOperator) == [
                "dc-opf", "demand-responsive", "merit-order", "scarcity-adder", "series", "zonal",
            ])
        #expect(
            catalogue.names(.computeRegion) == [
                "adaptive-margin", "curtailable", "honest", "price-responsive", "scarcity-pricing",
            ])
        #expect(catalogue.names(.serviceNode) == ["carbon-aware", "deferring", "honest", "nearby"])
    }

    @Test(arguments: ReferenceAgents.catalogue.entries.map { "\($0.role.rawValue)/\($0.name)" })
    func settingsAreDescribed(path: String) throws {
        let parts = path.split(separator: "/").map(String.init)
        let entry = try #require(ReferenceAgents.catalogue.entry(AgentRole(rawValue: parts[0])!, parts[1]))
        #expect(entry.summary.hasSuffix(".") && entry.summary.count < 120)
        check(entry.fields, below: path)
    }

    @Test func gridOperatorsWorkFromDefaults() throws {
        let merit: [String: ParameterValue] = ["fleet": Settings.fleet, "demandMW": .number(120)]
        try drive(SeriesOperator(["priceUSDPerMWh": .number(40), "marginalEmissionsKgPerMWh": .number(300)]))
        try drive(MeritOrderOperator(merit))
        try drive(ScarcityAdderOperator(merit.merging(["reserveMW": .number(50)]) { $1 }))
        try drive(DemandResponsiveOperator(merit.merging(["eventHeadroomMW": .number(150)]) { $1 }))
    }

    @Test func computeRegionsWorkFromDefaults() throws {
        let plant: [String: ParameterValue] = ["accelerators": .number(1000), "connectionMW": .number(2)]
        try drive(HonestRegion(plant))
        try drive(ScarcityPricingRegion(plant))
        try drive(AdaptiveMarginRegion(plant))
        try drive(PriceResponsiveRegion(plant.merging(["thresholdUSDPerMWh": .number(45)]) { $1 }))
    }

    @Test func serviceNodesWorkFromDefaults() throws {
        let demand = ["demand": Settings.section([("chat", .number(1000)), ("batch", .number(100))])]
        try drive(HonestNode(demand))
        try drive(CarbonAwareNode(demand))
        try drive(DeferringNode(demand))
        try drive(NearbyNode(demand))
    }

    private func check(_ fields: [Field], below path: String) {
        #expect(Set(fields.map(\.name)).count == fields.count, "\(path) names a field twice")
        for field in fields {
            let place = "\(path).\(field.name)"
            #expect(field.text.count > 10 && field.text.hasSuffix("."), "\(place) needs a sentence")
            #expect(isUnitless(field) == (field.unit == nil), "\(place): unit \(String(describing: field.unit))")
            if case .rows(let columns, _) = field.kind { check(columns, below: place) }
        }
    }

    /// Texts and structure have no unit, and a count of things that are named in the text has none either.
    private func isUnitless(_ field: Field) -> Bool {
        switch field.kind {
        case .text, .rows, .boolean, .choice, .choiceOrNumber, .file, .section, .free: true
        case .integer: field.name.hasSuffix("Count") || field.name.hasSuffix("Row") || field.name.hasSuffix("Area")
        case .number, .series, .list, .map: false
        }
    }

    private func drive(_ strategy: some GridOperator) throws {
        var strategy = strategy
        for tick in 0..<48 {
            let signal = strategy.signal(tick: tick)
            let loads = [Double(tick), 2 * Double(tick)]
            let dispatch = strategy.dispatch(tick: tick, loads)
            #expect(signal.buses.count == 2 && dispatch.buses.count == 2 && dispatch.areas.count == 1)
            #expect(signal.buses.allSatisfy { $0.priceUSDPerMWh.isFinite && $0.headroomMW >= 0 && $0.capMW >= 0 })
            let area = dispatch.areas[0]
            #expect(area.computeLoadMW == 3 * Double(tick))
            let balance = area.generationMW + area.importMW + area.unservedMW - area.demandMW - area.computeLoadMW
            #expect(abs(balance) < 1e-9)
        }
    }

    private func drive(_ strategy: some ComputeRegion) throws {
        var strategy = strategy
        for tick in 0..<48 {
            let result = RegionResult(
                facilityMWh: tick < 24 ? 2 : 0.5, gridMWh: 0.5, revenueUSD: 1, costUSD: 1, realisedPriceUSDPerMWh: 40)
            let offer = strategy.offer(tick: tick, price: Double(tick), last: tick == 0 ? nil : result)
            #expect(offer.capacity.count == 1 && offer.capacity[0] >= 0 && offer.pue >= 1)
            #expect(offer.blocks.allSatisfy { $0.limitMW >= 0 && $0.markUpUSDPerMWh >= 0 })
            let grid = offer.blocks.filter { $0.source == .grid }.reduce(0) { $0 + $1.limitMW }
            #expect(abs(grid - offer.connectionMW) < 1e-12)
            #expect(zip(offer.blocks, offer.blocks.dropFirst()).allSatisfy { $0.markUpUSDPerMWh <= $1.markUpUSDPerMWh })
        }
    }

    private func drive(_ strategy: some ServiceNode) throws {
        var strategy = strategy
        for tick in 0..<48 {
            let bid = strategy.bid(tick: tick, [.of(Double(tick % 7)), .of(3, emissions: 400), .of(4)])
            #expect(bid.lines.map(\.workloadClass) == [0, 1])
            for line in bid.lines {
                #expect(line.requests >= 0 && line.deferredRequests >= 0 && line.energyKWhPerRequest > 0)
                #expect(
                    line.options.contains { $0.region == 1 && $0.frictionUSDPerRequest == 0 }, "home has no friction")
                #expect(line.options.allSatisfy { $0.frictionUSDPerRequest >= 0 })
                #expect(zip(line.options, line.options.dropFirst()).allSatisfy { $0.region < $1.region })
            }
        }
    }
}
