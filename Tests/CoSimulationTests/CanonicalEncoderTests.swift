import Foundation
import SwiftProtobuf
import TestKit
import Testing

@testable import CoSimulation

/// The encoder's bytes are those of SwiftProtobuf, which any other language's library writes too.
@Suite struct CanonicalEncoderTests {
    private func check(_ message: some SwiftProtobuf.Message, _ comment: Comment? = nil) throws {
        let expected: [UInt8] = try message.serializedBytes()
        #expect(CanonicalEncoder.bytes(of: message) == expected, comment)
    }

    @Test func experiments() throws {
        let faulty = (0..<4 as Range<UInt64>).map { SampleFaults.experiment(seed: $0, ticks: 3) }
        for experiment in (1...4).map({ SampleExperiment.make(size: $0, ticks: 3) }) + faulty {
            try check(experiment.wire)
            for agent in 0..<experiment.agentCount { try check(experiment.setup(ofAgent: agent).wire) }
        }
    }

    /// Lengths of one, two and three bytes, in front of text, lists, and messages within messages.
    @Test(arguments: [0, 1, 126, 127, 128, 129, 16_382, 16_383, 16_384, 70_000])
    func lengths(count: Int) throws {
        var failure = WireFailure()
        failure.text = String(repeating: "x", count: count)
        try check(failure)
        var record = WireRecord()
        record.record = Data(repeating: 7, count: count)
        record.telemetry.waitMicroseconds = (0..<count).map { UInt32($0 * 61_000) }
        try check(record)
        var ask = WireAsk()
        ask.grid.dispatch.loadMw = (0..<count).map { Double($0) - 0.5 }
        try check(ask)
        var node = WireServiceNodeSite()
        node.permitted = (0..<count).map { $0 % 3 == 0 }
        try check(node)
        var mechanism = WireMechanism()
        mechanism.priorities = Array(repeating: "äß", count: count / 100)
        try check(mechanism)
    }

    @Test func extremes() throws {
        var clock = WireClock()
        for seconds in [Int64.min, -1, 1, .max] {
            clock.startSeconds = seconds
            try check(clock)
        }
        var welcome = WireWelcome()
        welcome.seed = .max
        welcome.agent = .max
        try check(welcome)
        var clearing = WireClearing()
        for number in [-0.0, .leastNonzeroMagnitude, .infinity, -.greatestFiniteMagnitude, .nan] {
            clearing.objective = number
            try check(clearing)
        }
        var reply = WireReply()
        for phase in [WirePhase.signalling, .quoting, .UNRECOGNIZED(-5), .UNRECOGNIZED(300)] {
            reply.phase = phase
            try check(reply)
        }
    }

    /// A field of a kind the encoder does not know would be written by defaults that are not those of the format.
    @Test func schemaHasNoOtherKinds() throws {
        let path = "\(#filePath)/../../../Sources/CoSimulation/Wire/gridtide.pb.swift"
        let source = try String(contentsOf: URL(fileURLWithPath: path).standardized, encoding: .utf8)
        let known: Set = [
            "visitSingularBoolField", "visitSingularBytesField", "visitSingularDoubleField", "visitSingularEnumField",
            "visitSingularInt64Field", "visitSingularMessageField", "visitSingularStringField",
            "visitSingularUInt32Field", "visitSingularUInt64Field", "visitPackedBoolField", "visitPackedDoubleField",
            "visitPackedUInt32Field", "visitRepeatedMessageField", "visitRepeatedStringField",
        ]
        let used = Set(source.matches(of: /visitor\.(visit\w+)/).map { String($0.1) })
        #expect(used.count > 5 && used.isSubset(of: known), "\(used.subtracting(known))")
    }
}
