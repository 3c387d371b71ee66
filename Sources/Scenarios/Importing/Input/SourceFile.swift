/// A file to import: its name as the user gave it, and its bytes.
public struct SourceFile: Sendable {
    /// The name, with or without a path; faults are reported under it.
    public let name: String
    /// What it holds.
    public let bytes: [UInt8]

    /// A file from its bytes.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// A file from a text.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The name without its path.
    var baseName: String { name.split(separator: "/").last.map(String.init) ?? name }

    /// The name without its path and its endings.
    var stem: String { baseName.split(separator: ".").first.map(String.init) ?? baseName }
}
