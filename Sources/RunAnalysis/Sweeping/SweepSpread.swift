/// What a sweep came to, setting by setting: points that differ in their seed alone are samples of one setting. Points that
/// failed have no part in it.
public struct SweepSpread: Sendable {
    /// The name of the axis of seeds.
    public static let seedAxis = "seed"

    /// A value on an axis.
    public struct Value: Hashable, Sendable {
        /// The value in words; they tell values of an axis apart.
        public let label: String
        /// The value, where it is a number.
        public let number: Double?
    }

    /// An axis other than that of seeds.
    public struct Axis: Sendable {
        /// Its name.
        public let name: String
        /// The values that points have on it: ascending where all are numbers, else in the order of the points.
        public let values: [Value]
        /// Whether all values are numbers.
        public var isNumeric: Bool { values.allSatisfy { $0.number != nil } }
    }

    /// Points that are taken together.
    public struct Sample: Sendable {
        /// The points, ascending.
        public let points: [SweepResult.Point]

        /// The spread of a figure over the points that have it; nil where none has.
        public func band(_ figure: String) -> Band? {
            let values = points.compactMap { $0.figures[figure] }
            return values.isEmpty ? nil : Band(of: values)
        }
    }

    /// A value on each axis but that of seeds, with the points that have them.
    public struct Setting: Sendable {
        /// The values by axis; nil where the scenario stays as it is.
        public let values: [Value?]
        /// The points.
        public let sample: Sample
    }

    /// The sweep.
    public let result: SweepResult
    /// The axes but that of seeds.
    public let axes: [Axis]
    /// The seeds that points were run with; empty where they are no axis.
    public let seeds: [String]
    /// The settings in the order of their first points.
    public let settings: [Setting]

    /// The points that did not fail.
    private let done: [SweepResult.Point]
    /// The range of each figure over them.
    private let ranges: [String: Band]

    /// The spread of a sweep.
    public init(of result: SweepResult) {
        self.result = result
        let done = result.points.filter { $0.failure == nil }
        self.done = done
        let whole = Sample(points: done)
        let bands = PointFigures.names.compactMap { name in whole.band(name).map { (name, $0) } }
        ranges = Dictionary(uniqueKeysWithValues: bands)
        seeds = Self.values(of: Self.seedAxis, in: done).map(\.label)
        axes = result.axes.filter { $0 != Self.seedAxis }.map { Axis(name: $0, values: Self.values(of: $0, in: done)) }
        let names = axes.map(\.name)
        settings = Self.groups(done) { point in names.map { Self.value($0, point) } }.map(Setting.init)
    }

    private static func value(_ axis: String, _ point: SweepResult.Point) -> Value? {
        point.values[axis].map { Value(label: $0, number: point.numbers[axis]) }
    }

    private static func values(of axis: String, in points: [SweepResult.Point]) -> [Value] {
        let values = groups(points) { value(axis, $0) }.compactMap(\.key)
        guard values.allSatisfy({ $0.number != nil }) else { return values }
        return values.sorted { ($0.number ?? 0, $0.label) < ($1.number ?? 0, $1.label) }
    }

    /// Points by a key, in the order of their first points.
    private static func groups<Key: Hashable>(
        _ points: [SweepResult.Point], by key: (SweepResult.Point) -> Key
    ) -> [(key: Key, sample: Sample)] {
        var places: [Key: Int] = [:]
        var groups: [(key: Key, points: [SweepResult.Point])] = []
        for point in points {
            let key = key(point)
            if let place = places[key] {
                groups[place].points.append(point)
            } else {
                places[key] = groups.count
                groups.append((key, [point]))
            }
        }
        return groups.map { ($0.key, Sample(points: $0.points)) }
    }

    /// The points that change nothing on any axis; nil where there are none.
    public var asItIs: Sample? { settings.first { $0.values.allSatisfy { $0 == nil } }?.sample }

    /// The range of a figure over all points; nil where no point has it.
    public func range(of figure: String) -> Band? { ranges[figure] }

    /// Names of the figures of the runs themselves, those of the baseline left out, in their order.
    public static let figures = PointFigures.Kind.allCases.map(\.rawValue)

    /// The name of a figure of the baseline.
    public static func baseline(_ figure: String) -> String { PointFigures.baselinePrefix + figure }
}

// MARK: Along one axis, over two, and between two figures

extension SweepSpread {
    /// Figures along an axis, one line for each setting of what tells lines apart.
    public struct Curve: Sendable {
        /// A line: samples by value of the axis.
        public struct Line: Sendable {
            /// What it is a line of, such as `relaxation 20`; empty where there is but one.
            public let label: String
            /// Samples by value, in the order of the axis.
            public let steps: [(value: Value, sample: Sample)]
        }

        /// The axis.
        public let axis: Axis
        /// Names of the axes, that of seeds among them, over which bands spread.
        public let pooled: [String]
        /// The lines.
        public let lines: [Line]
        /// All points by value, in the order of the axis.
        public let all: Line
    }

    /// The curve along an axis; only points that have a value on it take part.
    ///
    /// All other axes tell lines apart where that makes at most `lineLimit`, else the first that makes at most `bandLimit`, since
    /// bands hide each other; they spread over the rest.
    public func curve(along place: Int, lineLimit: Int = 6, bandLimit: Int = 3) -> Curve {
        let axis = axes[place]
        let points = done.filter { $0.values[axis.name] != nil }
        let others = axes.map(\.name).filter { $0 != axis.name && Self.choices(on: $0, points) > 1 }
        let apart = lineAxes(of: others, points, lineLimit, bandLimit)
        let groups = Self.groups(points) { point in apart.map { Self.value($0, point) } }
        let lines = sorted(groups, by: apart).map { values, sample in
            line(Self.words(apart, values), sample.points, along: axis)
        }
        let hasSeeds = lines.flatMap(\.steps).contains { Self.choices(on: Self.seedAxis, $0.sample.points) > 1 }
        let pooled = others.filter { !apart.contains($0) } + (hasSeeds ? [Self.seedAxis] : [])
        return Curve(axis: axis, pooled: pooled, lines: lines, all: line("", points, along: axis))
    }

    private func lineAxes(of others: [String], _ points: [SweepResult.Point], _ limit: Int, _ bandLimit: Int)
        -> [String]
    {
        let count = Self.groups(points) { point in others.map { Self.value($0, point) } }.count
        if count <= limit { return others }
        return others.first { Self.choices(on: $0, points) <= bandLimit }.map { [$0] } ?? []
    }

    private static func choices(on axis: String, _ points: [SweepResult.Point]) -> Int {
        Set(points.map { value(axis, $0) }).count
    }

    private func line(_ label: String, _ points: [SweepResult.Point], along axis: Axis) -> Curve.Line {
        let groups = Dictionary(grouping: points) { $0.values[axis.name] }
        return Curve.Line(
            label: label,
            steps: axis.values.compactMap { value in groups[value.label].map { (value, Sample(points: $0)) } })
    }

    /// Groups in the order of the axes' values; the scenario as it is comes first.
    private func sorted(
        _ groups: [(key: [Value?], sample: Sample)], by names: [String]
    ) -> [(key: [Value?], sample: Sample)] {
        func places(_ key: [Value?]) -> [Int] {
            zip(names, key).map { name, value in
                axes.first { $0.name == name }?.values.firstIndex { $0 == value } ?? -1
            }
        }
        return groups.sorted { places($0.key).lexicographicallyPrecedes(places($1.key)) }
    }

    /// Values in words, such as `friction 2, relaxation 20`; `as it is` where the scenario stays so.
    public static func words(_ names: [String], _ values: [Value?]) -> String {
        zip(names, values).map { "\($0) \($1?.label ?? "as it is")" }.joined(separator: ", ")
    }

    /// A setting in words, without the axes on which it changes nothing.
    public func words(_ setting: Setting) -> String {
        let changed = zip(axes, setting.values).filter { $0.1 != nil }
        return changed.isEmpty ? "the scenario as it is" : Self.words(changed.map(\.0.name), changed.map(\.1))
    }

    /// Samples by the values of two axes, for every pair that a point has; other axes and seeds are taken together.
    public func cells(_ across: Int, _ down: Int) -> [(across: Value, down: Value, sample: Sample)] {
        let points = done.filter { $0.values[axes[across].name] != nil && $0.values[axes[down].name] != nil }
        let groups = Dictionary(grouping: points) { [$0.values[axes[across].name], $0.values[axes[down].name]] }
        return axes[down].values.flatMap { down in
            axes[across].values.compactMap { across in
                groups[[across.label, down.label]].map { (across, down, Sample(points: $0)) }
            }
        }
    }

    /// Whether each setting is on the frontier of two figures that are better the less they are: no other has less or as much of
    /// both, by medians, and less of one. Settings without the figures are not.
    public func isEfficient(_ first: String, _ second: String) -> [Bool] {
        let medians = settings.enumerated().compactMap { place, setting in
            setting.sample.band(first).flatMap { a in
                setting.sample.band(second).map { (first: a.median, second: $0.median, place: place) }
            }
        }
        var isEfficient = [Bool](repeating: false, count: settings.count)
        var best: (first: Double, second: Double)?
        for setting in medians.sorted(by: { ($0.first, $0.second, $0.place) < ($1.first, $1.second, $1.place) }) {
            let isTwin = best.map { $0 == (setting.first, setting.second) } ?? false
            guard isTwin || setting.second < best?.second ?? .infinity else { continue }
            best = (setting.first, setting.second)
            isEfficient[setting.place] = true
        }
        return isEfficient
    }
}
