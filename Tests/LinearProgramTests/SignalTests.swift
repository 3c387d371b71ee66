import Foundation
import LinearProgram
import Synchronization
import Testing

@Suite("Signals")
struct SignalTests {
    /// Looks again and again at what the process calls on Ctrl-C.
    private final class Watch: Sendable {
        static let count = 500_000
        let looks = Atomic(0)
        let changes = Atomic(0)

        /// On a thread of its own.
        func start() {
            let before = Self.interruptHandler()
            Thread.detachNewThread { [self] in
                for _ in 0..<Self.count {
                    if Self.interruptHandler() != before { changes.add(1, ordering: .relaxed) }
                    looks.add(1, ordering: .releasing)
                }
            }
        }

        /// The address of the handler: the first word of the system's structure.
        private static func interruptHandler() -> UInt {
            var action = sigaction()
            sigaction(SIGINT, nil, &action)
            return withUnsafeBytes(of: action) { $0.load(as: UInt.self) }
        }
    }

    /// A solver that takes Ctrl-C for its own ends the solve with it instead of the run, and two of them at once leave
    /// it with the wrong one.
    @Test("A solve leaves Ctrl-C alone", arguments: Backend.available)
    func interruptIsLeftAlone(backend: Backend) throws {
        let watch = Watch()
        watch.start()
        var random = Random(seed: 5)
        let model = LinearModel.transport(&random, sources: 20, sinks: 30)
        while watch.looks.load(ordering: .acquiring) < Watch.count {
            var solver = try LinearSolver(model, backend: backend)
            try solver.solve()
        }
        #expect(watch.changes.load(ordering: .relaxed) == 0)
    }
}
