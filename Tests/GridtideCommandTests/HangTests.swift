import Foundation
import Testing

extension CommandTests {
    /// Agents that hang within their strategy, and runs that stand still.
    @Suite(.enabled(if: Sandbox.python != nil, "there is no .gridtide/venv; ./gridtide test makes it"))
    struct HangTests {
        private static let node = """
            import time, gridtide

            class Node(gridtide.ServiceNode):
                def __init__(self, setup):
                    super().__init__(setup)
                    self.work = gridtide.ServiceWork(setup)

                def bid(self, observation):
                    DEED
                    return gridtide.WorkBid(self.work.lines(observation.tick))

            gridtide.run(Node)
            """

        private static let slowGrid = """
            import time, gridtide

            class Grid(gridtide.GridOperator):
                def signal(self, observation):
                    time.sleep(0.8)
                    return gridtide.GridSignal([gridtide.BusSignal(40, 0, 0)])

                def dispatch(self, observation):
                    time.sleep(0.8)
                    load = sum(observation.load_mw)
                    area = gridtide.AreaOutcome(
                        name="south", demand_mw=100, generation_mw=100 + load, compute_load_mw=load)
                    return gridtide.GridDispatch([gridtide.BusOutcome(40, 0, 0)], [area])

            gridtide.run(Grid)
            """

        /// two-region with a node whose bids do something first, held to a second.
        private func run(_ deed: String, _ changes: String...) async throws -> (Sandbox, RunningProgram.Result) {
            let sandbox = try Sandbox()
            try sandbox.write(
                Self.node.replacingOccurrences(of: "DEED", with: deed), to: "Scenarios/two-region/node.py")
            try sandbox.write(Self.slowGrid, to: "Scenarios/two-region/grid.py")
            let node =
                "services.frankfurt={name: frankfurt, home: south-1, location: {latitude: 50.1, longitude: 8.7}, "
                + "strategy: {exec: [\(Sandbox.python ?? ""), node.py], parameters: {demand: {interactive: 80000000, batch: 6000000}}}}"
            let arguments = ["run", "Scenarios/two-region", "--no-baseline"]
            let words = ([node] + changes).flatMap { ["--set", $0] }
            return (sandbox, try await sandbox.start(arguments + words).result())
        }

        private static let endless = "while observation.tick == 2: pass"

        @Test func anEndlessLoopInAStrategyIsNamed() async throws {
            let start = ContinuousClock.now
            let (sandbox, result) = try await run(Self.endless, "run={tickDeadlineSeconds: 1}")
            #expect(ContinuousClock.now - start < .seconds(8), "the end took \(ContinuousClock.now - start)")
            #expect(result.status == 4 && result.output.isEmpty)
            #expect(
                result.notes
                    == "The run failed. tick 2, bidding: no answer from service-node frankfurt within 1 s\n")
            #expect(sandbox.names(in: "s").isEmpty)
            let left = ProcessTable.all().filter { $0.words.contains { $0.contains(sandbox.folder.path) } }
            #expect(left.isEmpty, "processes are left: \(left)")
        }

        @Test func anEndlessLoopIsTreatedAsThePolicySays() async throws {
            let (_, absent) = try await run(Self.endless, "run={tickDeadlineSeconds: 1, onLoss: absent}")
            #expect(absent.status == 0, "\(absent.notes)")
            let line = "tick 2, bidding: no answer from service-node frankfurt within 1 s"
            #expect(absent.notes.contains("\(line); going on without it\n"), "\(absent.notes)")
            let (_, again) = try await run(
                Self.endless, "run={tickDeadlineSeconds: 1, onLoss: restart, restartLimit: 1}")
            #expect(again.status == 4)
            #expect(again.notes.contains("\(line); restarting, 1 of 1\n"), "\(again.notes)")
            #expect(again.notes.contains("\(line); it was restarted 1 times already\n"), "\(again.notes)")
        }

        /// Nobody is late, and yet the tick takes longer than an agent may: that is said, and changes nothing.
        @Test func aTickThatTakesLongIsRemarked() async throws {
            let grid =
                "gridOperators.south={name: south, strategy: {exec: [\(Sandbox.python ?? ""), grid.py]}}"
            let (_, result) = try await run("time.sleep(0.8)", grid, "clock.ticks=1", "run={tickDeadlineSeconds: 1}")
            #expect(result.status == 0, "\(result.notes)")
            #expect(
                result.notes.contains("tick 0 has taken 2 s: the coordinator is computing, or stuck."),
                "\(result.notes)")
        }
    }
}
