import InferencePlacement
import LinearProgram
import Testing

/// Every number MODEL 1 lists for its illustrative instance, at 1e-6 relative to the digits printed there.
@Suite struct IllustrativeInstanceTests {
    private func cost(_ instance: IllustrativeInstance, _ mechanism: Mechanism = Mechanism(.leastCost)) throws
        -> Placement
    {
        var house = try ClearingHouse(mechanism: mechanism)
        return try house.clear(instance.book())
    }

    private func expect(_ value: Double, _ published: Double, digits: Int = 0, _ what: String) {
        // The published numbers are rounded to whole dollars, or to the digits shown.
        let halfUnit = digits == 0 ? 0.5 : 0.05
        #expect(
            abs(value - published) <= halfUnit + 1e-6 * abs(published), "\(what): \(value), MODEL says \(published)")
    }

    @Test func baselineCostsAndEmits() throws {
        let home = try cost(IllustrativeInstance(), Mechanism(.home))
        #expect(abs(home.costUSD - 50_350) < 1e-6 * 50_350)
        #expect(abs(home.emissionsKg / 1000 - 157.400) < 1e-6 * 157.4)
    }

    @Test(arguments: [
        (0.0, 31_003.0), (10, 31_003), (20, 26_183), (40, 19_951), (60, 19_951), (500, 19_951), (-60, 32_083),
    ])
    func frontier(relaxation: Double, published: Double) throws {
        expect(
            try cost(IllustrativeInstance(relaxationMilliseconds: relaxation)).costUSD, published, "Delta \(relaxation)"
        )
    }

    @Test(arguments: [(0.0, 28_493.0, 0), (4, 36_833, 0), (16, 44_304.5, 1), (64, 50_350, 0)])
    func friction(factor: Double, published: Double, digits: Int) throws {
        expect(
            try cost(IllustrativeInstance(frictionFactor: factor)).costUSD, published, digits: digits,
            "friction x\(factor)")
    }

    @Test(arguments: [(0.0, 41_265.0, 0), (0.5, 33_322.5, 1), (2, 29_409, 0)])
    func capacity(factor: Double, published: Double, digits: Int) throws {
        expect(
            try cost(IllustrativeInstance(remoteCapacityFactor: factor)).costUSD, published, digits: digits,
            "capacity x\(factor)")
    }

    @Test(arguments: [(0.3, 36_231.4, 1), (0.7, 43_913.8, 1), (1, 50_350, 0)])
    func pinnedShare(share: Double, published: Double, digits: Int) throws {
        expect(
            try cost(IllustrativeInstance(pinnedShare: share)).costUSD, published, digits: digits,
            "pinned share \(share)")
    }

    @Test func feasibleRegions() {
        let published = ["USE": [2, 9, 10, 10], "EUW": [1, 10, 10, 10], "SGP": [1, 7, 10, 10]]
        for home in IllustrativeInstance.homes {
            let counts = (0..<4).map {
                IllustrativeInstance().feasible(home: IllustrativeInstance.region(home), workloadClass: $0).count
            }
            #expect(counts == published[home]!, "home \(home)")
        }
    }

    @Test(arguments: [("USE", "QC", 67.1), ("EUW", "NOR", 82.4), ("SGP", "SCN", 101.7), ("USE", "SGP", 273.4)])
    func roundTrips(from: String, to: String, published: Double) {
        let value = IllustrativeInstance.roundTrip(
            home: IllustrativeInstance.region(from), region: IllustrativeInstance.region(to))
        #expect(abs(value - published) <= 0.05, "\(from)-\(to): \(value)")
    }

    /// The cost does not depend on how energy is cut into requests, nor on the solver.
    @Test(arguments: [4e-7, 0.0004, 0.012, 10], [Backend.clp, .highs])
    func scale(energyKWhPerRequest: Double, backend: Backend) throws {
        var house = try ClearingHouse(mechanism: Mechanism(.leastCost), backend: backend)
        let cheapest = try house.clear(IllustrativeInstance(energyKWhPerRequest: energyKWhPerRequest).book())
        expect(cheapest.costUSD, 31_003, "e = \(energyKWhPerRequest)")
    }
}
