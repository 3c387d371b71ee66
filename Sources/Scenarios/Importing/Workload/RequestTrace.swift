/// A trace of inference requests, by minute.
struct RequestTrace: Sendable {
    /// Requests of a minute with their tokens.
    struct Minute: Sendable, Equatable {
        var requests = 0.0
        var inputTokens = 0.0
        var outputTokens = 0.0
    }

    /// Name of the workload class it becomes.
    let className: String
    /// Name of the file.
    let file: String
    /// Whether the file has a row per request.
    let isRaw: Bool
    /// Rows of the file.
    let rowCount: Int
    /// All minutes from the first to the last.
    let minutes: [Minute]

    /// All requests.
    var requests: Double { minutes.reduce(0) { $0 + $1.requests } }
    /// Mean input tokens of a request (n_in).
    var meanInputTokens: Double { minutes.reduce(0) { $0 + $1.inputTokens } / requests }
    /// Mean output tokens of a request (n_out).
    var meanOutputTokens: Double { minutes.reduce(0) { $0 + $1.outputTokens } / requests }

    /// Requests of each whole minute: the first and last of a trace are cut, so they are left out where enough remain.
    var wholeMinutes: [Double] {
        let all = minutes.map(\.requests)
        return all.count < 12 ? all : Array(all.dropFirst().dropLast())
    }

    /// Whether requests of this kind are answered while a person waits for the first word (class A of MODEL 1).
    var isInteractive: Bool { ["conversation", "chat", "interactive"].contains(className) }
}
