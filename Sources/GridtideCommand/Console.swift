internal import Foundation

/// What the user sees beside results: notes go to standard error, results to standard output.
struct Console: Sendable {
    /// Whether notes and bars are left out.
    let isQuiet: Bool

    /// Prints a result.
    func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Prints a note unless quiet.
    func note(_ text: String) {
        guard !isQuiet else { return }
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// A value as JSON with sorted keys, the same for the same value.
    func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
