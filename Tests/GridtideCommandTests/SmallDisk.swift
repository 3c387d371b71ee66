import Foundation

/// A disk of a test's own in memory, of a size that can be changed, or a folder seen through a window that cannot be
/// written; gone when the test is over. Mounting needs root, and a kernel that lets it.
final class SmallDisk {
    /// Where it is.
    let path: String

    /// Whether this machine mounts what a test asks for.
    static let isPossible: Bool = {
        guard let folder = try? Sandbox(scenarios: []) else { return false }
        return (try? SmallDisk(at: folder.path("disk"), kilobytes: 64)) != nil
    }()

    /// What a test says that is skipped without it.
    static let need: String = "mounting a disk of one's own needs root on Linux"

    /// An empty disk. Throws `TestSetupError` when it cannot be mounted.
    init(at path: String, kilobytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path)
    }

    /// A folder that is there already, read-only. Throws `TestSetupError` when it cannot be mounted.
    init(at path: String, showing folder: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.run("mount", "--bind", folder, path)
        try Self.run("mount", "-o", "remount,bind,ro", path)
    }

    /// Makes room.
    func grow(toKilobytes size: Int) throws { try Self.run("mount", "-o", "remount,size=\(size)k", path) }

    deinit { try? Self.run("umount", "-l", path) }

    private static func run(_ words: String...) throws {
        #if os(Linux)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = words
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw TestSetupError("\(words.joined(separator: " ")): status \(process.terminationStatus)")
            }
        #else
            throw TestSetupError("no disks of one's own here")
        #endif
    }
}
