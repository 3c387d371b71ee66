/// The strategies a program knows by name.
public struct AgentCatalogue: Sendable {
    /// Entries ascending by role, then name.
    public let entries: [CatalogueEntry]

    /// A catalogue; names must be unique within a role.
    public init(_ entries: [CatalogueEntry]) {
        self.entries = entries.sorted { ($0.role.rawValue, $0.name) < ($1.role.rawValue, $1.name) }
        for (left, right) in zip(self.entries, self.entries.dropFirst()) {
            precondition(
                left.role != right.role || left.name != right.name, "strategy \(left.name) is in the catalogue twice")
        }
    }

    /// The strategy of a role by name.
    public func entry(_ role: AgentRole, _ name: String) -> CatalogueEntry? {
        entries.first { $0.role == role && $0.name == name }
    }

    /// The names of a role, ascending.
    public func names(_ role: AgentRole) -> [String] {
        entries.filter { $0.role == role }.map(\.name)
    }
}

/// A strategy by name: its description and how to make one.
public struct CatalogueEntry: Sendable {
    /// How an agent of each role is made from its setup.
    enum Maker: Sendable {
        case gridOperator(any GridOperator.Type)
        case computeRegion(any ComputeRegion.Type)
        case serviceNode(any ServiceNode.Type)
    }

    /// The name scenarios use.
    public let name: String
    /// The role it plays.
    public let role: AgentRole
    /// One sentence on what it does.
    public let summary: String
    /// The settings it takes.
    public let fields: [Field]
    let maker: Maker

    /// Whether it is a grid operator that can quote, which iterated and co-optimised coupling need.
    public var quotes: Bool {
        guard case .gridOperator(let type) = maker else { return false }
        return type.quotes
    }

    /// Whether it is a grid operator whose prices no load changes, which price-taker coupling needs.
    public var hasGivenPrices: Bool {
        guard case .gridOperator(let type) = maker else { return false }
        return type.hasGivenPrices
    }

    /// A grid operator by name.
    public static func gridOperator<S: GridOperator>(_ name: String, _ type: S.Type) -> CatalogueEntry {
        CatalogueEntry(
            name: name, role: .gridOperator, summary: S.summary, fields: S.fields, maker: .gridOperator(type))
    }

    /// A compute region by name.
    public static func computeRegion<S: ComputeRegion>(_ name: String, _ type: S.Type) -> CatalogueEntry {
        CatalogueEntry(
            name: name, role: .computeRegion, summary: S.summary, fields: S.fields, maker: .computeRegion(type))
    }

    /// A service node by name.
    public static func serviceNode<S: ServiceNode>(_ name: String, _ type: S.Type) -> CatalogueEntry {
        CatalogueEntry(name: name, role: .serviceNode, summary: S.summary, fields: S.fields, maker: .serviceNode(type))
    }
}
