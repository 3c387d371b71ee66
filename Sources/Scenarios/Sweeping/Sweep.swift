/// An experiment of many points: one scenario, and axes along which its settings change.
public struct Sweep: Sendable {
    /// How the values of the axes are put together.
    public enum Design: String, Sendable, CaseIterable {
        /// Every value of each axis with every value of all others.
        case cartesian
        /// The scenario as it is, then each value of each axis alone.
        case oneAtATime = "one-at-a-time"
        /// The points that are written out.
        case listed
    }

    /// Name of the sweep; that of its database.
    public let name: String
    /// One line that says what it asks; empty when it has none.
    public let title: String
    /// What it asks and what to look at; empty when it has none.
    public let description: String
    /// Path of the scenario, relative to the folder of the sweep's file.
    public let scenario: String
    /// Whether each point is compared with everything at home.
    public let hasBaseline: Bool
    /// What is changed at every point, before its own values.
    let settings: [SettingChange]
    /// The axes, in the order of the file; seeds and mechanisms last.
    public let axes: [SweepAxis]
    /// The points, by number.
    public let points: [SweepPoint]

    /// Most points of a sweep.
    public static let pointLimit = 100_000

    /// A point in words, such as `friction 4, pinned 0.3`; `as in the scenario` where no axis changes anything.
    public func label(of point: SweepPoint) -> String {
        let parts = zip(axes, point.choices).compactMap { axis, choice in
            choice.map { "\(axis.name) \(axis.values[$0].label)" }
        }
        return parts.isEmpty ? "as in the scenario" : parts.joined(separator: ", ")
    }

    /// The scenario of a point. Throws everything that is wrong with it.
    public func scenario(of point: SweepPoint, from template: ScenarioTemplate) throws(ScenarioError) -> Scenario {
        let own = zip(axes, point.choices).flatMap { axis, choice in choice.map { axis.values[$0].changes } ?? [] }
        return try template.scenario(with: settings + own)
    }
}

/// One direction in which a sweep changes its scenario.
public struct SweepAxis: Sendable, Equatable {
    /// Name, unique in the sweep.
    public let name: String
    /// Its values, in order.
    public internal(set) var values: [SweepValue]
}

/// A value on an axis, with what it changes.
public struct SweepValue: Sendable, Equatable {
    /// The value as people write it.
    public let label: String
    /// The value, where it is a number.
    public let number: Double?
    /// What it does to the scenario.
    let changes: [SettingChange]
}

/// A point of a sweep.
public struct SweepPoint: Sendable, Equatable {
    /// Its number, from 0: its place in the order of the axes, the last one running fastest.
    public let number: Int
    /// The index of its value on each axis; nil where the scenario stays as it is.
    public let choices: [Int?]
}

extension Sweep {
    /// The points of a design without a list; nil beyond the limit.
    static func points(_ design: Design, _ axes: [SweepAxis]) -> [SweepPoint]? {
        switch design {
        case .listed: return []
        case .oneAtATime:
            let unchanged = [Int?](repeating: nil, count: axes.count)
            var choices = [unchanged]
            for (index, axis) in axes.enumerated() {
                for value in axis.values.indices {
                    choices.append(unchanged)
                    choices[choices.count - 1][index] = value
                }
            }
            guard choices.count <= pointLimit else { return nil }
            return choices.enumerated().map { SweepPoint(number: $0, choices: $1) }
        case .cartesian:
            var count = 1
            for axis in axes {
                count *= axis.values.count
                guard count <= pointLimit else { return nil }
            }
            return (0..<count).map { number in
                var rest = number
                var choices = [Int?](repeating: nil, count: axes.count)
                for index in axes.indices.reversed() {
                    let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: axes[index].values.count)
                    choices[index] = remainder
                    rest = quotient
                }
                return SweepPoint(number: number, choices: choices)
            }
        }
    }
}
