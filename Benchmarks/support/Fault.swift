/// A failure in words.
public struct Fault: Error, CustomStringConvertible {
    public let description: String

    /// A failure in words, without a full stop.
    public init(description: String) { self.description = description }
}
