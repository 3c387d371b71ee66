internal import SwiftProtobuf

extension Effort: WireCodable {
    var wire: WireEffort {
        var message = WireEffort()
        message.computingMicroseconds = computingMicroseconds
        message.codingMicroseconds = codingMicroseconds
        return message
    }

    init(wire: WireEffort) {
        self.init(
            computingMicroseconds: wire.computingMicroseconds, codingMicroseconds: wire.codingMicroseconds)
    }
}

extension TickProfile: WireCodable {
    var wire: WireTickProfile {
        var message = WireTickProfile()
        message.startMicroseconds = startMicroseconds
        message.solvingMicroseconds = solvingMicroseconds
        message.codingMicroseconds = codingMicroseconds
        message.journalMicroseconds = journalMicroseconds
        message.waitingMicroseconds = waitingMicroseconds
        message.exchanges = exchanges.map(\.wire)
        return message
    }

    init(wire: WireTickProfile) throws(WireError) {
        self.init(
            startMicroseconds: wire.startMicroseconds, solvingMicroseconds: wire.solvingMicroseconds,
            codingMicroseconds: wire.codingMicroseconds, journalMicroseconds: wire.journalMicroseconds,
            waitingMicroseconds: wire.waitingMicroseconds, exchanges: try values(wire.exchanges))
    }
}

extension ExchangeTiming: WireCodable {
    var wire: WireExchangeTiming {
        var message = WireExchangeTiming()
        message.agent = UInt32(agent)
        message.phase = phase.wire
        message.round = UInt32(round)
        message.askedMicroseconds = askedMicroseconds
        message.waitMicroseconds = waitMicroseconds
        if let effort { message.effort = effort.wire }
        return message
    }

    init(wire: WireExchangeTiming) throws(WireError) {
        self.init(
            agent: Int(wire.agent), phase: try Phase(wire: wire.phase), round: Int(wire.round),
            askedMicroseconds: wire.askedMicroseconds, waitMicroseconds: wire.waitMicroseconds,
            effort: wire.hasEffort ? Effort(wire: wire.effort) : nil)
    }
}
