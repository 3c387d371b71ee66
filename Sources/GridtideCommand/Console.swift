internal import Foundation

/// What the user sees beside results: notes go to standard error, results to standard output.
struct Console: Sendable {
    /// Whether notes and bars are left out.
    let isQuiet: Bool

    /// Prints a result.
    func print(_ text: String, terminator: String = "\n") {
        Console.write(text + terminator, to: STDOUT_FILENO)
    }

    /// Prints a note unless quiet.
    func note(_ text: String) {
        guard !isQuiet else { return }
        Console.write(text + "\n", to: STDERR_FILENO)
    }

    /// Writes a text as a whole. A reader that has gone (`| head`) has seen enough; the rest is dropped.
    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return }
                done += count
            }
        }
    }

    /// A value as JSON with sorted keys, the same for the same value.
    func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
