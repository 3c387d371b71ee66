import CoSimulation
import Testing

/// What all nodes of a connection hear is sent once.
@Suite struct SignalMemoryTests {
    private func ask(_ agent: Int, price: Double) -> Ask {
        let signal = BusSignal(priceUSDPerMWh: price, marginalEmissionsKgPerMWh: 3, averageEmissionsKgPerMWh: 2)
        return Ask(agent: agent, tick: 4, phase: .bidding, question: .service(signals: [signal, signal], last: nil))
    }

    /// What is left out is what was sent last, over that connection alone.
    @Test func signalsAreSentOnce() throws {
        var (sender, receiver, newcomer) = (SignalMemory(), SignalMemory(), SignalMemory())
        var sizes: [Int] = []
        for (agent, price) in [(7, 10.0), (8, 10), (9, 10), (7, 11), (8, 11), (9, 10)] {
            let question = ask(agent, price: price)
            let body = sender.body(of: question)
            sizes.append(body.count)
            #expect(try receiver.ask(decoding: body, agent: agent) == question)
            if sizes.count == 2 {
                #expect(throws: WireError.self) { try newcomer.ask(decoding: body, agent: agent) }
            }
        }
        #expect(sizes[0] > 40 && sizes[0] == sizes[3] && sizes[3] == sizes[5])
        #expect([1, 2, 4].allSatisfy { sizes[$0] < 12 }, "\(sizes)")
    }

    @Test func otherQuestionsComeAsTheyAre() throws {
        var (sender, receiver) = (SignalMemory(), SignalMemory())
        let grid = Ask(agent: 0, tick: 4, phase: .dispatching, question: .grid(dispatchLoadMW: [1, 2], signalTick: 5))
        #expect(try receiver.ask(decoding: sender.body(of: grid), agent: 0) == grid)
        #expect(sender.body(of: grid) == Message.ask(grid).body())
    }
}
