import RunAnalysis
import Testing

@Suite("Transmission that would save as much as relocation")
struct EquivalentTransmissionTests {
    private func search(
        _ target: Double, upTo greatest: Double = 1000, tolerance: Double = 0.01, limit: Int = 60,
        _ saving: (Double) -> Double
    ) -> EquivalentTransmission {
        EquivalentTransmission(
            saving: target, upTo: greatest, toleranceMW: tolerance, trialLimit: limit, savingUSD: saving)
    }

    @Test("The inverse of a concave saving, within the tolerance", arguments: [1, 12.5, 300, 999.9])
    func inverse(capacity: Double) throws {
        let result = search(capacity.squareRoot()) { $0.squareRoot() }
        let enough = try #require(result.enough)
        #expect(result.finding == .found)
        #expect(enough.capacityMW >= capacity - 1e-6 && enough.capacityMW <= capacity + 0.01)
        #expect(enough.capacityMW - result.tooLittle!.capacityMW <= 0.01)
        #expect(enough.savingUSD >= capacity.squareRoot() - 1e-6)
        // 1000 MW halved 17 times is less than 0.01 MW.
        #expect(result.trials.count == 18)
    }

    @Test("A saving that levels off exactly at the target is enough, from where it does")
    func plateau() throws {
        let result = search(500) { min(500, 10 * $0) }
        #expect(result.finding == .found)
        #expect(abs(try #require(result.enough).capacityMW - 50) <= 0.01)
    }

    @Test("A step in the saving is found")
    func step() throws {
        let result = search(1) { $0 < 123.456 ? 0 : 7 }
        #expect(abs(try #require(result.enough).capacityMW - 123.456) <= 0.01)
        #expect(result.enough?.savingUSD == 7 && result.tooLittle?.savingUSD == 0)
    }

    @Test("Where no capacity saves as much, it says so after one trial")
    func notEnough() {
        let result = search(600) { min(500, 10 * $0) }
        #expect(result.finding == .notEnough && result.enough == nil)
        #expect(result.tooLittle?.capacityMW == 1000 && result.tooLittle?.savingUSD == 500)
        #expect(result.trials.count == 1)
    }

    @Test("Where relocation saves nothing or costs, none is needed and none tried", arguments: [0, -30])
    func notNeeded(target: Double) {
        let result = search(target) { _ in 1 }
        #expect(result.finding == .notNeeded && result.trials.isEmpty && result.enough == nil)
    }

    @Test("At the bound on trials it stops with what it has")
    func bound() throws {
        let result = search(500, limit: 4) { 10 * $0 }
        #expect(result.finding == .notSettled && result.trials.count == 4)
        #expect(result.trials.map(\.capacityMW) == [1000, 500, 250, 125])
        #expect(result.enough?.capacityMW == 125 && result.tooLittle?.capacityMW == 0)
    }

    @Test("A failing trial ends the search")
    func failure() {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try EquivalentTransmission(saving: 1, upTo: 1, toleranceMW: 0.1, trialLimit: 9) { _ in throw Failure() }
        }
    }
}
