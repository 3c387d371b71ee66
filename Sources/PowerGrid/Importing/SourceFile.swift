import Foundation

/// A file to import: its name, for messages, and its bytes.
public struct SourceFile: Sendable, Equatable {
    /// Name in messages, such as `case9.m`.
    public let name: String
    /// Content.
    public let bytes: [UInt8]

    /// A file from its content.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// A file from a text.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// Reads a file; its name is the last component of the path.
    public init(path: String) throws(ImportError) {
        let name = String(path.split(separator: "/").last ?? "")
        let refusal: (rule: String, remedy: String)
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let data = try handle.read(upToCount: ImportLimits.bytes + 1) ?? Data()
            self.init(name: name, bytes: [UInt8](data))
            return
        } catch {
            refusal = ("the file cannot be read at \(path)", "Check the path and the permissions.")
        }
        throw ImportError(faults: [
            ImportFault(
                file: name, line: nil, field: "", value: nil, rule: refusal.rule, remedy: refusal.remedy)
        ])
    }
}
