/// Reads one row of a case file's cost matrix.
enum MatpowerCost {
    /// The cost curve of a row; nil with a fault where it is none that a network takes.
    static func read(_ row: inout MatpowerRow, columnCount: Int) -> CostCurve? {
        let model = row.integer(0, from: 1, through: 2)
        let isPiecewise = model == 1
        let count = row.integer(3, from: isPiecewise ? 2 : 1, through: ImportLimits.columns)
        if row.isFaulty(0) || row.isFaulty(3) { return nil }
        let width = 4 + (isPiecewise ? 2 * count : count)
        guard width <= columnCount else {
            row.refuse(
                3,
                "n \(isPiecewise ? "points" : "coefficients") take \(width) columns, and the rows have \(columnCount)",
                remedy: "Correct n, or complete the row; pad shorter rows with zeros.")
            return nil
        }
        for column in 4..<width { _ = row.finite(column) }
        if (4..<width).contains(where: { row.isFaulty($0) }) { return nil }
        return isPiecewise ? piecewise(&row, count) : polynomial(&row, count)
    }

    /// Coefficients stand from the highest power down to the constant.
    private static func polynomial(_ row: inout MatpowerRow, _ count: Int) -> CostCurve? {
        for column in 4..<max(4, 4 + count - 3) where row[column] != 0 {
            row.refuse(
                column, "a polynomial cost is at most quadratic, and this is the term of power \(3 + count - column)",
                remedy: "Fit a quadratic or piecewise-linear cost.")
            return nil
        }
        func coefficient(_ power: Int) -> Double { power < count ? row[3 + count - power] : 0 }
        if coefficient(2) < 0 {
            row.refuse(
                1 + count, "a cost is convex, so the quadratic coefficient is not negative",
                remedy: "Replace the cost by a convex one, such as its lower hull.")
            return nil
        }
        return .polynomial(c2: coefficient(2), c1: coefficient(1), c0: coefficient(0))
    }

    private static func piecewise(_ row: inout MatpowerRow, _ count: Int) -> CostCurve? {
        let points = (0..<count).map { SIMD2(row[4 + 2 * $0], row[5 + 2 * $0]) }
        if let index = points.indices.dropFirst().first(where: { points[$0].x <= points[$0 - 1].x }) {
            row.refuse(4 + 2 * index, "the points of a cost ascend in MW", remedy: "Sort the points, one for each MW.")
            return nil
        }
        switch ConvexCurve.hull(points) {
        case .success(let hull):
            return .piecewiseLinear(hull)
        case .failure(let fall):
            row.refuse(
                4 + 2 * fall.point, fall.rule, remedy: "Replace the cost by a convex one, such as its lower hull.")
            return nil
        }
    }
}
