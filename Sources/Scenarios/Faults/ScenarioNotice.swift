/// Something a scenario may well mean, but that its author should know: a filled gap, demand beyond capacity.
public struct ScenarioNotice: Sendable, Equatable, CustomStringConvertible {
    /// Where it stands.
    public let place: SourcePlace
    /// The setting, such as `gridOperators[0].demandMW`.
    public let path: String
    /// What there is to know, in one sentence.
    public let text: String

    /// Place, path and text on one line.
    public var description: String { "\(place) \(path): \(text)" }
}
