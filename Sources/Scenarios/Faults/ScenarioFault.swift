/// One thing wrong with a scenario: where it is, what it is, and what to do about it.
public struct ScenarioFault: Sendable, Equatable, CustomStringConvertible {
    /// What kind of fault it is.
    public let code: Code
    /// Where it stands.
    public let place: SourcePlace
    /// The setting, such as `regions[2].connectionMW`; list entries count from 0. Empty for a fault of a whole file.
    public let path: String
    /// What the scenario says there; nil where it says nothing or the value has no short form.
    public let value: String?
    /// What is wrong and the rule it breaks.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    /// The file it stands in, or the `--set …` argument.
    public var file: String { place.file }
    /// The line, from 1.
    public var line: Int? { place.line }
    /// The column, from 1.
    public var column: Int? { place.column }

    /// One line where it fits 120 columns, else two: place, path and problem, then the remedy; the code comes last.
    public var description: String {
        let head = path.isEmpty ? "\(place): \(problem)" : "\(place) \(path): \(problem)"
        let tail = "\(remedy) [\(code.rawValue)]"
        return head.count + tail.count < 120 ? "\(head) \(tail)" : "\(head)\n    \(tail)"
    }
}

extension ScenarioFault {
    /// Kinds of fault. The names are stable: new ones are added at the end, none is renamed or reused.
    public enum Code: String, Sendable, CaseIterable {
        /// A file is absent or cannot be read.
        case unreadableFile = "unreadable-file"
        /// A file name leads out of the scenario folder.
        case outsideFolder = "outside-folder"
        /// A file, table or experiment passes a limit.
        case tooLarge = "too-large"
        /// A file is not UTF-8.
        case notUTF8 = "not-utf8"
        /// The text is not YAML.
        case invalidYAML = "invalid-yaml"
        /// A key is given twice in one section.
        case duplicateKey = "duplicate-key"
        /// The text uses anchors, aliases or tags.
        case anchorOrTag = "anchor-or-tag"
        /// The text is nested too deep.
        case tooDeep = "too-deep"
        /// The format version is not one this program reads.
        case unsupportedVersion = "unsupported-version"
        /// A key that no field has.
        case unknownKey = "unknown-key"
        /// A required key is absent.
        case missingKey = "missing-key"
        /// A key without a value.
        case noValue = "no-value"
        /// A value of another kind than the field takes.
        case wrongKind = "wrong-kind"
        /// A number, length or count outside its range.
        case outOfRange = "out-of-range"
        /// A text that is none of the choices.
        case unknownChoice = "unknown-choice"
        /// A name that breaks the rule for names.
        case invalidName = "invalid-name"
        /// A name given twice.
        case duplicateName = "duplicate-name"
        /// A name that refers to nothing.
        case unknownReference = "unknown-reference"
        /// A strategy the catalogue does not have.
        case unknownStrategy = "unknown-strategy"
        /// A time, time zone or stamp that cannot be read.
        case invalidTime = "invalid-time"
        /// Settings that exclude each other.
        case conflictingKeys = "conflicting-keys"
        /// A setting without any effect.
        case noEffect = "no-effect"
        /// An override that cannot be applied.
        case invalidOverride = "invalid-override"
        /// A CSV file whose rows or quotes are broken.
        case csvStructure = "csv-structure"
        /// A CSV column that is absent or that no field has.
        case unknownColumn = "unknown-column"
        /// A CSV column without its unit, or with one of another quantity.
        case unitSuffix = "unit-suffix"
        /// A CSV file without rows of use, or no row that a condition selects.
        case noRows = "no-rows"
        /// A cell that is not the number it should be.
        case invalidCell = "invalid-cell"
        /// An empty cell where a value is needed.
        case missingCell = "missing-cell"
        /// A table without a time column.
        case timeColumn = "time-column"
        /// A stamp that occurs twice.
        case duplicateStamp = "duplicate-stamp"
        /// Stamps that do not ascend.
        case unsortedStamps = "unsorted-stamps"
        /// A local time that the clocks skipped.
        case skippedHour = "skipped-hour"
        /// Stamps missing within a series.
        case gap = "gap"
        /// A series that does not reach over the whole run.
        case notCovered = "not-covered"
        /// What the strategy itself refuses.
        case refusedByStrategy = "refused-by-strategy"
    }
}
