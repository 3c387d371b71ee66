/// A failure in words.
public struct Fault: Error, CustomStringConvertible {
    /// The failure, without a full stop.
    public let description: String

    /// A failure in words, without a full stop.
    public init(description: String) { self.description = description }
}
