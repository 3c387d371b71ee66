import Testing

@testable import PowerGrid

/// Numbers read from bytes are what the standard library makes of them, to the last bit.
@Suite struct DecimalNumberTests {
    @Test func randomNumbersAreExact() {
        var state: UInt64 = 7
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11
        }
        for _ in 0..<20_000 {
            let digits = "\(next())"
            let place = Int(next() % UInt64(digits.count + 1))
            var text = digits.prefix(place) + "." + digits.dropFirst(place)
            if next() % 3 == 0 { text = digits.prefix(6) + "." + "\(next() % 1000)" }
            if next() % 2 == 0 { text += "e\(Int(next() % 60) - 30)" }
            #expect(DecimalNumber.parse(ArraySlice(text.utf8)) == Double(text), "\(text)")
        }
    }

    @Test(arguments: [
        ("0", 0), ("-0.5", -0.5), ("+7", 7), ("1.", 1), (".5", 0.5), ("1d3", 1000), ("1D-2", 0.01), ("1E+2", 100),
        ("Inf", Double.infinity), ("-inf", -Double.infinity), ("00012", 12), ("1e400", Double.infinity), ("1e-400", 0),
        ("0.1", 0.1), ("12345678901234567890", 1.2345678901234567e19),
    ])
    func spellings(_ text: String, _ value: Double) {
        #expect(DecimalNumber.parse(ArraySlice(text.utf8)) == value)
    }

    @Test(arguments: ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "1x", "0x10", "--1", "1-", "infin", "1 2", "٣"])
    func whatIsNoNumber(_ text: String) {
        #expect(DecimalNumber.parse(ArraySlice(text.utf8)) == nil)
    }

    @Test func notANumber() {
        #expect(DecimalNumber.parse(ArraySlice("NaN".utf8))?.isNaN == true)
        #expect(DecimalNumber.parse(ArraySlice("-nan".utf8))?.isNaN == true)
    }
}
