#if os(Linux)
    import Foundation
    import Testing

    /// Agents of a host have one layout of addresses, the coordinator one of its own.
    @Suite(.enabled(if: SharedLayout.isPossible, "setarch is missing or forbidden here, or nothing is random"))
    struct AddressLayoutTests {
        @Test func agentsShareOneLayout() async throws {
            let run = try await LongRun()
            let names = ["north", "south", "north-1", "south-1", "stockholm", "frankfurt"]
            let agents = try names.map { try address(ofProgramIn: run.process("agent", named: $0)) }
            #expect(Set(agents).count == 1, "\(agents)")
            let others = try ["coordinator", "recorder"].map { try address(ofProgramIn: run.process($0)) }
            #expect(Set(others + agents).count == 3, "\(others) beside \(agents[0])")
            kill(run.program.pid, SIGINT)
            _ = try await run.program.result()
            try await run.expectNothingLeft()
        }

        /// Where the program begins in the memory of a process.
        private func address(ofProgramIn process: ProcessTable.Entry) throws -> String {
            let maps = try String(contentsOfFile: "/proc/\(process.pid)/maps", encoding: .utf8)
            try #require(maps.prefix { $0 != "\n" }.hasSuffix("/gridtide"))
            return String(maps.prefix { $0 != "-" })
        }
    }

    private enum SharedLayout {
        static let isPossible: Bool = {
            let trial = Process()
            trial.executableURL = URL(fileURLWithPath: "/usr/bin/setarch")
            trial.arguments = ["-R", "true"]
            guard (try? trial.run()) != nil else { return false }
            trial.waitUntilExit()
            let setting = try? String(contentsOfFile: "/proc/sys/kernel/randomize_va_space", encoding: .utf8)
            return trial.terminationStatus == 0 && setting?.hasPrefix("0") == false
        }()
    }
#endif
