import Glibc
import InferencePlacement

let usage = """
    usage: clearing [TICKS]
    Clears a market of \(ClearingCase.orders) class-origins over \(ClearingCase.regions) regions; prints milliseconds.
    """

let carbonPriceUSDPerKg = 0.06

/// Milliseconds by tick.
struct Times {
    /// The clearing, from the last vertex: book update, solve, placement and checks.
    var warm: [Double] = []
    /// Its linear program alone, from the last vertex: what the solver takes.
    var program: [Double] = []
    /// The clearing, from nothing.
    var cold: [Double] = []
    /// Simplex iterations of the linear program.
    var iterations: [Double] = []
}

func measure(_ market: ClearingCase, ticks: Int) throws -> Times {
    let mechanism = Mechanism(.carbonPriced, carbonPriceUSDPerKg: carbonPriceUSDPerKg)
    let clock = ContinuousClock()
    var market = market
    var book = market.next()
    // The first tick starts from nothing in any case and counts nowhere.
    var house = try ClearingHouse(mechanism: mechanism)
    _ = try house.clear(book)
    var program = try BareProgram(book, carbonPriceUSDPerKg: carbonPriceUSDPerKg)
    program.update(to: book)
    try program.solve()
    var times = Times()
    for _ in 0..<ticks {
        book = market.next()
        program.remember()
        program.update(to: book)
        times.program.append(try clock.measure { try program.solve() }.milliseconds)
        times.iterations.append(Double(program.iterations))
        times.warm.append(try clock.measure { _ = try house.clear(book) }.milliseconds)
        var fresh = try ClearingHouse(mechanism: mechanism)
        times.cold.append(try clock.measure { _ = try fresh.clear(book) }.milliseconds)
    }
    return times
}

/// Median and 90th percentile, in hundredths.
func summary(_ values: [Double]) -> String {
    let sorted = values.sorted()
    func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    return "\(hundredths(sorted[sorted.count / 2])) (\(hundredths(sorted[sorted.count * 9 / 10])))"
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15 }
}

func run(_ words: [String]) throws {
    guard words.count <= 1, let ticks = Int(words.first ?? "100"), ticks > 0 else { throw Fault(description: usage) }
    let heads = ["median (90th percentile) of \(ticks) ticks, ms", "warm", "its LP alone", "cold", "iterations"]
    print(row(heads))
    let cases = [
        ("prices change", 0.0, false), ("prices change, compute binds", 0, true),
        ("prices and every demand change", 0.03, true),
    ]
    for (name, deviation, bindsCapacity) in cases {
        let market = ClearingCase(seed: 1, demandDeviation: deviation, bindsCapacity: bindsCapacity)
        let times = try measure(market, ticks: ticks)
        print(row([name] + [times.warm, times.program, times.cold, times.iterations].map(summary)))
    }
}

func row(_ cells: [String]) -> String {
    zip(cells, [42, 16, 16, 16, 0]).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }.joined()
}

do {
    try run(Array(CommandLine.arguments.dropFirst()))
} catch {
    let line = Array("clearing: \(error)\n".utf8)
    _ = write(2, line, line.count)
    exit(2)
}
