import Glibc
import InferencePlacement
import Support

let usage = """
    usage: clearing [TICKS [CASE...]]
    Clears markets; prints milliseconds of processor time, a line of JSON for each market. Cases by number or part of
    their name; all unless given.
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

    /// Clp alone takes minutes a tick for the largest market with other demand.
    var isBesideClp: Bool { orders < 20_000 || demandDeviation == 0 }

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
    /// Clp's dual simplex on the linear program of the same tick, from the last vertex; nothing else. None where it is left out.
    var clp: [Double] = []
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
    let yardstick = market.isBesideClp ? Yardstick(book, carbonPriceUSDPerKg: carbonPriceUSDPerKg) : nil
    for tick in 0..<ticks {
        book = source.next()
        yardstick?.update(to: book, after: last)
        let clp = try yardstick.map { yardstick in try timed { try yardstick.solve() }.0 }
        let warm: Double
        (warm, last) = try timed { try house.clear(book) }
        times.warm.append(warm)
        if let yardstick, let clp {
            guard abs(last.objective - yardstick.objectiveUSD) <= 1e-6 * (1 + abs(last.objective)) else {
                throw Fault(description: "tick \(tick): \(last.objective), Clp \(yardstick.objectiveUSD)")
            }
            times.clp.append(clp)
            times.iterations.append(Double(yardstick.iterations))
        }
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

Program.run("clearing") { words in
    guard let ticks = Int(words.first ?? "100"), ticks > 0 else { throw Fault(description: usage) }
    let wanted = words.dropFirst()
    for (number, market) in markets.enumerated()
    where wanted.isEmpty || wanted.contains(where: { Int($0).map { $0 == number } ?? market.name.contains($0) }) {
        let times = try measure(market, ticks: max(5, ticks / market.tickDivisor))
        Program.report(
            market.name,
            [
                ("warm", times.warm), ("clp", times.clp), ("cold", times.cold), ("iterations", times.iterations),
                ("peakMB", [times.peakMB]),
            ])
    }
}
