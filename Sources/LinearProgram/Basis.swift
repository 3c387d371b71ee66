/// Which columns and rows are basic at a vertex, and at which bound the others rest.
///
/// One byte per column and row. Together with the model it determines what the next solve does, so it belongs in
/// whatever must be resumed to the same vertex.
public struct Basis: Sendable, Hashable, Codable {
    /// Where a column or row stands.
    public enum Status: UInt8, Sendable, Hashable, Codable {
        /// At its lower bound.
        case atLower = 0
        /// In the basis.
        case basic = 1
        /// At its upper bound.
        case atUpper = 2
        /// At zero, having no bound.
        case free = 3
    }

    /// One status per column.
    public var columns: [Status]
    /// One status per row.
    public var rows: [Status]

    /// Makes a basis from statuses, such as those of a journal.
    public init(columns: [Status], rows: [Status]) {
        self.columns = columns
        self.rows = rows
    }

    /// This basis for a model that may have gained columns (which rest at a bound) and rows (which become basic), or
    /// lost the bound at which something rested. Nil when it does not belong to the model.
    func fitted(to model: LinearModel) -> Basis? {
        guard columns.count <= model.columnCount, rows.count <= model.rowCount else { return nil }
        var fitted = self
        fitted.columns.append(contentsOf: repeatElement(.atLower, count: model.columnCount - columns.count))
        fitted.rows.append(contentsOf: repeatElement(.basic, count: model.rowCount - rows.count))
        var basicCount = 0
        for column in fitted.columns.indices {
            fitted.columns[column].rest(lower: model.columnLowers[column], upper: model.columnUppers[column])
            if fitted.columns[column] == .basic { basicCount += 1 }
        }
        for row in fitted.rows.indices {
            fitted.rows[row].rest(lower: model.rowLowers[row], upper: model.rowUppers[row])
            if fitted.rows[row] == .basic { basicCount += 1 }
        }
        return basicCount == model.rowCount ? fitted : nil
    }
}

extension Basis.Status {
    /// Moves a resting status to a bound that exists.
    fileprivate mutating func rest(lower: Double, upper: Double) {
        switch self {
        case .basic:
            return
        case .atUpper where upper < .infinity:
            return
        case .atLower, .atUpper, .free:
            self = lower > -.infinity ? .atLower : upper < .infinity ? .atUpper : .free
        }
    }
}
