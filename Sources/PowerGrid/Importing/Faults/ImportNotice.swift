/// Something an import ignored or assumed, which the reader of its results should know.
public struct ImportNotice: Sendable, Equatable, CustomStringConvertible {
    /// Name of the file.
    public let file: String
    /// Line, from 1; nil for the whole file.
    public let line: Int?
    /// What there is to know, in one sentence.
    public let text: String

    /// Place and text on one line.
    public var description: String { "\(line.map { "\(file):\($0)" } ?? file): \(text)" }
}
