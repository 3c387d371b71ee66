internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
internal import RunAnalysis
internal import RunStore
internal import Scenarios
internal import Synchronization

/// Runs the points of a sweep in this process, one on each core, and stores each as it is done.
struct SweepEngine {
    let sweep: Sweep
    let template: ScenarioTemplate
    /// Points that run at the same time.
    let jobCount: Int
    let interruption: Interruption
    let console: Console

    /// What a sweep is in its database, once every point has been checked. Throws all that is wrong as `ScenarioError`.
    func head() async throws -> SweepHead {
        let checks = try await inParallel(sweep.points, label: "checking") { point in
            Result { () throws(ScenarioError) in try sweep.scenario(of: point, from: template) }.map { scenario in
                (
                    digest: scenario.experiment.digest.description, foreign: scenario.run.launches.keys.min(),
                    isSlow: !scenario.run.slowness.isEmpty
                )
            }
        }
        var faults = SweepFaults(of: sweep)
        var digests = ""
        var isSlow = false
        for (point, check) in checks.enumerated() {
            switch check {
            case .failure(let error): faults.add(error, at: point)
            case .success((_, let agent?, _)):
                faults.add(
                    "\(agent) is played by a program of its own, and points run in one process.",
                    remedy: "Give it a strategy of the catalogue.", at: point)
            case .success((let digest, nil, let isSlowPoint)):
                digests += digest
                isSlow = isSlow || isSlowPoint
            }
        }
        try faults.throwIfAny()
        if isSlow { console.note(RunEngine.nobodyIsSlow) }
        return SweepHead(
            name: sweep.name, digest: Digest(of: Array(digests.utf8)).description, hasBaseline: sweep.hasBaseline,
            version: Software.version, axes: sweep.axes.map(\.name), points: sweep.points.map(headPoint))
    }

    private func headPoint(_ point: SweepPoint) -> SweepHead.Point {
        let choices = point.choices.enumerated().compactMap { axis, choice in
            choice.map { index in
                let value = sweep.axes[axis].values[index]
                return SweepHead.Choice(axis: axis, label: value.label, number: value.number)
            }
        }
        return SweepHead.Point(label: sweep.label(of: point), choices: choices)
    }

    /// Runs the points that are not done yet and stores each at once. Throws `RunError` when interrupted, `RunStoreError`.
    ///
    /// - Parameter portion: the numbers of the points to run; all unless given.
    func run(_ portion: Set<Int>? = nil, into store: SweepStore) async throws {
        let done = try store.donePoints()
        let baselines = BaselineShelf()
        let open = sweep.points.filter { !done.contains($0.number) && portion?.contains($0.number) ?? true }
        _ = try await inParallel(open, label: sweep.name, done: done.count, take: store.append) { point in
            try outcome(of: point, baselines)
        }
    }

    /// Does something for each item on all cores and hands over what comes out as it comes; all of it in the order of the
    /// items. Throws the first error.
    private func inParallel<Item: Sendable, Value: Sendable>(
        _ items: [Item], label: String, done: Int = 0, take: (Value) throws -> Void = { _ in },
        _ work: @escaping @Sendable (Item) throws -> Value
    ) async throws -> [Value] {
        var bar = ProgressBar(label: label, total: done + items.count, unit: "points", isQuiet: console.isQuiet)
        defer { bar.finish() }
        return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var next = 0
            var values = [Value?](repeating: nil, count: items.count)
            func start() {
                guard next < items.count else { return }
                let index = next
                next += 1
                group.addTask { (index, try work(items[index])) }
            }
            for _ in 0..<jobCount { start() }
            var count = done
            while let (index, value) = try await group.next() {
                start()
                try take(value)
                values[index] = value
                count += 1
                bar.show(count)
            }
            return values.compactMap { $0 }
        }
    }

    /// Runs a point. What fails in it is an outcome too, so that other points go on.
    private func outcome(of point: SweepPoint, _ baselines: BaselineShelf) throws -> PointOutcome {
        let experiment = try sweep.scenario(of: point, from: template).experiment
        let digest = experiment.digest.description
        do {
            let meter = try meter(of: experiment)
            var figures = meter.figures()
            if sweep.hasBaseline { figures += try baseline(of: experiment, baselines) }
            return PointOutcome(
                point: point.number, scenarioDigest: digest, recordDigest: meter.digest, figures: figures)
        } catch let error as RunError where error.code != .interrupted {
            return PointOutcome(
                point: point.number, scenarioDigest: digest, recordDigest: "", failure: error.description, figures: [])
        }
    }

    /// The figures of everything at home, which points share where no axis changes it.
    private func baseline(of experiment: Experiment, _ baselines: BaselineShelf) throws -> [PointFigure] {
        let home = experiment.baseline
        if let known = baselines[home.digest] { return known }
        let figures = try meter(of: home).figures(isBaseline: true)
        baselines[home.digest] = figures
        return figures
    }

    private func meter(of experiment: Experiment) throws -> PointMeter {
        var meter = PointMeter(of: experiment)
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        try run.run { record, _ in
            if interruption.isRaised { throw RunError(.interrupted, "the sweep was interrupted") }
            meter.add(record)
        }
        return meter
    }
}

/// Figures of baselines that are done, by digest of the experiment. Two cores may work out the same one at once, and come
/// to the same.
private final class BaselineShelf: Sendable {
    private let figures = Mutex<[Digest: [PointFigure]]>([:])

    subscript(digest: Digest) -> [PointFigure]? {
        get { figures.withLock { $0[digest] } }
        set { figures.withLock { $0[digest] = newValue } }
    }
}
