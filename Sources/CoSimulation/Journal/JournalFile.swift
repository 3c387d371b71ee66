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
            if errno == EEXIST { throw JournalError(.exists, path, "there is one already, and none is overwritten") }
            throw JournalError(system: path, "it cannot be opened")
        }
        guard !locked || flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw JournalError(.locked, path, "another process writes it")
        }
    }

    deinit { close(descriptor) }

    /// Appends all bytes or, on a full disk for example, none: what was written of them is cut off again. Throws `JournalError`.
    func append(_ bytes: [UInt8]) throws(JournalError) {
        let start = try size()
        do {
            try write(bytes)
        } catch {
            // Where even that fails, whoever opens the file next finds a torn end and cuts it.
            try? truncate(to: start)
            throw error
        }
    }

    private func write(_ bytes: [UInt8]) throws(JournalError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress! + done, bytes.count - done) }
            if count < 0 {
                if errno == EINTR { continue }
                throw JournalError(system: path, "it cannot be written")
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
                throw JournalError(system: path, "it cannot be read")
            }
            if got == 0 { break }
            done += got
        }
        return Array(bytes.prefix(done))
    }

    /// Reads up to `count` bytes from a place; fewer only at the end of the file. Throws `JournalError`.
    func read(_ count: Int, at offset: Int) throws(JournalError) -> [UInt8] {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw JournalError(system: path, "it cannot be read")
        }
        return try read(count)
    }

    /// Size in bytes. Throws `JournalError`.
    func size() throws(JournalError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw JournalError(system: path, "its size is unknown")
        }
        return Int(status.st_size)
    }

    /// Cuts the file. Throws `JournalError`.
    func truncate(to size: Int) throws(JournalError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else {
            throw JournalError(system: path, "it cannot be cut")
        }
    }

    /// Removes the file's name.
    func remove() { unlink(path) }

    /// Waits until the file's name is on the disk. Throws `JournalError`.
    func syncFolder() throws(JournalError) {
        let name = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let folder = open(name.isEmpty ? "/" : name, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw JournalError(system: path, "its folder cannot be opened") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw JournalError(system: path, "its folder cannot be synced") }
    }

    /// Waits until everything written is on the disk. Throws `JournalError`.
    func sync() throws(JournalError) {
        guard fsync(descriptor) == 0 else { throw JournalError(system: path, "it cannot be synced") }
    }
}

// The members named `read` and `write` would shadow the calls.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func writeBytes(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
