import CoSimulation
import Foundation
import RunStore
import Testing

@Suite("Memory")
struct MemoryTests {
    @Test("Memory does not grow over 10,000 ticks", .enabled(if: residentBytes() != nil))
    func constant() async throws {
        await #expect(processExitsWith: .success) { try Self.recordLongRun() }
    }

    /// In a process of its own, so that other tests do not count.
    private static func recordLongRun() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 9, ticks: 10_000)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        let template = run.record(0)
        var before = 0
        for tick in 0..<10_000 {
            var record = template
            record.tick = tick
            try writer.append(record: record, digest: run.nextDigest(tick))
            if tick == 1000 { before = residentBytes() ?? 0 }
        }
        try writer.finish(.finished)
        let growth = (residentBytes() ?? 0) - before
        #expect(growth < 10_000_000, "memory grew by \(growth) bytes over 9,000 ticks")
        #expect(try count("tick", in: folder.path()) == 10_000)
    }
}

/// Resident memory of this process, bytes; nil where /proc does not say.
func residentBytes() -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 }
}
