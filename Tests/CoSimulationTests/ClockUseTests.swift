import Foundation
import Testing

/// DESIGN 5: no wall clock reaches a decision. Deadlines and waits are measured by a clock that cannot be set and stands still
/// while the machine sleeps. Read from the sources, so that no other clock slips in.
@Suite struct ClockUseTests {
    /// What reads the time of day, or a clock that runs on while the machine sleeps.
    private static let foreignClocks = [
        "Date()", "Date.now", "timeIntervalSinceNow", "gettimeofday", "CLOCK_REALTIME", "CLOCK_BOOTTIME", "time(nil",
        "CFAbsoluteTime", "DispatchTime", "DispatchWallTime", "ContinuousClock", "systemUptime",
    ]
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func lines(in folder: String) -> [(place: String, line: Substring)] {
        let names = FileManager.default.enumerator(atPath: Self.root.appendingPathComponent(folder).path)
        return (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.flatMap { name in
            let text = try? String(contentsOf: Self.root.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8)
            return (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
                ("\(folder)/\(name):\($0 + 1)", $1)
            }
        }
    }

    @Test func noClockThatCanBeSetIsRead() {
        let sources = lines(in: "Sources") + lines(in: "Agents")
        #expect(sources.contains { $0.line.contains("SuspendingClock") }, "the sources are not found")
        for (place, line) in sources {
            // What a comment or a template of generated code says reads no clock.
            guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { continue }
            for clock in Self.foreignClocks where line.contains(clock) { Issue.record("\(place) reads \(clock)") }
        }
    }
}
