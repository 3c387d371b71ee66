/// A trace of requests, and the workload class it becomes.
public struct TraceSource: Sendable {
    /// Name of the class; the file's name tells it where there is none.
    public var className: String?
    /// The trace.
    public var file: SourceFile

    /// A trace with the name of its class, if it has one.
    public init(className: String? = nil, file: SourceFile) {
        self.className = className
        self.file = file
    }
}
