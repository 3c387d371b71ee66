/// Numbers by consecutive hours and named columns, such as MW by generator or $/MWh by bus.
///
/// Reads both of RTS-GMLC's layouts: `Year,Month,Day,Period` (1 to 24) and `time` as `2020-07-05 00:00:00`.
public struct HourlyTable: Sendable, Equatable {
    /// Name of the file.
    public let file: String
    /// Names of the columns of numbers, in the order of the file.
    public let columns: [String]
    /// The first hour.
    public let firstHour: HourStamp
    /// Number of hours.
    public let hourCount: Int
    /// Column after column.
    private let values: [Double]

    /// Reads a table; throws all that is wrong with it.
    public init(_ file: SourceFile) throws(ImportError) {
        var log = ImportLog()
        let table = HourlyTable.read(file, &log)
        try log.throwIfFaulty()
        self = table
    }

    /// Reads the table at a path.
    public init(path: String) throws(ImportError) {
        try self.init(SourceFile(path: path))
    }

    /// The number of a column, counted from 0, in an hour, counted from 0.
    public subscript(column: Int, hour: Int) -> Double {
        precondition(hour >= 0 && hour < hourCount, "hour \(hour) of \(hourCount)")
        return values[column * hourCount + hour]
    }

    /// The numbers of a column by hour; nil where no column has the name.
    public func series(_ name: String) -> [Double]? {
        columns.firstIndex(of: name).map { Array(values[$0 * hourCount..<($0 + 1) * hourCount]) }
    }

    /// Index of an hour; nil where the table does not have it.
    public func index(of stamp: HourStamp) -> Int? {
        let index = stamp.ordinal - firstHour.ordinal
        return (0..<hourCount).contains(index) ? index : nil
    }

    /// Whether another table has the same hours.
    public func isSameTime(as other: HourlyTable) -> Bool {
        firstHour == other.firstHour && hourCount == other.hourCount
    }

    private init(file: String, columns: [String], firstHour: HourStamp, hourCount: Int, values: [Double]) {
        self.file = file
        self.columns = columns
        self.firstHour = firstHour
        self.hourCount = hourCount
        self.values = values
    }
}

// Reading.
extension HourlyTable {
    private static let noHour = HourStamp(year: 1, month: 1, day: 1, hour: 0)!

    /// The table in a file; it means nothing where the log gains faults.
    static func read(_ file: SourceFile, _ log: inout ImportLog) -> HourlyTable {
        let table = CSVTable.parse(file, &log)
        let isStamped = table.columns.first == "time"
        let keys = isStamped ? ["time"] : ["Year", "Month", "Day", "Period"]
        guard table.columns.prefix(keys.count).elementsEqual(keys), table.rowCount > 0 else {
            if !table.columns.isEmpty {
                log.fault(
                    file.name, 1, "", value: table.columns.prefix(4).joined(separator: ","),
                    "an hourly table begins with the columns Year,Month,Day,Period or time, and has rows",
                    remedy: "Correct the header, or add rows.")
            }
            return HourlyTable(file: file.name, columns: [], firstHour: noHour, hourCount: 0, values: [])
        }
        let record = CSVRecord(table, needs: keys, &log)
        let first = checkHours(record, isStamped: isStamped, &log)
        let columns = Array(table.columns.dropFirst(keys.count))
        var values = [Double](repeating: 0, count: columns.count * table.rowCount)
        for column in columns.indices where !log.isFull {
            for row in 0..<table.rowCount {
                if let value = table.number(row, column + keys.count), value.isFinite {
                    values[column * table.rowCount + row] = value
                } else {
                    record.at(row).refuse(columns[column], "it is a finite number", remedy: "Fill the gap.", &log)
                }
            }
        }
        return HourlyTable(
            file: file.name, columns: columns, firstHour: first ?? noHour, hourCount: table.rowCount, values: values)
    }

    /// Checks that the rows are one hour apart; the first hour.
    private static func checkHours(_ record: CSVRecord, isStamped: Bool, _ log: inout ImportLog) -> HourStamp? {
        var first: HourStamp?
        var previous: Int?
        for record in record.all where !log.isFull {
            let column = isStamped ? "time" : "Period"
            guard let stamp = isStamped ? HourStamp(record.text("time")) : period(record) else {
                record.refuse(
                    column,
                    isStamped ? "it is an hour as 2020-07-05 00:00:00" : "the row names a day and a period, 1 to 24",
                    remedy: "Correct the time.", &log)
                previous = previous.map { $0 + 1 }
                continue
            }
            if let previous, stamp.ordinal != previous + 1 {
                record.refuse(
                    column, "a row is the hour after the row before", remedy: "Add or remove rows, and sort them.", &log
                )
            }
            previous = stamp.ordinal
            first = first ?? stamp
        }
        return first
    }

    private static func period(_ record: CSVRecord) -> HourStamp? {
        let parts = ["Year", "Month", "Day", "Period"].map { Int(record.text($0)) ?? -1 }
        return HourStamp(year: parts[0], month: parts[1], day: parts[2], hour: parts[3] - 1)
    }
}
