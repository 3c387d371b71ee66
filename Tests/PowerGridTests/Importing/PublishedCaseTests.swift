import PowerGrid
import Testing

/// Published MATPOWER and PGLib-OPF files: counts, totals and single values, counted in the files by other means.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.reason)))
struct PublishedCaseTests {
    /// What a file holds.
    struct Expectation: Sendable, CustomStringConvertible {
        let path: String
        let buses: Int
        let branches: Int
        let generators: Int
        let reference: Int
        let demandMW: Double
        /// Of the generators in service.
        let capacityMW: Double
        var description: String { path }

        init(
            _ path: String, _ buses: Int, _ branches: Int, _ generators: Int, reference: Int = 1, demandMW: Double,
            capacityMW: Double
        ) {
            self.path = path
            self.buses = buses
            self.branches = branches
            self.generators = generators
            self.reference = reference
            self.demandMW = demandMW
            self.capacityMW = capacityMW
        }
    }

    private static let cases = [
        Expectation("matpower/case9.m", 9, 9, 3, demandMW: 315, capacityMW: 820),
        Expectation("matpower/case30pwl.m", 30, 41, 6, demandMW: 189.2, capacityMW: 335),
        Expectation("pglib-opf/pglib_opf_case3_lmbd.m", 3, 3, 3, demandMW: 315, capacityMW: 4000),
        Expectation("pglib-opf/pglib_opf_case5_pjm.m", 5, 6, 5, reference: 4, demandMW: 1000, capacityMW: 1530),
        Expectation("pglib-opf/pglib_opf_case14_ieee.m", 14, 20, 5, demandMW: 259, capacityMW: 399),
        Expectation("pglib-opf/pglib_opf_case14_ieee__sad.m", 14, 20, 5, demandMW: 259, capacityMW: 399),
        Expectation("pglib-opf/pglib_opf_case30_ieee.m", 30, 41, 6, demandMW: 283.4, capacityMW: 363),
        Expectation(
            "pglib-opf/pglib_opf_case39_epri.m", 39, 46, 10, reference: 31, demandMW: 6254.23, capacityMW: 7367),
        Expectation(
            "pglib-opf/pglib_opf_case118_ieee.m", 118, 186, 54, reference: 69, demandMW: 4242, capacityMW: 6515),
        Expectation("rts-gmlc/RTS_GMLC.m", 73, 120, 158, reference: 113, demandMW: 8550, capacityMW: 9076),
    ]

    @Test(arguments: cases)
    func countsAndTotals(_ expected: Expectation) throws {
        let network = try MatpowerCase(path: SharedData.path(expected.path)).network
        #expect(expected.path.hasSuffix("/\(network.name).m"))
        #expect(network.buses.count == expected.buses)
        #expect(network.branches.count == expected.branches)
        #expect(network.generators.count == expected.generators)
        #expect(abs(network.buses.map(\.demandMW).reduce(0, +) - expected.demandMW) < 1e-9)
        let inService = network.generators.filter(\.isInService)
        #expect(abs(inService.map(\.maximumMW).reduce(0, +) - expected.capacityMW) < 1e-9)
        #expect(network.buses.filter(\.isReference).map(\.number) == [expected.reference])
        #expect(network.branches.allSatisfy { $0.isInService })
        #expect(network.baseMVA == 100)
    }

    @Test func quadraticCostsAndLimits() throws {
        let file = try MatpowerCase(path: SharedData.path("matpower/case9.m"))
        #expect(file.network.generators[1].cost == .polynomial(c2: 0.085, c1: 1.2, c0: 600))
        #expect(file.startUSD == [1500, 2000, 3000] && file.shutdownUSD == [0, 0, 0])
        let branch = file.network.branches[2]
        #expect(branch == Branch(from: 4, to: 5, resistance: 0.039, reactance: 0.17, limitMW: 150))
        #expect(file.network.generators[0].rampMWPerMinute == .infinity)
        #expect(file.notices.isEmpty)
    }

    @Test func piecewiseLinearCosts() throws {
        let network = try MatpowerCase(path: SharedData.path("matpower/case30pwl.m")).network
        #expect(
            network.generators[0].cost
                == .piecewiseLinear([SIMD2(0, 0), SIMD2(12, 144), SIMD2(36, 1008), SIMD2(60, 2832)]))
    }

    @Test func angleLimitsAndTaps() throws {
        let network = try MatpowerCase(path: SharedData.path("pglib-opf/pglib_opf_case14_ieee.m")).network
        #expect(network.branches[0].leastAngleDegrees == -30 && network.branches[0].greatestAngleDegrees == 30)
        #expect(network.branches[7].tapRatio == 0.978)
    }

    @Test func namesRampsAndDirectCurrentLines() throws {
        let file = try MatpowerCase(path: SharedData.path("rts-gmlc/RTS_GMLC.m"))
        let network = file.network
        #expect(network.buses[0].name == "ABEL" && network.buses[72].number == 325)
        #expect(network.generators[0].name == "101_CT_1" && network.generators[0].technology == "Oil")
        #expect(network.generators[0].rampMWPerMinute == 3)
        #expect(network.generators.filter(\.isInService).count == 96)
        #expect(network.dcLines == [DCLine(from: 12, to: 63, minimumMW: -100, maximumMW: 100)])
        #expect(network.buses[12].number == 113 && network.buses[63].number == 316)
        #expect(file.notices.map(\.text) == ["mpc.areas is not used"])
    }
}
