import Foundation
import PowerGrid

/// The published files next to the repository, `../shared/data`; absent on most machines.
enum SharedData {
    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("shared/data")

    /// Why a test is skipped.
    static let reason = "needs the published files in ../shared/data"

    /// Whether the files are there.
    static let isPresent = FileManager.default.fileExists(atPath: root.path)

    /// Path of a file.
    static func path(_ name: String) -> String { root.appendingPathComponent(name).path }
}
