import Foundation

/// The real executable, as the tests run it.
enum Program {
    /// Path of `gridtide`, built beside the tests.
    ///
    /// `GRIDTIDE_PROGRAM` names another build to test. Throws `TestSetupError` when there is none.
    static func path() throws -> String {
        if let given = ProcessInfo.processInfo.environment["GRIDTIDE_PROGRAM"] { return given }
        let candidates = folders.map { $0.appendingPathComponent("gridtide").path }
        if let found = candidates.first(where: FileManager.default.isExecutableFile) { return found }
        throw TestSetupError(
            "There is no program 'gridtide' beside the tests; looked for \(candidates.joined(separator: ", ")). "
                + "Build it with 'swift build', or name it in GRIDTIDE_PROGRAM.")
    }

    /// Whether it was built with a sanitizer, which needs more than a limit on the size of files leaves it.
    static let isSanitized = ProcessInfo.processInfo.environment["GRIDTIDE_SANITIZER"] != nil

    /// The repository, found from this file.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The library that draws reports, where `./gridtide setup` puts it.
    static let vegaBundle = repository.appendingPathComponent(".gridtide/vega/vega-bundle.js").path

    /// The Python package that draws figures into files, where `./gridtide setup` puts it.
    static let converter = repository.appendingPathComponent(".gridtide/vega/python").path

    /// Where SwiftPM puts products: beside the test bundle, else in the debug folder of the repository.
    private static var folders: [URL] {
        var urls: [URL] = []
        #if os(Linux)
            if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
                urls.append(URL(fileURLWithPath: path).deletingLastPathComponent())
            }
        #endif
        urls += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        urls.append(repository.appendingPathComponent(".build/debug"))
        return urls
    }
}

/// Something the tests need is not there.
struct TestSetupError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
