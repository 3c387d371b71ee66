import CoSimulation
import InferencePlacement
import Testing

@testable import ReferenceAgents

/// Deferral keeps deadlines and loses nothing, whatever prices do.
@Suite struct DeferringNodeTests {
    @Test(arguments: 1...60)
    func nothingIsLostOrLate(seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed), agent: 0, tick: 0, phase: .bidding)
        let arrivals = (0..<48).map { _ in random.uniform() < 0.2 ? 0 : random.uniform() * 1e6 }
        var node = try DeferringNode([
            "demand": Settings.section([("chat", .number(7)), ("batch", .series(arrivals))]),
            "cheapQuantile": .number(random.uniform()), "historyTicks": .number(Double(1 + random.next() % 30)),
            "releaseShare": .number(1 - random.uniform() * 0.9),
        ])
        var held = 0.0
        var bidSoFar = 0.0
        var dueSoFar = 0.0
        for tick in 0..<48 {
            let forecast = seed % 2 == 0 ? (0..<min(8, 48 - tick)).map { _ in random.uniform() * 100 } : []
            let signals = (0..<3).map { _ in BusSignal.of(random.uniform() * 100, forecast: forecast) }
            let lines = node.bid(tick: tick, signals).lines
            #expect(lines[0].requests == 7 && lines[0].deferredRequests == 0, "chat has no deadline to use")
            #expect(lines[1].arrivedRequests == arrivals[tick])
            held += arrivals[tick] - lines[1].requests
            bidSoFar += lines[1].requests
            if tick >= 6 { dueSoFar += arrivals[tick - 6] }
            #expect(abs(lines[1].deferredRequests - held) < 1e-6, "seed \(seed), tick \(tick)")
            #expect(lines[1].requests >= 0 && lines[1].deferredRequests >= 0)
            #expect(bidSoFar >= dueSoFar - 1e-6, "seed \(seed), tick \(tick): first in, first out, so what is due went")
            if tick == 47 { #expect(lines[1].deferredRequests == 0, "seed \(seed): nothing waits past the end") }
        }
    }

    @Test func workWaitsForTheCheapHour() throws {
        var node = try DeferringNode(["demand": Settings.section([("batch", .number(10))])])
        let prices: [Double] = [50, 60, 70, 40, 80, 90]
        let bids = prices.enumerated().map { tick, price in
            node.bid(tick: tick, Array(repeating: .of(price), count: 3)).lines[0].requests
        }
        #expect(bids == [10, 0, 0, 30, 0, 0])
    }

    @Test func aForecastIsWaitedFor() throws {
        var node = try DeferringNode(["demand": Settings.section([("batch", .number(10))])])
        let prices: [Double] = [50, 40, 10, 90, 90, 90, 90, 90]
        let bids = (0..<4).map { tick in
            let signal = BusSignal.of(prices[tick], forecast: Array(prices[tick...]))
            return node.bid(tick: tick, [signal, signal, signal]).lines[0].requests
        }
        #expect(bids == [0, 20, 10, 0], "a quarter of eight known prices: the two lowest are cheap")
    }

    @Test func dueWorkGoesWhateverThePrice() throws {
        var node = try DeferringNode(["demand": Settings.section([("batch", .number(10))])])
        let bids = (0..<12).map { tick in
            node.bid(tick: tick, Array(repeating: .of(Double(tick)), count: 3)).lines[0].requests
        }
        #expect(bids == [10, 0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10])
    }
}
