/// Random numbers of one agent in one tick and phase: the same whatever process draws them, and in any Swift version.
///
/// SplitMix64 (Steele, Lea, Flood 2014, doi 10.1145/2660193.2660195), started from a mix of its coordinates.
public struct RandomStream: RandomNumberGenerator, Sendable, Equatable {
    private var state: UInt64

    /// The stream of an agent, tick and phase under a seed.
    public init(seed: UInt64, agent: Int, tick: Int, phase: Phase) {
        self.init(seed, [UInt64(agent), UInt64(tick), UInt64(phase.rawValue)])
    }

    /// What may be lost of an agent's messages in a tick. The numbers are far from those of phases, whose streams are the
    /// agent's own.
    enum Loss: UInt64 {
        case signals = 101
        case bid = 102
    }

    /// The stream that decides what is lost of an agent's messages in a tick.
    init(seed: UInt64, agent: Int, tick: Int, loss: Loss) {
        self.init(seed, [UInt64(agent), UInt64(tick), loss.rawValue])
    }

    private init(_ seed: UInt64, _ coordinates: [UInt64]) {
        state = seed
        for coordinate in coordinates { state = RandomStream.mix(state &+ 0x9E37_79B9_7F4A_7C15) ^ coordinate }
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return RandomStream.mix(state)
    }

    /// A number from 0 to below 1, uniform; unlike the standard library's, its method is fixed for ever.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number from a distribution as good as standard normal: the sum of twelve uniform ones less 6 (Irwin and Hall),
    /// never beyond 6 either way. It takes no logarithm, so that every platform draws the same bits.
    public mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniform() }
        return sum
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
