/// Everything wrong with the files of one import, found in one go.
public struct ImportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The faults, ascending by file and line; never empty.
    public let faults: [ImportFault]
    /// Whether there are so many that looking for more stopped.
    public let isCutShort: Bool

    /// An error from its faults, sorted here.
    init(faults: [ImportFault], isCutShort: Bool = false) {
        precondition(!faults.isEmpty, "an error has at least one fault")
        self.faults = faults.sorted {
            ($0.file, $0.line ?? 0, $0.field, $0.rule) < ($1.file, $1.line ?? 0, $1.field, $1.rule)
        }
        self.isCutShort = isCutShort
    }

    /// One fault a line, then how many there are.
    public var description: String {
        let more = isCutShort ? " and more, which show once these are gone" : ""
        let total = "\(faults.count) fault\(faults.count == 1 ? "" : "s")\(more); nothing was imported."
        return (faults.map(\.description) + [total]).joined(separator: "\n")
    }
}
