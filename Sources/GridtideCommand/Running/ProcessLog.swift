internal import Foundation
internal import SystemPackage

/// What a process of a run wrote; one that is started again goes on in the same file.
struct ProcessLog {
    let path: String

    /// What stands in it where a process was started again.
    private static let beginning = "--- started again ---"
    /// How much of its end is read for its last lines, in bytes.
    private static let tailBytes = 8192

    /// Opens it for a process that is about to start. Throws `Errno`.
    func open() throws -> FileDescriptor {
        let file = try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
        // On a full disk the process may still do its work.
        if try file.seek(offset: 0, from: .end) > 0 { _ = try? file.writeAll("\(Self.beginning)\n".utf8) }
        return file
    }

    /// The last lines of the process that was started last, whatever bytes it wrote; empty where it wrote none.
    var lastLines: [String] {
        guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)) else { return [] }
        defer { try? file.close() }
        guard let size = try? file.seekToEnd(),
            (try? file.seek(toOffset: size - min(size, UInt64(Self.tailBytes)))) != nil,
            let tail = try? file.readToEnd()
        else { return [] }
        let lines = String(decoding: tail, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.suffix(from: lines.lastIndex(of: Self.beginning[...]).map { $0 + 1 } ?? 0).map(String.init)
    }
}
