import CoSimulation
import Foundation
import PowerGrid
import Scenarios
import Testing

@Suite("Market files")
struct MarketFileTests {
    private static let good = """
        gridtide: 1
        name: pair
        clock: {start: 2024-07-08T00:00Z, tickMinutes: 30, ticks: 3}
        buses: [north, south]
        suppliers:
          - {name: dam, bus: north, bidUSDPerMWh: 20, capacityMW: [100, 80, 60], rampMW: 30}
          - {bus: south, bidUSDPerMWh: [50, 60, 55], capacityMW: {file: south.csv, column: gas_gw}}
        loads:
          - {bus: south, bidUSDPerMWh: 200, capacityMW: 70}
        lines:
          - {from: north, to: south, capacityMW: 10, susceptanceMWPerRadian: 5}
          - {from: north, to: south}
        sites:
          - {bus: south, limitMW: 50, pue: 1.3}
        links:
          - {name: space, from: south, to: north, bidUSDPerMWh: [1, 2, 3], capacityMW: 4}
          - {from: south, to: south, fromTick: 2, toTick: 0}

        """
    private static let csv = """
        utc,gas_gw
        2024-07-08T00:00Z,0.04
        2024-07-08T00:30Z,0.05
        2024-07-08T01:00Z,0.06

        """

    private func load(_ text: String = good) throws -> MarketFile {
        try MarketFile.load(.memory(["market.yaml": text, "south.csv": Self.csv]), file: "market.yaml")
    }

    private func faults(_ text: String) -> [ScenarioFault] {
        do {
            _ = try load(text)
            return []
        } catch {
            return (error as? ScenarioError)?.faults ?? []
        }
    }

    @Test("Everything arrives: numbers, lists and columns by tick, links in space and time")
    func goodFile() throws {
        let file = try load()
        let market = file.market
        #expect(file.buses == ["north", "south"] && market.periodCount == 3 && file.clock.tickSeconds == 1800)
        #expect(market.suppliers[0].bidsUSDPerMWh == [20, 20, 20] && market.suppliers[0].rampMW == 30)
        #expect(market.suppliers[1].bidsUSDPerMWh == [50, 60, 55] && market.suppliers[1].capacitiesMW == [40, 50, 60])
        #expect(market.suppliers[1].rampMW == .infinity && file.suppliers == ["dam", "2"])
        #expect(market.lines[0].susceptanceMWPerRadian == 5 && market.lines[1].susceptanceMWPerRadian == nil)
        #expect(market.lines[1].capacityMW == .infinity)
        #expect(market.sites == [ComputingSite(bus: 1, limitsMW: [50, 50, 50], pue: [1.3, 1.3, 1.3])])
        #expect(file.links == ["space", "space", "space", "2"])
        #expect(
            market.links.map(\.sender.period) == [0, 1, 2, 2] && market.links.map(\.receiver.period) == [0, 1, 2, 0])
        #expect(market.links.map(\.bidUSDPerMWh) == [1, 2, 3, 0] && market.links[3].capacityMW == .infinity)
        _ = try market.clear()
    }

    @Test("Without a clock a market has one tick of an hour; without links it is one of power alone")
    func leastFile() throws {
        let text = """
            gridtide: 1
            name: one
            buses: [1]
            suppliers: [{bus: 1, bidUSDPerMWh: 2, capacityMW: 3}]
            loads: [{bus: 1, bidUSDPerMWh: 5, capacityMW: 2}]
            """
        let file = try load(text)
        #expect(file.clock.tickCount == 1 && file.clock.tickHours == 1)
        #expect(try file.market.clear().welfareUSD == 6)
    }

    /// A wrong file: the good one with an edit, and what must be said about it.
    struct Wrong: CustomTestStringConvertible {
        let old: String
        let new: String
        let code: ScenarioFault.Code
        let path: String

        var testDescription: String { new }
    }

    static let wrong = [
        Wrong(old: "gridtide: 1", new: "gridtide: 2", code: .unsupportedVersion, path: ""),
        Wrong(old: "name: pair", new: "name: a pair", code: .invalidName, path: "name"),
        Wrong(old: "ticks: 3", new: "ticks: 0", code: .outOfRange, path: "clock.ticks"),
        Wrong(old: "[north, south]\n", new: "[north, south, north]\n", code: .duplicateName, path: "buses[2]"),
        Wrong(old: "bus: north", new: "bus: nord", code: .unknownReference, path: "suppliers[0].bus"),
        Wrong(old: "[100, 80, 60]", new: "[100, 80]", code: .outOfRange, path: "suppliers[0].capacityMW"),
        Wrong(old: "[100, 80, 60]", new: "[100, -80, 60]", code: .outOfRange, path: "suppliers[0].capacityMW[1]"),
        Wrong(old: "rampMW: 30", new: "rampMW: none", code: .wrongKind, path: "suppliers[0].rampMW"),
        Wrong(old: "gas_gw}", new: "gas}", code: .unknownColumn, path: "suppliers[1].capacityMW"),
        Wrong(old: "bidUSDPerMWh: 200, ", new: "", code: .missingKey, path: "loads[0].bidUSDPerMWh"),
        Wrong(
            old: "{from: north, to: south}", new: "{from: north, to: north}", code: .conflictingKeys,
            path: "lines[1].to"),
        Wrong(old: "Radian: 5", new: "Radian: 0", code: .outOfRange, path: "lines[0].susceptanceMWPerRadian"),
        Wrong(old: "pue: 1.3", new: "pue: 0.9", code: .outOfRange, path: "sites[0].pue"),
        Wrong(
            old: "links:", new: "  - {bus: south}\nlinks:", code: .duplicateName, path: "sites[1].bus"),
        Wrong(old: "toTick: 0", new: "toTick: 3", code: .outOfRange, path: "links[1].toTick"),
        Wrong(old: "toTick: 0", new: "toTick: 2", code: .conflictingKeys, path: "links[1].to"),
        Wrong(old: ", toTick: 0", new: "", code: .missingKey, path: "links[1].toTick"),
        Wrong(old: "name: space", new: "nmae: space", code: .unknownKey, path: "links[0].nmae"),
    ]

    @Test("Each fault is named with its place", arguments: wrong)
    func wrongFile(item: Wrong) {
        let text = Self.good.replacing(item.old, with: item.new, maxReplacements: 1)
        #expect(text != Self.good)
        let faults = faults(text)
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.code == item.code && faults.first?.path == item.path, "\(faults)")
        #expect(faults.first?.line != nil)
    }

    @Test("All faults at once")
    func allAtOnce() {
        var text = Self.good
        for item in Self.wrong where ["suppliers[0].bus", "loads[0].bidUSDPerMWh", "sites[0].pue"].contains(item.path) {
            text = text.replacing(item.old, with: item.new, maxReplacements: 1)
        }
        #expect(faults(text).map(\.path) == ["suppliers[0].bus", "loads[0].bidUSDPerMWh", "sites[0].pue"])
    }

    @Test("The example of docs/virtual-links.md is right, and the page states the limit")
    func page() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
        let page = try String(
            contentsOf: tests.appendingPathComponent("../../docs/virtual-links.md").standardizedFileURL,
            encoding: .utf8)
        let block = try #require(page.components(separatedBy: "```yaml\n").last?.components(separatedBy: "```").first)
        let file = try load(block)
        #expect(file.market.links.count == 3)
        #expect(try file.market.clear().shiftMW.contains { $0 > 0 })
        #expect(page.contains(ScenarioLimits().marketQuantities.formatted(.number.locale(Locale(identifier: "en")))))
    }

    @Test("A market beyond the limit is refused")
    func tooLarge() {
        var limits = ScenarioLimits()
        limits.marketQuantities = 10
        #expect(throws: ScenarioError.self) {
            try MarketFile.load(
                .memory(["market.yaml": Self.good, "south.csv": Self.csv]), file: "market.yaml", limits: limits)
        }
    }
}
