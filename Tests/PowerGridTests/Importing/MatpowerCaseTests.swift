import PowerGrid
import Testing

/// The rules of the case format on small files written by hand.
@Suite struct MatpowerCaseTests {
    private let base = MatpowerText.base

    @Test func aSmallCase() throws {
        let file = try base.read()
        let network = file.network
        #expect(network.name == "small" && network.baseMVA == 100)
        #expect(network.buses.map(\.number) == [1, 2, 7])
        #expect(network.buses.map(\.demandMW) == [10, 20, 30])
        #expect(network.buses[2].shuntMW == 5 && network.buses[2].area == 2 && network.buses[2].baseKV == 230)
        #expect(network.buses.map(\.isReference) == [true, false, false])
        #expect(network.generators.map(\.bus) == [0, 2])
        #expect(network.generators.map(\.minimumMW) == [5, 0] && network.generators.map(\.maximumMW) == [80, 60])
        #expect(network.generators[0].cost == .polynomial(c2: 0.02, c1: 10, c0: 5))
        #expect(network.generators[1].cost == .polynomial(c2: 0, c1: 20, c0: 1))
        #expect(file.startUSD == [100, 0] && file.shutdownUSD == [0, 50])
        #expect(network.branches.map(\.limitMW) == [50, .infinity, 40])
        #expect(network.branches.map(\.tapRatio) == [1, 0.98, 1])
        #expect(network.branches.map(\.leastAngleDegrees) == [-30, -.infinity, -.infinity])
        #expect(network.branches.map(\.greatestAngleDegrees) == [30, .infinity, .infinity])
        #expect(network.branches[1].shiftDegrees == 2)
        #expect(file.notices.isEmpty)
    }

    @Test(arguments: [
        "1, 3, 10, 1, 0, 0, 1, 1, 0, 230, 1, 1.1, 0.9",
        "  1\t3 1e1 1.0d0 0 0 1 1. 0 230 1 1.1 .9 % a comment; 5 6",
        "1 3 10 1 0 0 ... the rest follows\n 1 1 0 230 1 1.1 0.9;",
        "1 3 +10 -1 0 0 1 NaN nan 230 1 Inf -Inf;",
        "1 3 10 1 0 0 1 1 0 230 1 1.1 0.9; ;\n\n\r\n",
        "%{\nnothing of [this\n%{\nwithin\n%}\n%}\n1 3 10 1 0 0 1 1 0 230 1 1.1 0.9",
        "1 3 10 1 0 0 1 1 0 230 1 1.1 0.9;%{ no block",
    ])
    func spellingsOfARow(_ row: String) throws {
        #expect(try base.replacing(5, row).read().network == base.read().network)
    }

    @Test func linesMayEndAnyWay() throws {
        for ending in ["\r\n", "\r"] {
            let file = SourceFile(name: "small.m", text: base.lines.joined(separator: ending))
            #expect(try MatpowerCase(file).network == base.read().network)
        }
        let oneLine = base.lines.map { $0.hasSuffix("[") || $0.hasSuffix(";") ? $0 : $0 + ";" }.joined(separator: " ")
        #expect(try MatpowerCase(SourceFile(name: "small.m", text: oneLine)).network == base.read().network)
        let marked = SourceFile(name: "small.m", bytes: [0xEF, 0xBB, 0xBF] + Array(base.text.utf8))
        #expect(try MatpowerCase(marked).network == base.read().network)
    }

    @Test func anotherVariableOrNoFunction() throws {
        let renamed = base.lines.map { $0.replacingPrefix("mpc.", "ppc.") }
        let other = MatpowerText(lines: ["function ppc = small % x"] + renamed.dropFirst() + ["return", "end"])
        #expect(try other.read().network == base.read().network)
        #expect(try base.replacing(1, "").read().network.name == "small", "the name of the file")
        #expect(try base.replacing(1, "").read().network.buses == base.read().network.buses)
    }

    @Test func unknownFieldsAreNoticed() throws {
        let file = try base.adding(
            "mpc.areas = [1 1; 2 7];", "mpc.if.map = [1 -1]'; mpc.note = 'a ] ; b';", "mpc.f = struct('a', {1, 2});",
            "mpc.g = x';"
        ).read()
        #expect(file.network == (try base.read().network))
        #expect(file.notices.map(\.line) == [22, 23, 23, 24, 25])
        #expect(file.notices[0].description == "small.m:22: mpc.areas is not used")
    }

    @Test func outOfServiceRowsStay() throws {
        let file = try base.replacing(11, "7 0 0 10 -10 1 100 0 60 90;").replacing(16, "1 7 0 0 0 0 0 0 0 0 0 5 1;")
            .replacing(20, "2 0 0 3 -1 0 0;").read()
        #expect(file.network.generators.map(\.isInService) == [true, false])
        #expect(file.network.generators[1].minimumMW == 90)
        #expect(file.network.generators[1].cost == .polynomial(c2: 0, c1: 0, c0: 0))
        #expect(file.network.branches.map(\.isInService) == [true, true, false])
        #expect(
            file.notices.map(\.text) == ["the cost of generator row 2, out of service, is not usable and taken as zero"]
        )
    }

    @Test func whatIsAtAnIsolatedBusIsOutOfService() throws {
        let file = try base.replacing(7, "7 4 30 3 5 0 2 1 0 230 1 1.1 0.9;").read()
        #expect(file.network.buses[2].isIsolated && file.network.buses[2].demandMW == 30)
        #expect(file.network.generators.map(\.isInService) == [true, false])
        #expect(file.network.branches.map(\.isInService) == [true, false, false])
        #expect(file.notices.isEmpty, "an isolated bus needs no reference")
    }

    @Test func aMissingReferenceIsChosen() throws {
        let file = try base.replacing(5, "1 2 10 1 0 0 1 1 0 230 1 1.1 0.9;").replacing(10, "1 0 0 0 0 1 100 0 80 5")
            .read()
        #expect(file.network.buses.map(\.isReference) == [false, false, true])
        #expect(file.notices.map(\.text) == ["an island of 3 buses has no reference; bus 7 is taken"])
    }

    @Test func everyIslandHasAReference() throws {
        let file = try base.replacing(15, "").replacing(16, "1 7 0.01 0.3 0 40 0 0 0 0 0 -360 360;").read()
        #expect(file.network.buses.map(\.isReference) == [true, false, true])
        #expect(file.notices.map(\.text) == ["an island of 1 bus has no reference; bus 7 is taken"])
        let two = try base.replacing(6, "2 3 20 2 0 0 1 1 0 230 1 1.1 0.9;").read()
        #expect(two.notices.map(\.text) == ["buses 1 and 2 are references of one island"])
    }

    @Test func costsOfEachKind() throws {
        let wide = base.replacing(19, "1 7 8 3 0 0 40 400 80 900;")
        let piecewise = try wide.replacing(20, "2 0 0 1 12 0 0 0 0 0").read()
        #expect(
            piecewise.network.generators[0].cost == .piecewiseLinear([SIMD2(0, 0), SIMD2(40, 400), SIMD2(80, 900)]))
        #expect(piecewise.network.generators[1].cost == .polynomial(c2: 0, c1: 0, c0: 12))
        let cubic = try wide.replacing(20, "2 0 0 5 0 0 3 2 1 0").read()
        #expect(cubic.network.generators[1].cost == .polynomial(c2: 3, c1: 2, c0: 1), "leading zeros")
        let load = try wide.replacing(11, "7 0 0 0 0 1 100 1 0 -30").replacing(20, "1 0 0 2 -30 -600 0 0 0 0").read()
        #expect(load.network.generators[1].minimumMW == -30 && load.network.generators[1].maximumMW == 0)
        #expect(load.network.generators[1].cost == .piecewiseLinear([SIMD2(-30, -600), SIMD2(0, 0)]))
    }

    @Test func roundingThatBendsACostIsEvenedOut() throws {
        let row = "1 0 0 4 396 3208.986 397.33333 3219.79067 398.66667 3230.59533 400 3241.4"
        let file = try base.replacing(19, row).replacing(20, "2 0 0 2 20 1 0 0 0 0 0 0").read()
        guard case .piecewiseLinear(let points) = file.network.generators[0].cost else {
            Issue.record("no piecewise cost")
            return
        }
        #expect(points.first == SIMD2(396, 3208.986) && points.last == SIMD2(400, 3241.4) && points.count < 4)
    }

    @Test func reactiveCostsAndMissingCosts() throws {
        let twice = try base.replacing(20, "2 0 50 2 20 1 0; 2 9 9 1 1 0 0; 9 9 9 9 9 9 9").read()
        #expect(twice.network == (try base.read().network))
        #expect(twice.notices.map(\.text) == ["the second half of mpc.gencost, costs of reactive power, is not used"])
        let none = try MatpowerText(lines: Array(base.lines.prefix(17))).read()
        #expect(
            none.network.generators.map(\.cost) == [.polynomial(c2: 0, c1: 0, c0: 0), .polynomial(c2: 0, c1: 0, c0: 0)])
        #expect(none.notices.map(\.text) == ["the case has no gencost; every generator costs nothing"])
    }

    @Test func severalGeneratorsAtABusAndRamps() throws {
        let zeros = " 0 0 0 0 0 0"
        let file = try base.replacing(10, "1 0 0 10 -10 1 100 1 80 5\(zeros) 2.5 25 75 0 0;")
            .replacing(11, "1 0 0 10 -10 1 100 1 60 0\(zeros) 0 0 0 0 0;").read()
        #expect(file.network.generators.map(\.bus) == [0, 0])
        #expect(file.network.generators.map(\.rampMWPerMinute) == [2.5, .infinity])
    }

    @Test func ratingsWithoutEndAreNoLimits() throws {
        for rating in ["0", "Inf", "1e10", "9.9e12"] {
            let row = "1 2 0.01 0.1 0 \(rating) 0 0 0 0 1 -30 30;"
            #expect(try base.replacing(14, row).read().network.branches[0].limitMW == .infinity)
        }
    }

    @Test func oldBranchRowsHaveNoAngleLimits() throws {
        let rows = ["1 2 0.01 0.1 0 50 0 0 0 0 1", "2 7 0.01 0.2 0 0 0 0 0.98 2 1", "1 7 0.01 0.3 0 40 0 0 0 0 1"]
        var text = base
        for (index, row) in rows.enumerated() { text = text.replacing(14 + index, row) }
        let network = try text.read().network
        #expect(network.branches.allSatisfy { $0.leastAngleDegrees == -.infinity })
    }

    @Test func namesAndFuels() throws {
        let named = base.adding(
            "mpc.bus_name = {'A b'; 'it''s'; \"C\"};", "mpc.gen_name = {", "'G1', 'CT', 'Oil'", "'G2' 'CC' ''", "};",
            "mpc.branch_name = { 'x'; 'y'; 'z' };")
        let network = try named.read().network
        #expect(network.buses.map(\.name) == ["A b", "it's", "C"])
        #expect(network.generators.map(\.name) == ["G1", "G2"])
        #expect(network.generators.map(\.technology) == ["Oil", "CC"])
        #expect(network.branches.map(\.name) == ["x", "y", "z"])
        let fuels = try named.adding("mpc.genfuel = {'coal'; 'ng'};", "mpc.gentype = {'ST'; 'GT'};").read()
        #expect(fuels.network.generators.map(\.technology) == ["coal", "ng"])
    }

    @Test func directCurrentLines() throws {
        let file = try base.adding(
            "mpc.dcline = [", "1 7 1 0 0 0 0 1 1 -10 20 0 0 0 0 1 0.05;", "2 7 0 0 0 0 0 1 1 5 1 0 0 0 0 0 0;", "];",
            "mpc.dclinecost = [2 0 0 2 1 0];"
        ).read()
        #expect(
            file.network.dcLines == [
                DCLine(from: 0, to: 2, minimumMW: -10, maximumMW: 20, fixedLossMW: 1, lossShare: 0.05),
                DCLine(from: 1, to: 2, minimumMW: 5, maximumMW: 1, isInService: false),
            ])
        #expect(file.notices.count == 2)
    }

    @Test func infiniteCapacityIsKept() throws {
        let network = try base.replacing(11, "7 0 0 0 0 1 100 1 Inf -Inf").read().network
        #expect(network.generators[1].maximumMW == .infinity && network.generators[1].minimumMW == -.infinity)
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, _ other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
