internal import Foundation

/// What holds a run between two ticks: a file `hold` in its folder, there for as long as the run is to stand.
///
/// It may hold a number: so many ticks are finished first. An empty file holds at once. So a shell does as well:
/// `touch RUN/hold`, `rm RUN/hold`. Nothing of it reaches a record.
public struct HoldFile: Sendable {
    private let path: String

    /// The file in the folder of a run.
    public init(inFolder folder: String) {
        path = folder + "/hold"
    }

    /// Ticks that are to be finished before the run holds; nil where nothing holds it. Any text but a number holds at once.
    public var ticks: Int? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            return FileManager.default.fileExists(atPath: path) ? 0 : nil
        }
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    /// Holds the run once so many ticks are finished. Throws where the file cannot be written.
    public func hold(afterTicks ticks: Int) throws {
        try Data("\(ticks)\n".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// Lets the run go on for some ticks, and holds it then; where it is on its way to be held, for so many more.
    ///
    /// - Parameter finished: ticks that are known to be finished.
    public func step(_ count: Int, finished: Int) throws {
        try hold(afterTicks: max(finished, ticks ?? 0) + count)
    }

    /// Lets the run go on. Throws where the file cannot be removed.
    public func release() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }
}
