internal import Foundation
internal import ZeroMQTransport

/// A private folder for socket files, removed at the end of the run.
struct SocketFolder {
    private static let prefix = "gridtide-"
    private let path: String

    /// Makes the folder, for this user alone. Throws `CommandError`.
    init() throws {
        // Paths of sockets are limited to 107 bytes, so that the folder of the run may be too deep for them.
        let base = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? "/tmp"
        var template = Array("\(base)/\(SocketFolder.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandError(
                .failed, "no folder for sockets can be made in \(base): \(String(cString: strerror(errno)))")
        }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// Where the coordinator is to listen.
    var endpoint: String { Endpoint.ipc(path: "\(path)/hub").description }

    /// Removes the folder, with the socket file a killed coordinator may have left in it.
    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Removes the folder of an ipc endpoint whose launcher can do so no more; other endpoints and folders stay.
    static func remove(holding endpoint: String) {
        guard case .ipc(let path)? = try? Endpoint(parsing: endpoint) else { return }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        if folder.lastPathComponent.hasPrefix(prefix) { try? FileManager.default.removeItem(at: folder) }
    }
}
