/// A cell array of texts of a case file, row by row.
struct MatpowerCells {
    /// Field of the case, such as `bus_name`.
    let name: String
    /// Line on which it opens.
    let line: Int
    var rows: [[String]] = []

    /// The text at a row and column, from 0; empty where there is none.
    subscript(row: Int, column: Int) -> String {
        row < rows.count && column < rows[row].count ? rows[row][column] : ""
    }
}
