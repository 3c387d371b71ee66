internal import Foundation

/// Random numbers of a test, fixed for ever by their seed (SplitMix64).
struct SeededRandom {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF0 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform from `lower` to below `upper`.
    mutating func uniform(_ lower: Double = 0, _ upper: Double = 1) -> Double {
        lower + (upper - lower) * Double(next() >> 11) * 0x1p-53
    }

    /// Uniform in the exponent.
    mutating func logUniform(_ lower: Double, _ upper: Double) -> Double {
        lower * Double.pow(upper / lower, uniform())
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for index in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(index, integer(0...index)) }
        return result
    }
}

extension Double {
    fileprivate static func pow(_ base: Double, _ exponent: Double) -> Double { exp(exponent * log(base)) }
}
