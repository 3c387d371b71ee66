extension Effort: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, computingMicroseconds)
        encoder.field(2, codingMicroseconds)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(computingMicroseconds: 0, codingMicroseconds: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&computingMicroseconds)
            case 2: try reader.read(&codingMicroseconds)
            default: try reader.skip()
            }
        }
    }
}

extension TickTelemetry: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, tick)
        encoder.indices(2, of: waitMicroseconds) { Int($0) }
        encoder.field(3, clearingMicroseconds)
        encoder.field(4, tickMicroseconds)
        encoder.field(5, profile)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(tick: 0, waitMicroseconds: [], clearingMicroseconds: 0, tickMicroseconds: 0)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&tick)
            case 2: try reader.read(&waitMicroseconds)
            case 3: try reader.read(&clearingMicroseconds)
            case 4: try reader.read(&tickMicroseconds)
            case 5: try reader.read(&profile)
            default: try reader.skip()
            }
        }
    }
}

extension TickProfile: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, startMicroseconds)
        encoder.field(2, solvingMicroseconds)
        encoder.field(3, codingMicroseconds)
        encoder.field(4, journalMicroseconds)
        encoder.field(5, waitingMicroseconds)
        encoder.field(6, exchanges)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        self.init(
            startMicroseconds: 0, solvingMicroseconds: 0, codingMicroseconds: 0, journalMicroseconds: 0,
            waitingMicroseconds: 0, exchanges: [])
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&startMicroseconds)
            case 2: try reader.read(&solvingMicroseconds)
            case 3: try reader.read(&codingMicroseconds)
            case 4: try reader.read(&journalMicroseconds)
            case 5: try reader.read(&waitingMicroseconds)
            case 6: try reader.read(&exchanges)
            default: try reader.skip()
            }
        }
    }
}

extension ExchangeTiming: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, agent)
        encoder.field(2, phase.wire)
        encoder.field(3, round)
        encoder.field(4, askedMicroseconds)
        encoder.field(5, waitMicroseconds)
        encoder.field(6, effort)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        var phase = WirePhase.unspecified
        self.init(
            agent: 0, phase: .signalling, round: 0, askedMicroseconds: 0, waitMicroseconds: 0, effort: nil)
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&agent)
            case 2: try reader.read(&phase)
            case 3: try reader.read(&round)
            case 4: try reader.read(&askedMicroseconds)
            case 5: try reader.read(&waitMicroseconds)
            case 6: try reader.read(&effort)
            default: try reader.skip()
            }
        }
        self.phase = try Phase(wire: phase)
    }
}
