#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A journal that cannot be read, written or believed.
public struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The file is there already; no run is ever overwritten.
        case exists
        /// Another process writes it.
        case locked
        /// The disk, the user's quota or the limit on the size of a file is used up.
        case full
        /// The operating system refused in another way.
        case io
        /// A frame is larger than readers believe.
        case tooLarge
        /// The file is no journal, or one of another version.
        case format
        /// Bytes in the middle are not what was written.
        case corrupt
    }

    /// The kind of failure.
    public let code: Code
    /// The file.
    public let path: String
    /// What is wrong.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    init(_ code: Code, _ path: String, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.path = path
        self.problem = problem
        self.remedy = remedy ?? Self.remedy(for: code)
    }

    /// A failure of the system's, from what it left in `errno`.
    init(system path: String, _ problem: String) {
        let number = errno
        let code: Code = [ENOSPC, EDQUOT, EFBIG].contains(number) ? .full : .io
        self.init(code, path, "\(problem): \(String(cString: strerror(number)))")
    }

    private static func remedy(for code: Code) -> String {
        switch code {
        case .exists: "Choose another name"
        case .locked: "Wait for its end, or stop it"
        case .full: "Make room, then resume the run: every finished tick is kept"
        case .io: "Check the disk and that you may use the file and its folder, then resume the run"
        case .tooLarge: "Run a smaller scenario: fewer agents, classes or ticks"
        case .format: "Name a journal of this version of gridtide"
        case .corrupt: "Bring the file back from a copy, or run the scenario again"
        }
    }

    /// File, problem and remedy in one line.
    public var description: String { "journal \(path): \(problem). \(remedy)." }
}
