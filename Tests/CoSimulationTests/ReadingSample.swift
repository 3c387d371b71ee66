import SwiftProtobuf
import TestKit
import Testing

@testable import CoSimulation

/// A message that is read straight and by SwiftProtobuf, which shall find the same.
struct Sample {
    enum Outcome: Hashable {
        case read
        /// By both.
        case noMessage
        /// By the straight reader alone: a group, or a message where there is one already.
        case notOurs
        /// Of fields that say nothing sensible together, such as columns of unlike length.
        case senseless
    }

    let bytes: [UInt8]
    /// Reads a value straight, and writes it.
    let canonical: ([UInt8]) throws(WireError) -> [UInt8]
    /// Reads a message by SwiftProtobuf, and writes of it what is known, in canonical order.
    let plain: ([UInt8]) throws -> [UInt8]
    /// The same, of what a value keeps.
    let expected: ([UInt8]) throws -> [UInt8]

    @discardableResult func check(_ bytes: [UInt8], _ what: String) -> Outcome {
        let expected = try? expected(bytes)
        do throws(WireError) {
            let found = try canonical(bytes)
            #expect(found == expected, "\(what): \(bytes)")
            return .read
        } catch {
            let problem = error.description
            let isOurs = ["a field is a group", "a message comes where there is one already"].contains(problem)
            guard let plain = try? plain(bytes) else { return .noMessage }
            if isOurs { return .notOurs }
            #expect(!problem.contains("no message"), "\(what): \(problem): \(bytes)")
            // What says nothing sensible does so in canonical order too.
            #expect(throws: WireError.self, "\(what): \(problem): \(bytes)") { try canonical(plain) }
            return .senseless
        }
    }
}

/// A question and an answer of each kind, a record, and what the recorder is sent, with every field.
struct Samples: Sequence {
    private var samples: [Sample] = []

    init() throws {
        var values = CountedValues()
        for ask in values.asks { add(ask, as: WireAsk.self) { $0.keepWhatValuesKeep() } }
        for reply in values.replies { add(reply, as: WireReply.self) { $0.keepWhatValuesKeep() } }
        add(values.recordedTick, as: WireRecord.self) { _ in }
        let experiment = SampleExperiment.make(size: 2)
        samples.append(
            Sample(bytes: values.record.canonicalBytes()) { (bytes) throws(WireError) in
                try TickRecord(canonicalBytes: bytes, experiment: experiment).canonicalBytes()
            } plain: {
                try (read($0) as WireTickRecord).serializedBytes()
            } expected: {
                var message: WireTickRecord = try read($0)
                message.keepWhatValuesKeep()
                return try message.serializedBytes()
            })
    }

    func makeIterator() -> Array<Sample>.Iterator { samples.makeIterator() }

    private mutating func add<Value: StraightCodable, Wire: SwiftProtobuf.Message>(
        _ value: Value, as wire: Wire.Type, _ keep: @escaping (inout Wire) -> Void
    ) {
        func written(_ value: Value) -> [UInt8] {
            var encoder = CanonicalEncoder()
            value.write(into: &encoder)
            return encoder.bytes
        }
        samples.append(
            Sample(bytes: written(value)) { (bytes) throws(WireError) in
                written(try Value(decoding: bytes))
            } plain: {
                try (read($0) as Wire).serializedBytes()
            } expected: {
                var message: Wire = try read($0)
                keep(&message)
                return try message.serializedBytes()
            })
    }
}

private func read<Wire: SwiftProtobuf.Message>(_ bytes: [UInt8]) throws -> Wire {
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    return try Wire(serializedBytes: bytes, options: options)
}

extension WireAsk {
    fileprivate mutating func keepWhatValuesKeep() {
        // A region always has a signal.
        if case .region(var region) = question {
            region.signal = region.signal
            question = .region(region)
        }
    }
}

extension WireReply {
    fileprivate mutating func keepWhatValuesKeep() {
        if case .bid(var bid) = answer {
            bid.keepWhatValuesKeep()
            answer = .bid(bid)
        }
    }
}

extension WireWorkBid {
    fileprivate mutating func keepWhatValuesKeep() {
        for index in lines.indices {
            // No delay of any option is as good as no list, and no finite limit as none.
            if (lines[index].optionDelaySeconds + lines[index].optionDelaySecondsPerRequest).allSatisfy({ $0 == 0 }) {
                lines[index].optionDelaySeconds = []
                lines[index].optionDelaySecondsPerRequest = []
            }
            if !lines[index].delayLimitSeconds.isFinite || lines[index].delayLimitSeconds == 0 {
                lines[index].delayLimitSeconds = 0
            }
        }
    }
}

extension WireTickRecord {
    fileprivate mutating func keepWhatValuesKeep() {
        // There always is a clearing, and a value in a slot; slots are in order, and a choice is made or not.
        clearing = clearing
        signals.sort { $0.gridOperator < $1.gridOperator }
        offers.sort { $0.region < $1.region }
        bids.sort { $0.service < $1.service }
        dispatches.sort { $0.gridOperator < $1.gridOperator }
        for index in signals.indices { signals[index].signal = signals[index].signal }
        for index in offers.indices { offers[index].offer = offers[index].offer }
        for index in dispatches.indices { dispatches[index].dispatch = dispatches[index].dispatch }
        for index in bids.indices { bids[index].bid.keepWhatValuesKeep() }
        for round in quoteRounds.indices {
            quoteRounds[round].quotes.sort { $0.gridOperator < $1.gridOperator }
            for index in quoteRounds[round].quotes.indices {
                quoteRounds[round].quotes[index].quote = quoteRounds[round].quotes[index].quote
            }
        }
        for index in faults.indices {
            switch faults[index].kind {
            case .outage: faults[index].outage = true
            case .lostBid: faults[index].lostBid = true
            case .staleSignalsTick, nil: break
            }
        }
        for index in settlement.indices {
            settlement[index].payer.keepWhatValuesKeep()
            settlement[index].payee.keepWhatValuesKeep()
        }
    }
}

extension WireParty {
    fileprivate mutating func keepWhatValuesKeep() {
        switch party {
        case .transport: transport = true
        case .carbonFund: carbonFund = true
        case .agent, nil: break
        }
    }
}
