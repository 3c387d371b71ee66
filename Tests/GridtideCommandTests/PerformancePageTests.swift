import Foundation
import Testing

extension UnhurriedTests {
    /// docs/performance.md: its tables and its figure are those of the committed samples.
    @Suite struct PerformancePageTests {
        /// Runs the tests of the benchmarks' own program, page and figure among them; nothing is measured.
        @Test func figuresAreThoseOfTheSamples() async throws {
            let sandbox = try Sandbox(scenarios: [])
            let folder = Document.url("Benchmarks").path
            let tests = try await sandbox.shell(
                "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH='\(folder)' python3 -m unittest discover -s '\(folder)/tests'")
            #expect(tests.status == 0, "\(tests.notes)\(tests.output)")
        }
    }
}
