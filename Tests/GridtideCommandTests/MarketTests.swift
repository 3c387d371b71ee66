import Foundation
import Testing

extension CommandTests {
    /// `gridtide virtual-links`: the published cases against the numbers of MODEL 3.3, and wrong files.
    @Suite struct MarketTests {
        /// A case and the welfare that MODEL 3.3 gives for it, $.
        struct Case: CustomTestStringConvertible {
            let file: String
            let setting: String
            let welfareUSD: Double
            let linkIncomeUSD: Double?

            var testDescription: String { "\(file) \(setting)" }
        }

        static let cases = [
            Case(file: "seven-bus", setting: "links=[]", welfareUSD: 522, linkIncomeUSD: 0),
            Case(file: "seven-bus", setting: "", welfareUSD: 577.366_667, linkIncomeUSD: 49.666_667),
            Case(
                file: "seven-bus", setting: "links.west.capacityMW=10", welfareUSD: 605.533_333, linkIncomeUSD: nil),
            Case(file: "four-period", setting: "links=[]", welfareUSD: 4400, linkIncomeUSD: 0),
            Case(file: "four-period", setting: "", welfareUSD: 4856, linkIncomeUSD: 480),
        ]

        @Test(arguments: cases)
        func publishedCases(item: Case) async throws {
            let sandbox = try Sandbox(scenarios: ["virtual-links"])
            let change = item.setting.isEmpty ? "" : "--set '\(item.setting)'"
            let result = try await sandbox.shell(
                "gridtide virtual-links Scenarios/virtual-links/\(item.file).yaml \(change) --json -q")
            try #require(result.status == 0, "\(result.notes)")
            let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
            #expect(abs(report.welfareUSD - item.welfareUSD) < 1e-5)
            if let income = item.linkIncomeUSD { #expect(abs(report.energy.linksEarnUSD - income) < 1e-5) }
            try report.checkIdentities()
        }

        @Test func textHasPricesLinksAndMoney() async throws {
            let sandbox = try Sandbox(scenarios: ["virtual-links"])
            let result = try await sandbox.gridtide(
                "virtual-links", "Scenarios/virtual-links/seven-bus.yaml", "--intervals")
            #expect(result.status == 0)
            let lines = result.output.split(separator: "\n").map {
                $0.split(separator: " ").joined(separator: " ")
            }
            #expect(lines.contains("welfare 577.367 $, 1 tick of 1 h"))
            // At bus 4 the price is anything from 1 to 2.9 (MODEL 3.3; docs/virtual-links.md).
            #expect(lines.contains { $0.hasPrefix("4 0 ") && $0.hasSuffix(" 1.000 2.900") })
            #expect(lines.contains("west 7 → 1 5.00 49.67 0.00 1.50 48.17"))
            #expect(lines.contains { $0.hasPrefix("together 0.00 0.00 577.37") })
            #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
        }

        @Test func wrongFilesSayEverythingAtOnce() async throws {
            let sandbox = try Sandbox(scenarios: ["virtual-links"])
            let none = try await sandbox.gridtide("virtual-links", "nowhere.yaml")
            #expect(none.status == 2 && none.notes.contains("There is no market at nowhere.yaml"))
            let wrong = try await sandbox.gridtide(
                "virtual-links", "Scenarios/virtual-links/seven-bus.yaml", "--set", "lines[0].to=8", "--set",
                "links.west.to=7", "--set", "loads[1].capacityMW=-1", "--set", "colour=blue")
            #expect(wrong.status == 2)
            #expect(wrong.notes.contains("4 faults"), "\(wrong.notes)")
        }
    }
}

/// What the program prints, as far as the identities need it.
private struct Report: Decodable {
    struct Point: Decodable {
        var bus: String
        var tick: Int
        var priceUSDPerMWh: Double
        var soldMW: Double
        var boughtMW: Double
    }

    struct Link: Decodable {
        var from: String
        var fromTick: Int
        var to: String
        var toTick: Int
        var shiftMW: Double
        var profitUSD: Double
    }

    struct Line: Decodable {
        var from: String
        var to: String
        var flowMW: [Double]
    }

    struct Balance: Decodable {
        var loadsPayUSD: Double
        var linksEarnUSD: Double
        var differenceUSD: Double
    }

    var welfareUSD: Double
    var points: [Point]
    var lines: [Line]
    var links: [Link]
    var energy: Balance
    var computing: Balance

    /// Σ π d = Σ π p + line income + link income, worked out anew from prices and quantities; no link loses (MODEL 3.3).
    func checkIdentities() throws {
        func price(_ bus: String, _ tick: Int) throws -> Double {
            try #require(points.first { $0.bus == bus && $0.tick == tick }).priceUSDPerMWh
        }
        let paid = points.reduce(0) { $0 + $1.priceUSDPerMWh * $1.boughtMW }
        let sold = points.reduce(0) { $0 + $1.priceUSDPerMWh * $1.soldMW }
        var carried = 0.0
        for line in lines {
            for (tick, flow) in line.flowMW.enumerated() {
                carried += (try price(line.to, tick) - price(line.from, tick)) * flow
            }
        }
        var moved = 0.0
        for link in links {
            moved += (try price(link.from, link.fromTick) - price(link.to, link.toTick)) * link.shiftMW
            #expect(link.profitUSD >= -1e-6)
        }
        #expect(abs(paid - sold - carried - moved) < 1e-4)
        #expect(abs(paid - energy.loadsPayUSD) < 1e-6 && abs(moved - energy.linksEarnUSD) < 1e-6)
        #expect(abs(energy.differenceUSD) < 1e-4 && abs(computing.differenceUSD) < 1e-4)
    }
}
