import Glibc
import InferencePlacement

let usage = """
    usage: clearing [TICKS [CASE...]]
    Clears markets; prints milliseconds. Cases by number or part of their name; all unless given.
    """

let carbonPriceUSDPerKg = 0.06

/// A market to measure.
struct Market {
    let orders: Int
    let regions: Int
    let isNetwork: Bool
    let demandDeviation: Double
    /// Every so-manieth tick of those asked for; large markets take long.
    let tickDivisor: Int

    var name: String {
        "\(orders) x \(regions) \(isNetwork ? "net" : "gen")" + (demandDeviation > 0 ? ", demand changes" : "")
    }
}

let markets = [(50, 10, 1), (500, 20, 1), (5000, 50, 5), (20000, 100, 10)].flatMap { orders, regions, divisor in
    [(true, 0.0), (false, 0), (false, 0.03)].map {
        Market(orders: orders, regions: regions, isNetwork: $0, demandDeviation: $1, tickDivisor: divisor)
    }
}

/// Milliseconds by tick.
struct Times {
    /// The clearing, from the last vertex: book update, solve, placement and checks.
    var warm: [Double] = []
    /// Clp's dual simplex on the linear program of the same tick, from the last vertex; nothing else.
    var clp: [Double] = []
    /// One over the other, tick by tick.
    var ratios: [Double] = []
    /// The clearing, from nothing.
    var cold: [Double] = []
    /// Simplex iterations of Clp.
    var iterations: [Double] = []
    /// The most memory the process held after clearings alone, before Clp had the program, MB.
    var peakMB = 0.0
}

func measure(_ market: Market, ticks: Int) throws -> Times {
    let mechanism = Mechanism(.carbonPriced, carbonPriceUSDPerKg: carbonPriceUSDPerKg)
    var source = ClearingCase(
        orders: market.orders, regions: market.regions, seed: 1, demandDeviation: market.demandDeviation,
        bindsCapacity: !market.isNetwork)
    var book = source.next()
    var times = Times()
    // The first ticks count nowhere: one from nothing, one that meets what priced switching adds.
    var house = try ClearingHouse(mechanism: mechanism)
    var (cold, last) = try timed { try house.clear(book) }
    times.cold.append(cold)
    times.peakMB = peakMB()
    let yardstick = Yardstick(book, carbonPriceUSDPerKg: carbonPriceUSDPerKg)
    for tick in 0..<ticks {
        book = source.next()
        yardstick.update(to: book, after: last)
        let (clp, _) = try timed { try yardstick.solve() }
        let warm: Double
        (warm, last) = try timed { try house.clear(book) }
        guard abs(last.objective - yardstick.objectiveUSD) <= 1e-6 * (1 + abs(last.objective)) else {
            throw Fault(description: "tick \(tick): \(last.objective), Clp \(yardstick.objectiveUSD)")
        }
        times.clp.append(clp)
        times.warm.append(warm)
        times.ratios.append(warm / clp)
        times.iterations.append(Double(yardstick.iterations))
        if tick < 5 {
            var fresh = try ClearingHouse(mechanism: mechanism)
            (cold, _) = try timed { try fresh.clear(book) }
            times.cold.append(cold)
        }
    }
    return times
}

func peakMB() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
}

/// Median and 90th percentile, in hundredths.
func summary(_ values: [Double]) -> String {
    let sorted = values.sorted()
    func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    return "\(hundredths(sorted[sorted.count / 2])) (\(hundredths(sorted[sorted.count * 9 / 10])))"
}

/// Milliseconds of processor time, which other programs disturb less than they do the time of day.
func timed<Value>(_ body: () throws -> Value) rethrows -> (milliseconds: Double, value: Value) {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
    }
    let start = now()
    let value = try body()
    return (now() - start, value)
}

func run(_ words: [String]) throws {
    guard let ticks = Int(words.first ?? "100"), ticks > 0 else { throw Fault(description: usage) }
    let wanted = words.dropFirst()
    print(row(["median (90th percentile), ms", "warm", "Clp warm dual", "ratio", "cold", "Clp iterations", "MB"]))
    for (number, market) in markets.enumerated()
    where wanted.isEmpty || wanted.contains(where: { Int($0).map { $0 == number } ?? market.name.contains($0) }) {
        let times = try measure(market, ticks: max(5, ticks / market.tickDivisor))
        let cells = [times.warm, times.clp, times.ratios, times.cold, times.iterations].map(summary)
        print(row([market.name] + cells + ["\(Int(times.peakMB))"]))
        // Large markets take minutes, and whoever waits wants to see the lines as they come.
        fflush(nil)
    }
}

func row(_ cells: [String]) -> String {
    zip(cells, [34, 18, 18, 14, 20, 18, 0]).map { $0 + String(repeating: " ", count: max(1, $1 - $0.count)) }.joined()
}

do {
    try run(Array(CommandLine.arguments.dropFirst()))
} catch {
    let line = Array("clearing: \(error)\n".utf8)
    _ = write(2, line, line.count)
    exit(2)
}
