import CHighs
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The HiGHS shared library, opened at run time so that building needs no HiGHS.
///
/// Looked for at a path the caller names, else at the path in `GRIDTIDE_HIGHS_LIBRARY`, else in
/// `.gridtide/python/highsbox/highs_dist/lib` beside the executable or any folder above it, else wherever the dynamic
/// loader finds `libhighs`. A path that is named is binding: nothing else is tried. Opened once for the process.
public struct HighsLibrary: Sendable {
    /// What was opened: a path, or a bare name that the dynamic loader resolved.
    public let path: String
    /// Version, such as `1.15.1`.
    public let version: String

    let api: chighs_api

    private static let opened = Mutex<HighsLibrary?>(nil)

    /// Opens the library, or returns the one that is open; `path` matters for the first call only.
    ///
    /// Solvers call this themselves: call it first to choose the file or to fail early. Safe from any thread.
    ///
    /// - Throws: `SolverError` of code `libraryUnavailable`, with every place tried and why it would not do.
    @discardableResult
    public static func load(path: String? = nil) throws(SolverError) -> HighsLibrary {
        let result = opened.withLock { opened -> Result<HighsLibrary, SolverError> in
            if let opened { return .success(opened) }
            let result = open(candidates(explicit: path))
            if case .success(let library) = result { opened = library }
            return result
        }
        return try result.get()
    }

    /// The first of some paths that opens, or an error that lists them all.
    static func open(_ candidates: [String]) -> Result<HighsLibrary, SolverError> {
        var reasons: [String] = []
        for candidate in candidates {
            var api = chighs_api()
            var message = [CChar](repeating: 0, count: 512)
            if chighs_load(candidate, &api, &message, Int32(message.count)) == 0 {
                let version = api.version().map { String(cString: $0) } ?? "unknown"
                return .success(HighsLibrary(path: candidate, version: version, api: api))
            }
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            reasons.append("\(candidate) (\(String(decoding: text, as: UTF8.self)))")
        }
        return .failure(
            SolverError(
                .libraryUnavailable, "The HiGHS library cannot be loaded; tried \(reasons.joined(separator: ", "))",
                remedy: "Run ./gridtide setup, install libhighs, or name the file in GRIDTIDE_HIGHS_LIBRARY"))
    }

    static func candidates(explicit: String?) -> [String] {
        if let explicit { return [explicit] }
        if let named = getenv("GRIDTIDE_HIGHS_LIBRARY"), named.pointee != 0 { return [String(cString: named)] }
        #if os(macOS)
            let names = ["libhighs.dylib"]
        #else
            let names = ["libhighs.so", "libhighs.so.1"]
        #endif
        let local = foldersAboveExecutable()
            .map { $0 + "/.gridtide/python/highsbox/highs_dist/lib/" + names[0] }
            .filter { access($0, R_OK) == 0 }
        return local + names
    }

    /// The folder of the executable and those above it, nearest first.
    private static func foldersAboveExecutable() -> [String] {
        var folders: [String] = []
        var parts = executablePath().split(separator: "/").dropLast()
        while !parts.isEmpty {
            folders.append("/" + parts.joined(separator: "/"))
            parts = parts.dropLast()
        }
        return folders
    }

    private static func executablePath() -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        #if os(macOS)
            var size = UInt32(buffer.count)
            guard _NSGetExecutablePath(&buffer, &size) == 0 else { return "" }
            let path = buffer.prefix { $0 != 0 }
        #else
            let length = readlink("/proc/self/exe", &buffer, buffer.count)
            guard length > 0 else { return "" }
            let path = buffer.prefix(length)
        #endif
        return String(decoding: path.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
