internal import CoSimulation
internal import Foundation
internal import RunAnalysis
internal import RunStore
internal import Scenarios

/// A sweep that has been checked, with its database open.
struct SweepWork {
    let engine: SweepEngine
    let head: SweepHead
    /// The database.
    let path: String
    let store: SweepStore

    /// Runs what is missing. Throws `RunError` or `RunStoreError`.
    ///
    /// - Parameter portion: the numbers of the points to run; all unless given.
    func run(_ portion: Set<Int>? = nil, console: Console) async throws {
        let all = portion ?? Set(head.points.indices)
        let done = try store.donePoints().intersection(all).count
        if done > 0 { console.note("\(done) of \(all.count) points are in \(path) already; --anew runs them again") }
        let start = SuspendingClock.now
        do {
            try await engine.run(portion, into: store)
        } catch let error as RunError where error.code == .interrupted {
            throw RunError(
                .interrupted,
                "Interrupted; \(try store.donePoints().intersection(all).count) of \(all.count) points are in \(path). The same "
                    + "command goes on from there.")
        }
        if done < all.count {
            let seconds = (SuspendingClock.now - start) / .seconds(1)
            console.note(String(format: "%d points in %.1f s; results in %@", all.count - done, seconds, path))
        }
    }

    /// Takes over what other databases hold of the sweep, a folder standing for all in it but its own, and says so. Throws
    /// `RunStoreError`.
    func merge(_ names: [String], console: Console) throws {
        let files = names.flatMap(databases)
        var count = 0
        for file in files { count += try store.merge(file) }
        console.note("\(count) points from \(files.count) \(files.count == 1 ? "database" : "databases")")
    }

    /// The databases a name stands for: those in a folder, or the file of that name, whether it is there or not.
    private func databases(_ name: String) -> [String] {
        guard let inside = try? FileManager.default.contentsOfDirectory(atPath: name) else { return [name] }
        let own = Self.place(of: path)
        return inside.filter { $0.hasSuffix(".sqlite") }.sorted().map { "\(name)/\($0)" }.filter {
            Self.place(of: $0) != own
        }
    }

    private static func place(of path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

    /// The points that are not done, ascending. Throws `RunStoreError`.
    func missing() throws -> [Int] {
        let done = try store.donePoints()
        return head.points.indices.filter { !done.contains($0) }
    }

    /// What the sweep has come to. Throws `RunStoreError`.
    func result() throws -> SweepResult { SweepResult(of: head, try store.outcomes(names: PointFigures.names)) }
}
