internal import RunAnalysis

// Every point as a table.
extension SweepMaterial {
    /// The most points that the table has; the database has all.
    private static let pointLimit = 2000

    /// The points with all their figures, as `gridtide sweep --csv` prints them.
    var points: Figure {
        let names = Report.sweepFigureNames.filter { result.units[$0] != nil }
        var table = Table(
            [.init("point", "point")] + result.axes.map { .words($0, $0) }
                + [.words("failure", "failure")]
                + names.map { name in
                    let unit = PointFigures.unit(of: name)
                    let column = unit.isEmpty ? name : "\(name)_\(unit.lowercased())"
                    return .init(column, name.replacing("_", with: " "), unit)
                } + [.words("record_digest", "digest of the ticks")])
        for point in result.points.prefix(Self.pointLimit) {
            table.add(
                [.number(Double(point.point))] + result.axes.map { .text(point.values[$0] ?? "") }
                    + [.text(point.failure ?? "")] + names.map { .number(point.figures[$0]) }
                    + [.text(point.recordDigest)])
        }
        let isWhole = result.points.count <= Self.pointLimit
        return Figure(
            id: "points", title: "\(result.points.count) points with every figure",
            caption:
                "As the database has them. An axis without a value was left as the scenario has it; names of home_ are those of everything at home.",
            description: "",
            note: isWhole ? "" : "The first \(Self.pointLimit) of \(result.points.count) points; the database has all.",
            layout: .table, table: table)
    }
}
