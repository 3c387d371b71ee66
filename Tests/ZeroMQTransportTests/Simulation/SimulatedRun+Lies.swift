import CoSimulation
import InferencePlacement

@testable import ZeroMQTransport

// What a liar, or a planted defect, makes of an answer.
extension SimulatedRun {
    /// An answer that is a little off, and valid.
    static func bend(_ reply: Reply, by factor: Double) -> Reply {
        var reply = reply
        switch reply.answer {
        case .offer(var offer):
            offer.connectionMW /= factor
            offer.blocks[0].limitMW /= factor
            reply.answer = .offer(offer)
        case .bid(var bid):
            bid.lines[0].valueUSDPerRequest *= factor
            reply.answer = .bid(bid)
        case .grid(var dispatch, var signal):
            dispatch?.buses[0].priceUSDPerMWh *= factor
            signal?.buses[0].priceUSDPerMWh *= factor
            reply.answer = .grid(dispatch: dispatch, signal: signal)
        case .quote: break
        }
        return reply
    }

    /// Makes an answer to an old question one to the question that is open, as a shell would that does not compare.
    static func relabel(_ bytes: [UInt8], _ slot: Int, _ service: CoordinatorService) -> [UInt8] {
        guard bytes.count > Frame.headerBytes, bytes[3] == 5, service.questions.indices.contains(slot),
            service.rehearsing[slot]?.isEmpty != false, let open = service.questions[slot]
        else { return bytes }
        let message = bytes.withUnsafeBytes {
            try? Message(kind: 5, body: UnsafeRawBufferPointer(rebasing: $0[Frame.headerBytes...]), agent: slot)
        }
        guard case .reply(var reply)? = message else { return bytes }
        (reply.tick, reply.phase, reply.round) = (open.tick, open.phase, open.round)
        return Frame.encoding(kind: 5, body: Message.reply(reply).body())
    }
}
