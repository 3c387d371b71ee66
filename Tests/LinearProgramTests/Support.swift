import LinearProgram

/// SplitMix64, so that a seed in a failure message is all it takes to repeat it.
struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func real(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(next() >> 11) / Double(1 << 53)
    }

    mutating func chance(_ probability: Double) -> Bool { real(0...1) < probability }
}

extension Backend {
    /// Whether HiGHS can be loaded here; tests that need it are skipped, visibly, where it cannot.
    static let hasHighs = (try? HighsLibrary.load()) != nil

    /// The backends to run a test body on.
    static let available: [Backend] = hasHighs ? [.clp, .highs] : [.clp]
}

/// Relative agreement of two numbers.
func agree(_ first: Double, _ second: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(first - second) <= tolerance * (1 + max(abs(first), abs(second)))
}

/// Agreement of two vectors.
func agree(_ first: [Double], _ second: [Double], _ tolerance: Double = 1e-9) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { agree($0, $1, tolerance) }
}

extension Solution {
    /// Every bit of every vector.
    var bits: [UInt64] { (columnValues + rowActivities + rowDuals + reducedCosts + [objective]).map(\.bitPattern) }
}

extension LinearModel {
    /// A model with a known optimum by construction: a point inside the bounds, and multipliers whose signs fit the
    /// bounds the point touches, from which the costs follow. Small integers, so that degeneracy is common.
    static func randomWithOptimum(_ random: inout Random, columns: Int, rows: Int) -> (LinearModel, Double) {
        var model = LinearModel()
        let point = (0..<columns).map { _ in Double(random.integer(-3...3)) }
        var coefficients: [[Double]] = []
        var duals: [Double] = []
        for _ in 0..<rows {
            let row = (0..<columns).map { _ in random.chance(0.5) ? Double(random.integer(-4...4)) : 0 }
            let activity = zip(row, point).reduce(0) { $0 + $1.0 * $1.1 }
            let (lower, upper, dual) = bounds(around: activity, &random)
            model.addRow(lower: lower, upper: upper)
            coefficients.append(row)
            duals.append(dual)
        }
        for column in 0..<columns {
            let (lower, upper, reducedCost) = bounds(around: point[column], &random)
            let cost = (0..<rows).reduce(reducedCost) { $0 + coefficients[$1][column] * duals[$1] }
            let entries = (0..<rows).filter { coefficients[$0][column] != 0 }.map { ($0, coefficients[$0][column]) }
            model.addColumn(cost: cost, lower: lower, upper: upper, entries: entries)
        }
        model.objectiveOffset = Double(random.integer(-5...5))
        return (model, model.objective(at: point))
    }

    /// Bounds of a random kind that hold `value`, and a multiplier that complements them.
    private static func bounds(around value: Double, _ random: inout Random) -> (Double, Double, Double) {
        let size = random.chance(0.3) ? 0 : Double(random.integer(1...9))
        let slack = Double(random.integer(1...4))
        switch random.integer(0...6) {
        case 0: return (value, value, random.chance(0.5) ? size : -size)
        case 1: return (value, .infinity, size)
        case 2: return (-.infinity, value, -size)
        case 3: return (value, value + slack, size)
        case 4: return (value - slack, value, -size)
        case 5: return (value - slack, value + slack, 0)
        default: return (-.infinity, .infinity, 0)
        }
    }

    /// A transport problem with equal costs in abundance: many optimal vertices.
    static func transport(_ random: inout Random, sources: Int, sinks: Int) -> LinearModel {
        var model = LinearModel()
        for _ in 0..<sources { model.addRow(upper: Double(10 * sinks)) }
        for _ in 0..<sinks { model.addRow(lower: Double(random.integer(1...8)), upper: .infinity) }
        for source in 0..<sources {
            for sink in 0..<sinks {
                let cost = Double(random.integer(1...3))
                model.addColumn(cost: cost, upper: 6, entries: [(source, 1), (sources + sink, 1)])
            }
        }
        return model
    }

    /// A meshed network of a few dozen buses in MW and USD per MWh.
    static func powerFlow(seed: UInt64) -> LinearModel {
        var random = Random(seed: seed)
        var model = LinearModel()
        let buses = random.integer(5...60)
        var capacity = 0.0
        for _ in 0..<buses { model.addRow() }
        for _ in 0..<random.integer(3...30) {
            let size = random.real(10...400)
            let bus = random.integer(0...(buses - 1))
            let cost = random.chance(0.3) ? 0 : random.real(10...70)
            let plant = model.addColumn(cost: cost, upper: size, entries: [(bus, 1)])
            if random.chance(0.6) { model.addQuadraticCost(plant, plant, coefficient: random.real(0.001...0.05)) }
            capacity += size
        }
        model.addQuadraticCost(0, 0, coefficient: 0.01)
        for bus in 0..<buses {
            let load = 0.7 * capacity / Double(buses) * random.real(0.5...1.5)
            model.setRowBounds(lower: load, upper: load, row: bus)
            model.addColumn(cost: 3_000, entries: [(bus, 1)])
            model.addColumn(cost: 0.01, entries: [(bus, -1)])
        }
        let angles = (0..<buses).map {
            model.addColumn(lower: $0 == 0 ? 0 : -.infinity, upper: $0 == 0 ? 0 : .infinity)
        }
        for line in 0..<(buses + buses / 2) {
            let from = line < buses - 1 ? line : random.integer(0...(buses - 1))
            let to = line < buses - 1 ? line + 1 : (from + random.integer(1...(buses - 1))) % buses
            let limit = random.real(100...400)
            let flow = model.addColumn(lower: -limit, upper: limit, entries: [(from, -1), (to, 1)])
            let reactance = random.real(1...11)
            model.addRow(lower: 0, upper: 0, entries: [(flow, reactance), (angles[from], -100), (angles[to], 100)])
        }
        return model
    }
}
