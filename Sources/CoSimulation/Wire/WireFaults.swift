extension AgentFault: WireCodable {
    var wire: WireAgentFault {
        var message = WireAgentFault()
        message.name = name
        message.agents = agents.map(UInt32.init)
        message.fromTick = UInt32(ticks.lowerBound)
        message.toTick = UInt32(ticks.upperBound)
        switch kind {
        case .outage: message.outage = true
        case .lateSignals(let delayTicks): message.signalDelayTicks = UInt32(delayTicks)
        case .lostSignals(let probability): message.lostSignalsProbability = probability
        case .lostBids(let probability): message.lostBidsProbability = probability
        }
        return message
    }

    init(wire: WireAgentFault) throws(WireError) {
        guard wire.fromTick <= wire.toTick else { throw WireError("fault \(wire.name) ends before it begins") }
        let kind: Kind
        switch wire.kind {
        case .outage: kind = .outage
        case .signalDelayTicks(let ticks): kind = .lateSignals(delayTicks: Int(ticks))
        case .lostSignalsProbability(let probability): kind = .lostSignals(probability: probability)
        case .lostBidsProbability(let probability): kind = .lostBids(probability: probability)
        case nil: throw WireError("fault \(wire.name) has no kind")
        }
        self.init(
            name: wire.name, agents: wire.agents.map(Int.init), ticks: Int(wire.fromTick)..<Int(wire.toTick), kind: kind
        )
    }
}

extension FaultRecord: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, agent)
        switch kind {
        case .outage: encoder.choice(2, true)
        case .staleSignals(let tick): encoder.choice(3, tick)
        case .lostBid: encoder.choice(4, true)
        }
    }

    init(reading reader: inout WireReader) throws(WireError) {
        var agent = 0
        var kind: Kind?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&agent)
            case 2: if try reader.flag() != nil { kind = .outage }
            case 3: if let tick = try reader.index() { kind = .staleSignals(ofTick: tick) }
            case 4: if try reader.flag() != nil { kind = .lostBid }
            default: try reader.skip()
            }
        }
        guard let kind else { throw WireError("a fault of agent \(agent) has no kind") }
        self.init(agent: agent, kind: kind)
    }
}
