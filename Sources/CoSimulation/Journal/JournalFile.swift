#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file of the journal, opened by POSIX calls so that every failure has its errno and syncs reach the disk.
final class JournalFile {
    private let descriptor: Int32
    private let path: String

    /// Makes a new file, which must not exist, and locks it. Throws `JournalError`.
    convenience init(creating path: String) throws(JournalError) {
        try self.init(path, flags: O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, locked: true)
    }

    /// Opens a file for appending and locks it: two writers would tear it. Throws `JournalError`.
    convenience init(appending path: String) throws(JournalError) {
        try self.init(path, flags: O_RDWR | O_APPEND | O_CLOEXEC, locked: true)
    }

    /// Opens a file for reading. Throws `JournalError`.
    convenience init(reading path: String) throws(JournalError) {
        try self.init(path, flags: O_RDONLY | O_CLOEXEC, locked: false)
    }

    private init(_ path: String, flags: Int32, locked: Bool) throws(JournalError) {
        self.path = path
        descriptor = open(path, flags, 0o644)
        guard descriptor >= 0 else {
            let code: JournalError.Code = errno == EEXIST ? .exists : .io
            throw JournalError(code, path, "it cannot be opened: \(errorText())")
        }
        guard !locked || flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw JournalError(.locked, path, "another process writes it")
        }
    }

    deinit { close(descriptor) }

    /// Appends all bytes. Throws `JournalError`, on a full disk for example; part of them may then be in the file.
    func append(_ bytes: [UInt8]) throws(JournalError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + done, bytes.count - done) }
            if count < 0 {
                if errno == EINTR { continue }
                throw JournalError(.io, path, "it cannot be written: \(errorText())")
            }
            done += count
        }
    }

    /// Reads up to `count` bytes; fewer only at the end of the file. Throws `JournalError`.
    func read(_ count: Int) throws(JournalError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { readBytes(descriptor, $0.baseAddress! + done, count - done) }
            if got < 0 {
                if errno == EINTR { continue }
                throw JournalError(.io, path, "it cannot be read: \(errorText())")
            }
            if got == 0 { break }
            done += got
        }
        return Array(bytes.prefix(done))
    }

    /// Reads up to `count` bytes from a place; fewer only at the end of the file. Throws `JournalError`.
    func read(_ count: Int, at offset: Int) throws(JournalError) -> [UInt8] {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw JournalError(.io, path, "it cannot be read: \(errorText())")
        }
        return try read(count)
    }

    /// Size in bytes. Throws `JournalError`.
    func size() throws(JournalError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw JournalError(.io, path, "its size is unknown: \(errorText())")
        }
        return Int(status.st_size)
    }

    /// Cuts the file. Throws `JournalError`.
    func truncate(to size: Int) throws(JournalError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else {
            throw JournalError(.io, path, "it cannot be cut: \(errorText())")
        }
    }

    /// Waits until the file's name is on the disk. Throws `JournalError`.
    func syncFolder() throws(JournalError) {
        let name = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let folder = open(name.isEmpty ? "/" : name, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw JournalError(.io, path, "its folder cannot be opened: \(errorText())") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw JournalError(.io, path, "its folder cannot be synced: \(errorText())") }
    }

    /// Waits until everything written is on the disk. Throws `JournalError`.
    func sync() throws(JournalError) {
        guard fsync(descriptor) == 0 else { throw JournalError(.io, path, "it cannot be synced: \(errorText())") }
    }
}

// The member named `read` would shadow the call.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func errorText() -> String {
    String(cString: strerror(errno))
}

/// A journal that cannot be read, written or believed.
public struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The file is there already; no run is ever overwritten.
        case exists
        /// Another process writes it.
        case locked
        /// The operating system refused.
        case io
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

    init(_ code: Code, _ path: String, _ problem: String) {
        self.code = code
        self.path = path
        self.problem = problem
    }

    /// File and problem in one line.
    public var description: String { "journal \(path): \(problem)" }
}
