internal import ArgumentParser
internal import Foundation

/// Which points of a sweep a program runs, where several share them.
struct SweepPortion: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Run the k-th of n shares of the points and print no table, for programs that share a sweep.",
            valueName: "k/n"),
        transform: Share.init(text:))
    var share: Share?
    @Option(help: ArgumentHelp("Run only the points whose numbers a file holds, one a line.", valueName: "file"))
    var points: String?
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Run nothing: take over the points that other databases of the sweep hold, or all in a folder, each once.",
            valueName: "file"))
    var merge: [String] = []

    /// A share of so many.
    struct Share {
        /// Which one, from 1.
        let number: Int
        let count: Int

        /// Reads `2/8`. Throws `ValidationError`.
        init(text: String) throws {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1, count >= number else {
                throw ValidationError("'\(text)' is no share: write one such as 2/8, from 1/8 to 8/8.")
            }
            self.number = number
            self.count = count
        }

        /// Its part of things that are shared out in turn.
        func part<Value>(of values: [Value]) -> [Value] {
            stride(from: number - 1, to: values.count, by: count).map { values[$0] }
        }
    }

    func validate() throws {
        if !merge.isEmpty, share != nil || points != nil {
            throw ValidationError("--merge runs nothing; leave out --share and --points.")
        }
    }

    /// The numbers of the points to run, of so many; nil for all. Throws `CommandError`.
    func numbers(of pointCount: Int) throws -> Set<Int>? {
        guard share != nil || points != nil else { return nil }
        let all = try points.map { try Self.read($0, pointCount) } ?? Array(0..<pointCount)
        return Set(share?.part(of: all) ?? all)
    }

    private static func read(_ file: String, _ pointCount: Int) throws -> [Int] {
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw CommandError(.invalidInput, "\(file) cannot be read: \(error.localizedDescription)")
        }
        return try text.split(whereSeparator: \.isNewline).map { line in
            guard let number = Int(line), number >= 0, number < pointCount else {
                throw CommandError(
                    .invalidInput,
                    "\(file): '\(line)' is no point of the sweep, which are numbered from 0 to \(pointCount - 1).")
            }
            return number
        }
    }
}
