import CoSimulation
import Testing

/// What all service nodes hear is encoded once, and sent once over each connection.
@Suite struct SignalBroadcastTests {
    private func ask(_ agent: Int, price: Double, last: ServiceResult? = nil) -> Ask {
        let signal = BusSignal(priceUSDPerMWh: price, marginalEmissionsKgPerMWh: 3, averageEmissionsKgPerMWh: 2)
        return Ask(agent: agent, tick: 4, phase: .bidding, question: .service(signals: [signal, signal], last: last))
    }

    /// What is left out is what was sent last, over that connection alone.
    @Test func signalsAreSentOnceOverAConnection() throws {
        var (broadcast, mark) = (SignalBroadcast(), SignalBroadcast.Mark())
        var (receiver, newcomer) = (SignalMemory(), SignalMemory())
        var sizes: [Int] = []
        for (agent, price) in [(7, 10.0), (8, 10), (9, 10), (7, 11), (8, 11), (9, 10)] {
            let question = ask(agent, price: price)
            let body = broadcast.body(of: question, after: &mark)
            sizes.append(body.count)
            #expect(try receiver.ask(decoding: body, agent: agent) == question)
            if sizes.count == 2 {
                #expect(throws: WireError.self) { try newcomer.ask(decoding: body, agent: agent) }
                #expect(throws: WireError.self) { try Message(kind: Message.askKind, body: body, agent: agent) }
            }
        }
        #expect(sizes[0] > 40 && sizes[0] == sizes[3] && sizes[3] == sizes[5])
        #expect([1, 2, 4].allSatisfy { sizes[$0] < 12 }, "\(sizes)")
    }

    /// 0 and -0 are equal, and 1 divided by them is not: whoever shares a connection hears what all others hear.
    @Test func theSignOfZeroIsHeard() throws {
        var (broadcast, mark, receiver) = (SignalBroadcast(), SignalBroadcast.Mark(), SignalMemory())
        for price in [0.0, -0.0] {
            let body = broadcast.body(of: ask(1, price: price), after: &mark)
            guard case .service(let signals, _) = try receiver.ask(decoding: body, agent: 1).question else {
                Issue.record("it was another question")
                return
            }
            #expect(signals[0].priceUSDPerMWh.sign == price.sign)
        }
    }

    /// Put together from parts, the bytes are those of the whole question.
    @Test func theBytesAreThoseOfTheQuestion() {
        var broadcast = SignalBroadcast()
        let last = ServiceResult(
            placements: [], unservedRequests: [1, 2], paidUSD: 3)
        for (round, price) in [(0, 10.0), (0, 10), (1, 11), (300, 0)] {
            for last in [nil, last] {
                for wantsEffort in [false, true] {
                    var question = ask(1, price: price, last: last)
                    question.round = round
                    question.wantsEffort = wantsEffort
                    #expect(broadcast.body(of: question) == Message.ask(question).body())
                }
            }
        }
        let none = Ask(agent: 0, tick: 0, phase: .bidding, question: .service(signals: [], last: nil))
        #expect(broadcast.body(of: none) == Message.ask(none).body())
    }

    @Test func otherQuestionsComeAsTheyAre() throws {
        var (broadcast, mark, receiver) = (SignalBroadcast(), SignalBroadcast.Mark(), SignalMemory())
        let grid = Ask(agent: 0, tick: 4, phase: .dispatching, question: .grid(dispatchLoadMW: [1, 2], signalTick: 5))
        let body = broadcast.body(of: grid, after: &mark)
        #expect(try receiver.ask(decoding: body, agent: 0) == grid)
        #expect(body == Message.ask(grid).body() && body == broadcast.body(of: grid))
    }
}
