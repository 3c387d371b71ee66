import Testing

@testable import RunReport

/// Long series are thinned, and no extreme is lost.
@Suite struct ThinningTests {
    /// Numbers that look drawn, the same for the same seed.
    private func series(_ seed: Int, count: Int) -> [Double?] {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 60 == 0 ? nil : Double(state >> 40)
        }
    }

    @Test(arguments: 1...20)
    func extremesOfEverySpanAreKept(seed: Int) {
        let count = 401 + 437 * seed
        let (one, two) = (series(seed, count: count), series(seed + 100, count: count))
        let thinning = Thinning(tickCount: count)
        let kept = thinning.ticks(of: [one, two])
        #expect(kept == kept.sorted() && Set(kept).count == kept.count, "seed \(seed)")
        #expect(kept.first == 0 && kept.last == count - 1, "seed \(seed)")
        #expect(kept.count <= 2 + 4 * (count / thinning.span + 1), "seed \(seed): it is thinner")
        for start in stride(from: 0, to: count, by: thinning.span) {
            let span = start..<min(start + thinning.span, count)
            for values in [one, two] {
                let all = span.compactMap { values[$0] }
                let shown = kept.filter(span.contains).compactMap { values[$0] }
                #expect(shown.min() == all.min() && shown.max() == all.max(), "seed \(seed), span \(span)")
            }
        }
        #expect(thinning.note(of: "load").contains("every \(thinning.span) ticks"), "and it is said")
    }

    @Test func shortSeriesAreWhole() {
        let thinning = Thinning(tickCount: Thinning.limit)
        #expect(thinning.ticks(of: [series(1, count: Thinning.limit)]) == Array(0..<Thinning.limit))
        #expect(thinning.note(of: "load").isEmpty)
    }

    @Test func curvesKeepTheirEnds() {
        let places = Thinning.places(count: 8760)
        #expect(places.count == Thinning.limit && places.first == 0 && places.last == 8759)
        #expect(places == places.sorted() && Set(places).count == places.count)
        #expect(Thinning.places(count: 5) == [0, 1, 2, 3, 4])
    }

    @Test func momentsAsText() {
        #expect(UTC.text(0) == "1970-01-01 00:00" && UTC.text(-60) == "1969-12-31 23:59")
        #expect(UTC.text(1_720_396_800) == "2024-07-08 00:00" && UTC.text(951_782_399) == "2000-02-28 23:59")
        #expect(UTC.text(951_825_600) == "2000-02-29 12:00" && UTC.text(4_107_542_400) == "2100-03-01 00:00")
    }

    @Test func sevenDigitsAreKept() {
        for (number, short) in [(1234.56789, 1234.568), (0.000123456789, 0.0001234568), (-98765432.1, -98_765_430)] {
            #expect(abs((Material.short(number) ?? 0) - short) <= 1e-12 * abs(short))
        }
        #expect(Material.short(0) == 0 && Material.short(nil) == nil)
    }
}
