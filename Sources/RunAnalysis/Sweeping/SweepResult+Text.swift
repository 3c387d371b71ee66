extension SweepResult {
    /// A figure as a column of the table.
    private struct FigureColumn {
        let title: String
        let name: String
        var factor = 1.0
        /// Of the change against everything at home.
        var isChange = false
        /// Left out where it is nothing at every point.
        var isOptional = false
    }

    private var columns: [FigureColumn] {
        var columns = [
            FigureColumn(title: "cost C $", name: "placement_cost"),
            FigureColumn(title: "CO2 G t", name: "signalled_emissions", factor: 0.001),
            FigureColumn(title: "moved %", name: "relocated_share", factor: 100),
            FigureColumn(title: "unserved", name: "unserved_requests", isOptional: true),
            FigureColumn(title: "grid cost $", name: "generation_cost"),
            FigureColumn(title: "grid CO2 t", name: "emissions", factor: 0.001),
        ]
        if points.contains(where: { $0.figures["objective"] != $0.figures["placement_cost"] }) {
            columns.insert(FigureColumn(title: "objective V $", name: "objective"), at: 0)
        }
        if hasBaseline {
            columns += [
                FigureColumn(title: "cost $", name: "generation_cost", isChange: true),
                FigureColumn(title: "CO2 t", name: "emissions", factor: 0.001, isChange: true),
            ]
        }
        return columns.filter { column in
            !column.isOptional || points.contains { ($0.figures[column.name] ?? 0) != 0 }
        }
    }

    /// One row for each point, then those that failed with the reason.
    public var text: String {
        let columns = columns
        var headings = axes.map { TextTable.Heading($0, isWords: true) }
        if axes.isEmpty { headings = [.init("point", isWords: true)] }
        headings += columns.map { .init($0.title, group: $0.isChange ? "grid against home" : "") }
        var table = TextTable(headings)
        let decimals = columns.map { column in NumberText.decimals(for: points.map { value(column, $0) }) }
        for point in points where point.failure == nil {
            let words = axes.isEmpty ? ["\(point.point)"] : axes.map { point.values[$0] ?? NumberText.none }
            table.add(
                words
                    + zip(columns, decimals).map { column, decimals in
                        NumberText.text(value(column, point), decimals: decimals, signed: column.isChange)
                    })
        }
        let failed = failures.map { "point \($0.point) failed: \($0.failure ?? "")" }
        return "\(name): \(points.count) points\n\n" + ([table.text(widthLimit: 120)] + failed).joined(separator: "\n")
            + "\n"
    }

    private func value(_ column: FigureColumn, _ point: Point) -> Double? {
        guard let value = point.figures[column.name] else { return nil }
        guard column.isChange else { return value * column.factor }
        return point.figures[PointFigures.baselinePrefix + column.name].map { (value - $0) * column.factor }
    }
}
