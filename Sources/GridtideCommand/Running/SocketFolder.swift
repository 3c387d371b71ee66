internal import Foundation
internal import ZeroMQTransport

/// A private folder for socket files, removed at the end of the run.
///
/// Where launcher and processes are all killed at once nobody is left to remove it, so the next launcher does. A folder is
/// in use for as long as its launcher holds the lock in it, which the kernel ends with the launcher. Nothing else than what
/// a launcher made is ever removed: no folder without the lock, and no file but that and the socket.
final class SocketFolder {
    private static let prefix = "gridtide-"
    private static let lockName = "launcher.lock"
    private static let socketName = "hub"
    private let path: String
    private let lock: Int32

    /// Makes the folder, for this user alone, and removes those of launchers that are gone. Throws `CommandError`.
    init() throws {
        // Paths of sockets are limited to 107 bytes, so that the folder of the run may be too deep for them.
        let base = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? "/tmp"
        SocketFolder.removeAbandoned(in: base)
        var template = Array("\(base)/\(SocketFolder.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw SocketFolder.failure("no folder for sockets can be made in \(base)")
        }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        lock = SocketFolder.lock(path)
        guard lock >= 0 else {
            let error = SocketFolder.failure("the folder for sockets \(path) cannot be locked")
            rmdir(path)
            throw error
        }
    }

    deinit { close(lock) }

    /// Where the coordinator is to listen.
    var endpoint: String { Endpoint.ipc(path: "\(path)/\(SocketFolder.socketName)").description }

    /// Removes the folder, with the socket file a killed coordinator may have left in it.
    func remove() { SocketFolder.removeFolder(path) }

    /// Removes the folder of an ipc endpoint whose launcher can do so no more; other endpoints and folders stay.
    static func remove(holding endpoint: String) {
        guard case .ipc(let path)? = try? Endpoint(parsing: endpoint) else { return }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if FileManager.default.fileExists(atPath: "\(folder)/\(lockName)") { removeFolder(folder) }
    }

    /// Removes a folder of ours. The lock goes last: by it the folder is found again if this is interrupted.
    private static func removeFolder(_ folder: String) {
        for name in [socketName, lockName] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// Makes the lock of a new folder and holds it; -1 where that fails. It has its name only once it is held, so that no
    /// other launcher takes the folder for abandoned in between.
    private static func lock(_ folder: String) -> Int32 {
        let draft = "\(folder)/\(lockName).new"
        let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return -1 }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, rename(draft, "\(folder)/\(lockName)") == 0 else {
            close(descriptor)
            unlink(draft)
            return -1
        }
        return descriptor
    }

    /// Removes the folders of this user's launchers that are gone: those with a lock that nobody holds.
    private static func removeAbandoned(in base: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        for name in names where name.hasPrefix(prefix) && isOwn("\(base)/\(name)") {
            let descriptor = open("\(base)/\(name)/\(lockName)", O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { removeFolder("\(base)/\(name)") }
            close(descriptor)
        }
    }

    /// Whether it is a folder of this user's, and no link that leads to one.
    private static func isOwn(_ folder: String) -> Bool {
        var status = stat()
        return lstat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
    }

    private static func failure(_ what: String) -> CommandError {
        CommandError(
            .inputOutput,
            "\(what): \(String(cString: strerror(errno))). Name a folder you may write to in XDG_RUNTIME_DIR, or run with --transport tcp or --in-process."
        )
    }
}
