import PowerGrid
import Testing

/// Writing a network as a case file and reading it again gives the network, for small and for large ones.
@Suite struct MatpowerWriterTests {
    @Test func roundTrip() throws {
        let network = MatpowerWriterTests.network(buses: 60)
        let text = network.matpowerText(comments: ["made for a test; it's not read"])
        #expect(try MatpowerCase(SourceFile(name: "made.m", text: text)).network == network)
    }

    @Test(
        .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.reason)),
        arguments: [
            "matpower/case9.m", "matpower/case30pwl.m", "pglib-opf/pglib_opf_case118_ieee.m",
            "pglib-opf/pglib_opf_case14_ieee__sad.m", "rts-gmlc/RTS_GMLC.m",
        ])
    func publishedCasesRoundTrip(_ path: String) throws {
        let network = try MatpowerCase(path: SharedData.path(path)).network
        let again = try MatpowerCase(SourceFile(name: "again.m", text: network.matpowerText()))
        #expect(again.network == network)
    }

    @Test func tenThousandBuses() throws {
        let network = MatpowerWriterTests.network(buses: 10_000)
        let file = SourceFile(name: "large.m", text: network.matpowerText())
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
            if index % 2 == 0 { bus.name = "St John's \(index)" }
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
            (unit.name, unit.technology) = ("\(index)_unit", index % 3 == 0 ? "gas" : "")
            return unit
        }
        let line = DCLine(from: 1, to: 7, minimumMW: 0, maximumMW: 80.5, fixedLossMW: 1, lossShare: 0.02)
        return Network(
            name: "made", baseMVA: 100, buses: buses, branches: branches, generators: generators, dcLines: [line])
    }
}
