internal import Foundation
internal import Synchronization

/// What the user sees beside results: notes go to standard error, results to standard output.
struct Console: Sendable {
    /// Where a text goes.
    enum Stream: Sendable {
        /// Standard output, where results go.
        case output
        /// Standard error, where notes and errors go.
        case error
    }

    /// Whether notes and bars are left out.
    let isQuiet: Bool

    /// The first error of a result that could not be printed, 0 if there was none.
    private static let outputError = Mutex<Int32>(0)

    /// Prints a result. What cannot be printed shows in the end: see `checkOutput`.
    func print(_ text: String, terminator: String = "\n") {
        Console.write(text + terminator, to: .output)
    }

    /// Prints a note unless quiet.
    func note(_ text: String) {
        guard !isQuiet else { return }
        Console.write(text + "\n", to: .error)
    }

    /// Writes a text as a whole. A reader that has gone (`| head`) has seen enough, and a note that has no place is dropped;
    /// a result that has none is an error.
    static func write(_ text: String, to stream: Stream) {
        switch stream {
        case .output:
            let number = write(text, to: STDOUT_FILENO)
            if number != 0, number != EPIPE { outputError.withLock { if $0 == 0 { $0 = number } } }
        case .error: write(text, to: STDERR_FILENO)
        }
    }

    /// Throws `CommandError` when a result could not be printed, on a full disk for example: a command that has said nothing
    /// has not succeeded.
    static func checkOutput() throws {
        let number = outputError.withLock { $0 }
        guard number != 0 else { return }
        throw CommandError(
            .inputOutput,
            "The result could not be printed: standard output says \"\(String(cString: strerror(number)))\". "
                + "Make room where it goes, or send it elsewhere, and ask again.")
    }

    /// Writes a text as a whole, and returns the number of the error that ended it, or 0.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                guard count > 0 else {
                    let number = count < 0 ? errno : ENOSPC
                    if number == EINTR || number == EAGAIN && isWritable(descriptor) { continue }
                    return number
                }
                done += count
            }
            return 0
        }
    }

    /// Waits until a stream that does not block, as some programs leave their terminal, takes more.
    private static func isWritable(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, -1) > 0
    }

    /// A value as JSON with sorted keys, the same for the same value.
    func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
