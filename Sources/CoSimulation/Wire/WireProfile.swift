internal import SwiftProtobuf

extension Effort: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, computingMicroseconds)
        encoder.field(2, codingMicroseconds)
    }

    init(wire: WireEffort) {
        self.init(
            computingMicroseconds: wire.computingMicroseconds, codingMicroseconds: wire.codingMicroseconds)
    }
}

extension TickTelemetry: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, tick)
        encoder.indices(2, of: waitMicroseconds) { Int($0) }
        encoder.field(3, clearingMicroseconds)
        encoder.field(4, tickMicroseconds)
        encoder.field(5, profile)
    }

    init(wire: WireTelemetry) throws(WireError) {
        self.init(
            tick: Int(wire.tick), waitMicroseconds: wire.waitMicroseconds,
            clearingMicroseconds: wire.clearingMicroseconds, tickMicroseconds: wire.tickMicroseconds)
        if wire.hasProfile { profile = try TickProfile(wire: wire.profile) }
    }
}

extension TickProfile: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, startMicroseconds)
        encoder.field(2, solvingMicroseconds)
        encoder.field(3, codingMicroseconds)
        encoder.field(4, journalMicroseconds)
        encoder.field(5, waitingMicroseconds)
        encoder.field(6, exchanges)
    }

    init(wire: WireTickProfile) throws(WireError) {
        self.init(
            startMicroseconds: wire.startMicroseconds, solvingMicroseconds: wire.solvingMicroseconds,
            codingMicroseconds: wire.codingMicroseconds, journalMicroseconds: wire.journalMicroseconds,
            waitingMicroseconds: wire.waitingMicroseconds, exchanges: try values(wire.exchanges))
    }
}

extension ExchangeTiming: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, agent)
        encoder.field(2, phase.wire)
        encoder.field(3, round)
        encoder.field(4, askedMicroseconds)
        encoder.field(5, waitMicroseconds)
        encoder.field(6, effort)
    }

    init(wire: WireExchangeTiming) throws(WireError) {
        self.init(
            agent: Int(wire.agent), phase: try Phase(wire: wire.phase), round: Int(wire.round),
            askedMicroseconds: wire.askedMicroseconds, waitMicroseconds: wire.waitMicroseconds,
            effort: wire.hasEffort ? Effort(wire: wire.effort) : nil)
    }
}
