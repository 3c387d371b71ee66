import InferencePlacement
import SwiftProtobuf
import TestKit
import Testing

@testable import CoSimulation

/// What is written straight from its values are the bytes SwiftProtobuf writes for the message of the schema.
@Suite struct StraightWritingTests {
    private func check<Value: StraightCodable & Equatable>(
        _ value: Value, as wire: (some SwiftProtobuf.Message).Type
    ) throws {
        var encoder = CanonicalEncoder()
        value.write(into: &encoder)
        let bytes = encoder.bytes
        let written: [UInt8] = try wire.init(serializedBytes: bytes).serializedBytes()
        #expect(bytes == written, "\(value)")
        #expect(try Value(decoding: bytes) == value)
    }

    private func check(_ ask: Ask) throws { try check(ask, as: WireAsk.self) }

    private func check(_ reply: Reply) throws { try check(reply, as: WireReply.self) }

    /// Every field of everything, so that none is written under the number of another or left out.
    @Test func everyField() throws {
        var values = CountedValues()
        for ask in values.asks {
            #expect(Unset(in: ask).paths == [".agent"])
            try check(ask)
        }
        for reply in values.replies {
            #expect(Unset(in: reply).paths == [".agent"])
            try check(reply)
        }
        let tick = values.recordedTick
        #expect(Unset(in: tick).paths == [])
        try check(tick, as: WireRecord.self)
        try check(FaultRecord(agent: 3, kind: .staleSignals(ofTick: 4)), as: WireFaultRecord.self)
    }

    /// Every field of a record, so that none takes the place of another.
    @Test func everyFieldOfARecord() throws {
        var values = CountedValues()
        let record = values.record
        #expect(Unset(in: record).paths == [])
        let bytes = record.canonicalBytes()
        let written: [UInt8] = try WireTickRecord(serializedBytes: bytes).serializedBytes()
        #expect(bytes == written)
        let experiment = SampleExperiment.make(size: 2)
        #expect(
            FieldDifference(between: record, and: try TickRecord(canonicalBytes: bytes, experiment: experiment)) == nil)
    }

    /// Every number under the name that the schema has for it: written and read under that of another, it would come back.
    @Test func everyName() throws {
        var values = CountedValues()
        func check(_ value: some StraightCodable, as wire: (some SwiftProtobuf.Message).Type) throws {
            var encoder = CanonicalEncoder()
            value.write(into: &encoder)
            let names = try NumberNames(json: wire.init(serializedBytes: encoder.bytes).jsonString())
            #expect(names.differences(from: NumberNames(of: value)) == [])
        }
        for ask in values.asks { try check(ask, as: WireAsk.self) }
        for reply in values.replies { try check(reply, as: WireReply.self) }
        try check(values.recordedTick, as: WireRecord.self)
        let record = values.record
        let names = try NumberNames(json: WireTickRecord(serializedBytes: record.canonicalBytes()).jsonString())
        #expect(names.differences(from: NumberNames(of: record)) == [])
    }

    /// What is not there is not written, and what is chosen and 0 is.
    @Test func defaults() throws {
        try check(Ask(agent: 0, tick: 0, phase: .dispatching, question: .grid(dispatchLoadMW: [], signalTick: 0)))
        try check(Ask(agent: 0, tick: 0, phase: .dispatching, question: .grid(dispatchLoadMW: nil, signalTick: nil)))
        try check(Ask(agent: 0, tick: 0, phase: .quoting, question: .quote(loadMW: [0, -0.0])))
        try check(Reply(agent: 0, tick: 0, phase: .quoting, answer: .quote(nil)))
        try check(Reply(agent: 0, tick: 0, phase: .bidding, answer: .bid(WorkBid(lines: []))))
        try check(Reply(agent: 0, tick: 0, phase: .dispatching, answer: .grid(dispatch: nil, signal: nil)))
        for kind in [FaultRecord.Kind.outage, .staleSignals(ofTick: 0), .lostBid] {
            try check(FaultRecord(agent: 0, kind: kind), as: WireFaultRecord.self)
        }
        for party in [Payment.Party.agent(0), .transport, .carbonFund] { try check(party, as: WireParty.self) }
        let empty = TickTelemetry(tick: 0, waitMicroseconds: [], clearingMicroseconds: 0, tickMicroseconds: 0)
        try check(empty, as: WireTelemetry.self)
    }

    @Test(arguments: [-0.0, .leastNonzeroMagnitude, .infinity, -.greatestFiniteMagnitude])
    func extremes(number: Double) throws {
        try check(
            RegionResult(
                facilityMWh: number, gridMWh: number, revenueUSD: 1, costUSD: number, realisedPriceUSDPerMWh: 0),
            as: WireRegionResult.self)
        try check(
            ServiceResult(placements: [], unservedRequests: [number], paidUSD: number), as: WireServiceResult.self)
    }

    /// Lists and messages within messages whose length takes one, two and three bytes.
    @Test(arguments: [0, 1, 15, 16, 17, 2_047, 2_048, 9_000])
    func lengths(count: Int) throws {
        let numbers = (0..<count).map { Double($0) + 0.5 }
        try check(
            Ask(agent: 0, tick: 1, phase: .dispatching, question: .grid(dispatchLoadMW: numbers, signalTick: nil)))
        let places = (0..<count).map { ServicePlacement(workloadClass: $0 % 3, region: $0, requests: numbers[$0]) }
        let last = ServiceResult(placements: places, unservedRequests: numbers, paidUSD: 1)
        try check(Ask(agent: 0, tick: 1, phase: .bidding, question: .service(signals: [], last: last)))
        let options = (0..<count).map { PlacementOption(region: $0, frictionUSDPerRequest: numbers[$0]) }
        let line = BidLine(
            workloadClass: 1, requests: 1, arrivedRequests: 1, energyKWhPerRequest: 1, workPerRequest: [1],
            valueUSDPerRequest: 1, options: options)
        try check(Reply(agent: 0, tick: 1, phase: .bidding, answer: .bid(WorkBid(lines: [line]))))
    }

    @Test func records() throws {
        let faulty = (0..<4 as Range<UInt64>).map { SampleFaults.experiment(seed: $0, ticks: 3) }
        for experiment in (1...4).map({ SampleExperiment.make(size: $0, ticks: 3) }) + faulty {
            for record in try SampleRun(experiment).records {
                let bytes = record.canonicalBytes()
                let written: [UInt8] = try WireTickRecord(serializedBytes: bytes).serializedBytes()
                #expect(bytes == written, "tick \(record.tick)")
                #expect(try TickRecord(canonicalBytes: bytes, experiment: experiment) == record)
            }
        }
    }
}

/// Which parts of a value are what they would be if nobody had set them, so that a test of every field sees every field.
private struct Unset {
    private(set) var paths: [String] = []

    init(in value: Any) { look(at: value, path: "") }

    private mutating func look(at value: Any, path: String) {
        let mirror = Mirror(reflecting: value)
        switch value {
        case let number as Double where number == 0: paths.append(path)
        case let number as any FixedWidthInteger where number.nonzeroBitCount == 0: paths.append(path)
        case let flag as Bool where !flag: paths.append(path)
        case let text as String where text.isEmpty: paths.append(path)
        default:
            if let style = mirror.displayStyle, style == .collection || style == .optional, mirror.children.isEmpty {
                paths.append(path)
            }
        }
        // The digits of a digest and the texts of bytes are their own affair.
        guard !(value is [UInt8]), !(value is Digest) else { return }
        for child in mirror.children { look(at: child.value, path: path + "." + (child.label ?? "")) }
    }
}
