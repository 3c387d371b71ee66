/// What is wrong with the points of a sweep: each fault once, with the points that have it.
public struct SweepFaults: Sendable {
    private let sweep: Sweep
    private var order: [ScenarioFault] = []
    private var points: [String: [Int]] = [:]

    /// No faults yet.
    public init(of sweep: Sweep) { self.sweep = sweep }

    /// Adds what is wrong with a point; points are added in ascending order.
    public mutating func add(_ error: ScenarioError, at point: Int) {
        for fault in error.faults {
            let key = fault.description
            if points[key] == nil { order.append(fault) }
            points[key, default: []].append(point)
        }
    }

    /// Adds what a point cannot do in a sweep.
    public mutating func add(_ problem: String, remedy: String, at point: Int) {
        let fault = ScenarioFault(
            code: .conflictingKeys, place: SourcePlace(file: sweep.name), path: "", value: nil, problem: problem,
            remedy: remedy)
        add(ScenarioError(faults: [fault]), at: point)
    }

    /// Throws all of it, if there is anything.
    public func throwIfAny() throws(ScenarioError) {
        let named = order.prefix(FaultLog.faultLimit).map { fault in
            ScenarioFault(
                code: fault.code, place: fault.place, path: fault.path, value: fault.value,
                problem: "\(heading(points[fault.description] ?? [])): \(fault.problem)", remedy: fault.remedy)
        }
        if !named.isEmpty { throw ScenarioError(faults: named, isCutShort: order.count > named.count) }
    }

    private func heading(_ points: [Int]) -> String {
        let label = sweep.label(of: sweep.points[points[0]])
        let others = points.count > 1 ? " and \(points.count - 1) more" : ""
        return "point \(points[0]) (\(label))\(others)"
    }
}
