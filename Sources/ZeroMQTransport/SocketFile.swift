#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file of an ipc endpoint and its private folder.
///
/// libzmq deletes whatever lies at the path before it listens, even the socket of a hub that is running, leaves access
/// to the umask, and never removes the file (4.3.4). So this checks first and cleans up.
struct SocketFile {
    let path: String
    /// Whether `prepare` made the folder, so that `cleanUp` removes it.
    private var madeDirectory = false
    /// The file's number once a hub listens, so that only its own file is removed; 0 before.
    private var fileNumber: UInt64 = 0

    init(path: String) { self.path = path }

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the folder if it is missing, and checks that it is private and that the path is free.
    ///
    /// A socket file that a killed process left behind counts as free.
    mutating func prepare() throws(ZeroMQError) {
        if mkdir(directory, 0o700) == 0 {
            madeDirectory = true
        } else if errno != EEXIST && errno != EISDIR {
            throw ZeroMQError(number: errno, "make the folder of the socket file", place: directory)
        }
        do {
            try checkDirectory()
            try checkFree()
        } catch {
            cleanUp()
            throw error
        }
    }

    /// Notes that the file at the path is now the hub's own.
    mutating func adopt() {
        var status = stat()
        if lstat(path, &status) == 0 { fileNumber = UInt64(status.st_ino) }
    }

    /// Removes the file, if it is still the hub's own, and the folder, if `prepare` made it and it is empty.
    mutating func cleanUp() {
        var status = stat()
        if fileNumber != 0 && lstat(path, &status) == 0 && UInt64(status.st_ino) == fileNumber { unlink(path) }
        fileNumber = 0
        if madeDirectory { rmdir(directory) }
        madeDirectory = false
    }

    private func checkDirectory() throws(ZeroMQError) {
        var status = stat()
        guard stat(directory, &status) == 0 else {
            throw ZeroMQError(number: errno, "read the folder of the socket file", place: directory)
        }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw ZeroMQError(
                .directoryNotPrivate, what: "the folder of the socket file is open to other users", place: directory,
                remedy: "put the socket into a folder of its own, or run chmod 700 \(directory)")
        }
    }

    private func checkFree() throws(ZeroMQError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ZeroMQError(
                .addressInUse, what: "cannot listen: a file that is not a socket lies at this path", place: path,
                remedy: "choose another path")
        }
        if isAnswered() { throw ZeroMQError(number: EADDRINUSE, "listen", place: "ipc://\(path)") }
    }

    /// Whether a process listens at the path.
    private func isAnswered() -> Bool {
        #if canImport(Glibc)
            let type = Int32(SOCK_STREAM.rawValue)
        #else
            let type = SOCK_STREAM
        #endif
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: path.utf8.prefix(room.count - 1))
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
