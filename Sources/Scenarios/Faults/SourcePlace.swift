/// Where a value of a scenario stands: a file with line and column, or the `--set` argument that gave it.
public struct SourcePlace: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file's name within the scenario folder, or the whole `--set …` argument.
    public let file: String
    /// The line, from 1; nil for a whole file and for `--set`.
    public let line: Int?
    /// The column in Unicode scalars, from 1; nil where the line alone is known.
    public let column: Int?

    /// A place from its parts.
    public init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place of an override given on the command line.
    static func override(_ argument: String) -> SourcePlace {
        SourcePlace(file: "--set \(Excerpt.brief(argument, limit: 80))")
    }

    /// The place as editors and terminals understand it: `scenario.yaml:41:19`.
    public var description: String {
        [file, line.map(String.init), line == nil ? nil : column.map(String.init)].compactMap(\.self).joined(
            separator: ":")
    }

    /// By file, line and column; what has no line comes first.
    public static func < (left: SourcePlace, right: SourcePlace) -> Bool {
        (left.file, left.line ?? 0, left.column ?? 0) < (right.file, right.line ?? 0, right.column ?? 0)
    }
}
