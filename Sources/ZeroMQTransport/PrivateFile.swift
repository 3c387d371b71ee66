#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file with a secret: written whole and for its owner alone, and read only if nobody else can.
enum PrivateFile {
    /// The largest file that is read, in bytes.
    private static let longestBytes = 16 << 20

    /// Writes a file with mode 0600 and puts it in the place of any other. Throws `system`.
    static func write(_ text: String, to path: String) throws(ZeroMQError) {
        let new = "\(path).new"
        unlink(new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ZeroMQError(number: errno, "make a key file", place: path) }
        let bytes = Array(text.utf8)
        var number: Int32 = 0
        var written = 0
        while written < bytes.count, number == 0 {
            let count = bytes.withUnsafeBytes {
                Self.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            if count > 0 { written += count } else if errno != EINTR { number = errno }
        }
        if number == 0, fsync(descriptor) != 0 { number = errno }
        if close(descriptor) != 0, number == 0 { number = errno }
        if number == 0, rename(new, path) != 0 { number = errno }
        guard number != 0 else { return }
        unlink(new)
        throw ZeroMQError(number: number, "write a key file", place: path)
    }

    /// Reads a file that only this user, or root, can read. Throws `fileNotPrivate`, `invalidKey` or `system`.
    static func read(_ path: String) throws(ZeroMQError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw ZeroMQError(number: errno, "read the key file", place: path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw ZeroMQError(number: errno, "read the key file", place: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= longestBytes else {
            throw ZeroMQError(
                .invalidKey, what: "not a key file", place: path, remedy: "name a file that gridtide wrote")
        }
        guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
            throw ZeroMQError(
                .fileNotPrivate, what: "the key file is open to other users", place: path,
                remedy: "run chmod 600 \(path), and if others could read it, run again with new keys")
        }
        return try contents(of: descriptor, bytes: Int(status.st_size), path)
    }

    private static func contents(of descriptor: Int32, bytes: Int, _ path: String) throws(ZeroMQError) -> String {
        var data = [UInt8](repeating: 0, count: bytes)
        var count = 0
        while count < bytes {
            let more = data.withUnsafeMutableBytes { Self.read(descriptor, $0.baseAddress! + count, bytes - count) }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw ZeroMQError(number: errno, "read the key file", place: path) }
            guard more > 0 else { break }
            count += more
        }
        return String(decoding: data[..<count], as: UTF8.self)
    }

    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #else
            Glibc.write(descriptor, bytes, count)
        #endif
    }

    private static func read(_ descriptor: Int32, _ room: UnsafeMutableRawPointer, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.read(descriptor, room, count)
        #elseif canImport(Musl)
            Musl.read(descriptor, room, count)
        #else
            Glibc.read(descriptor, room, count)
        #endif
    }
}
