import CoSimulation
import TestKit
import Testing

/// Messages are written one after the other into the same memory. How often any is asked for, `./gridtide bench` counts.
@Suite struct MessageEncoderTests {
    private func place(of bytes: [UInt8]) -> UnsafeRawPointer? { bytes.withUnsafeBytes { $0.baseAddress } }

    /// Where bodies are, once all of them have been written before.
    private func places(_ bodies: (Ask, Reply) -> [UInt8]) throws -> Set<UnsafeRawPointer?> {
        let exchanges = try SampleRun.exchanges(SampleExperiment.make(size: 3, ticks: 2))
        #expect(exchanges.count > 10)
        for (ask, reply) in exchanges { _ = bodies(ask, reply) }
        return Set(exchanges.map { place(of: bodies($0.ask, $0.reply)) })
    }

    @Test func memoryIsKept() throws {
        var (encoder, broadcast, mark) = (MessageEncoder(), SignalBroadcast(), SignalBroadcast.Mark())
        #expect(try places { encoder.body(of: .reply($1)) }.count == 1)
        #expect(try places { encoder.body(of: $1, reading: .zero, computing: .microseconds(3)) }.count == 1)
        #expect(try places { ask, _ in broadcast.body(of: ask) }.count == 1)
        #expect(try places { ask, _ in broadcast.body(of: ask, after: &mark) }.count == 1)
    }

    /// Who keeps a body has it as it was; the next is written elsewhere.
    @Test func aBodyThatIsKeptStays() throws {
        var encoder = MessageEncoder()
        var kept: [[UInt8]] = []
        let messages = try SampleRun.exchanges(SampleExperiment.make(size: 3, ticks: 2)).map { Message.reply($0.reply) }
        for message in messages { kept.append(encoder.body(of: message)) }
        #expect(Set(kept.map(place(of:))).count == messages.count)
        #expect(kept == messages.map { $0.body() })
    }
}
