import Foundation
import GRDB
import RunStore
import Testing

@Suite("Sweep databases")
struct SweepStoreTests {
    private let head = SweepHead(
        name: "sample", digest: "abc", hasBaseline: false, version: "1", axes: ["friction", "mode"],
        points: (0..<4).map { number in
            SweepHead.Point(
                label: "friction \(number)",
                choices: [
                    .init(axis: 0, label: "\(number)", number: Double(number)), .init(axis: 1, label: "a", number: nil),
                ])
        })

    private func outcome(_ point: Int) -> PointOutcome {
        PointOutcome(
            point: point, scenarioDigest: "s\(point)", recordDigest: "r\(point)",
            figures: [
                PointFigure(name: "placement_cost", value: Double(point) / 3), PointFigure(name: "emissions", value: 0),
            ])
    }

    private func open(_ path: String, _ head: SweepHead? = nil) throws -> SweepStore {
        try SweepStore(at: path, head: head ?? self.head) { $0 == "emissions" ? "kg" : "USD" }
    }

    /// All rows of all tables in order, as text.
    private func dump(_ path: String) throws -> String {
        try DatabaseQueue(path: path).read { db in
            let stream = Text()
            try db.dumpContent(to: stream)
            return stream.text
        }
    }

    private final class Text: TextOutputStream {
        var text = ""
        func write(_ string: String) { text += string }
    }

    @Test("The order of completion and repeated points leave no trace")
    func order() throws {
        let folder = try TemporaryFolder()
        let (one, other) = (folder.path("one.sqlite"), folder.path("other.sqlite"))
        for point in 0..<4 { try open(one).append(outcome(point)) }
        let store = try open(other)
        for point in [2, 0, 3, 2, 1, 0] { try store.append(outcome(point)) }
        #expect(try dump(one) == dump(other))
        #expect(try store.donePoints() == [0, 1, 2, 3])
        #expect(try store.outcomes(names: ["placement_cost", "emissions"]) == (0..<4).map(outcome))
    }

    @Test("Programs that begin and fill one database at once wait for each other")
    func together() async throws {
        let folder = try TemporaryFolder()
        for round in 0..<10 {
            let path = folder.path("\(round).sqlite")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        let store = try open(path)
                        for point in 0..<4 { try store.append(outcome((point + worker) % 4)) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try open(path).donePoints() == [0, 1, 2, 3])
        }
    }

    @Test("A failed point is kept with its reason")
    func failure() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder.path("f.sqlite"))
        let failed = PointOutcome(point: 1, scenarioDigest: "s", recordDigest: "", failure: "why", figures: [])
        try store.append(failed)
        #expect(try store.outcomes(names: []) == [failed])
    }

    @Test("Another sweep, another program's version and another database are refused and left alone")
    func others() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s.sqlite")
        try open(path).append(outcome(0))
        let before = try dump(path)
        for (digest, version) in [("other", "1"), ("abc", "2")] {
            let other = SweepHead(
                name: "sample", digest: digest, hasBaseline: false, version: version, axes: head.axes,
                points: head.points)
            let error = #expect(throws: RunStoreError.self) { try open(path, other) }
            #expect(error?.code == .otherSweep)
        }
        #expect(try dump(path) == before)
        let run = RandomRun(seed: 1)
        _ = try RunWriter(creating: folder.path("run.sqlite"), experiment: run.experiment, origin: run.origin)
        let error = #expect(throws: RunStoreError.self) { try open(folder.path("run.sqlite")) }
        #expect(error?.code == .notARun)
    }

    @Test("What a writer killed at its start has left is begun anew")
    func unborn() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s.sqlite")
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(try open(path).donePoints() == [])
        try SweepStore.remove(at: path)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("Shares put together are the sweep that one program ran, however often and in whatever order they are merged")
    func merging() throws {
        let folder = try TemporaryFolder()
        let whole = folder.path("whole.sqlite")
        for point in 0..<4 { try open(whole).append(outcome(point)) }
        for (share, points) in [("a", [0, 2]), ("b", [3, 2]), ("empty", [])] {
            let store = try open(folder.path(share))
            for point in points { try store.append(outcome(point)) }
        }
        try Data().write(to: URL(fileURLWithPath: folder.path("unborn")))
        let merged = folder.path("merged.sqlite")
        let store = try open(merged)
        try store.append(outcome(1))
        #expect(try ["b", "a", "empty", "unborn", "a"].map { try store.merge(folder.path($0)) } == [2, 1, 0, 0, 0])
        #expect(try dump(merged) == dump(whole))
        #expect(try store.outcomes(names: ["placement_cost", "emissions"]) == (0..<4).map(outcome))
    }

    @Test("What is no share of the sweep, or contradicts it, is refused, and nothing of it is taken over")
    func mergingOthers() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s.sqlite")
        let store = try open(path)
        try store.append(outcome(0))
        let before = try dump(path)
        func code(_ name: String) -> RunStoreError.Code? {
            do throws(RunStoreError) {
                _ = try store.merge(folder.path(name))
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code("nowhere") == .missing)
        let otherHead = SweepHead(
            name: "sample", digest: "other", hasBaseline: false, version: "1", axes: head.axes, points: head.points)
        try open(folder.path("other"), otherHead).append(outcome(1))
        #expect(code("other") == .otherSweep)
        let liar = try open(folder.path("liar"))
        try liar.append(outcome(1))
        try liar.append(PointOutcome(point: 0, scenarioDigest: "s0", recordDigest: "other", figures: []))
        #expect(code("liar") == .contradiction)
        try "words, and many of them, in a file that is no database at all".write(
            toFile: folder.path("text"), atomically: false, encoding: .utf8)
        #expect(code("text") == .notADatabase)
        #expect(try dump(path) == before)
    }

    @Test("A sweep is read as it was stored, finished or not")
    func reading() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("r.sqlite")
        let store = try open(path)
        #expect(try StoredSweep(path: path, names: []).points.isEmpty)
        for point in [3, 1] { try store.append(outcome(point)) }
        let sweep = try StoredSweep(path: path, names: ["placement_cost", "emissions"])
        #expect([sweep.name, sweep.digest, sweep.version] == [head.name, head.digest, head.version])
        #expect(sweep.axes == head.axes && sweep.pointCount == 4 && !sweep.hasBaseline)
        #expect(sweep.points.map(\.outcome) == [outcome(1), outcome(3)])
        #expect(sweep.points.map(\.choices) == [head.points[1].choices, head.points[3].choices])
    }

    @Test("Other files are no sweeps, and are told apart")
    func readingOthers() throws {
        let folder = try TemporaryFolder()
        func code(_ name: String) -> RunStoreError.Code? {
            do throws(RunStoreError) {
                _ = try StoredSweep(path: folder.path(name), names: [])
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code("nowhere.sqlite") == .missing)
        try "words, and many of them, in a file that is no database at all".write(
            toFile: folder.path("text"), atomically: false, encoding: .utf8)
        #expect(code("text") == .notADatabase)
        try DatabaseQueue(path: folder.path("other.sqlite")).write { try $0.execute(sql: "CREATE TABLE t (x)") }
        #expect(code("other.sqlite") == .notARun)
        _ = try open(folder.path("newer.sqlite"))
        try DatabaseQueue(path: folder.path("newer.sqlite")).write { try $0.execute(sql: "PRAGMA user_version = 99") }
        #expect(code("newer.sqlite") == .newerVersion)
    }
}
