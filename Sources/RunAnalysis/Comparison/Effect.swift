/// One figure of a run beside that of its baseline (MODEL 4: an effect is a difference between the two).
public struct Effect: Sendable, Equatable, Codable {
    /// What the figure is of.
    public enum Scope: String, Sendable, CaseIterable, Codable {
        /// All areas and regions.
        case system
        /// A balancing area.
        case area
        /// A compute region.
        case region
        /// A layer of MODEL 1.11.
        case layer
        /// A workload class.
        case workloadClass = "class"
        /// Work of one home area run in another; the name is "home > executing".
        case flow
        /// A demand-response event in a region; the name is "event region".
        case event
        /// A tick of coincident peak; the name is its rank among the highest loads.
        case peak
    }

    /// What the figure is of.
    public var scope: Scope
    /// Name of the area, region, layer, class or flow; "system" for all.
    public var name: String
    /// Name of the figure.
    public var quantity: String
    /// Its unit; empty for shares and ratios.
    public var unit: String
    /// The figure in the baseline; nil without one, or where it has no such figure.
    public var baseline: Double?
    /// The figure in the run; nil where it has no such figure.
    public var value: Double?

    /// Run minus baseline; nil unless both are known.
    public var change: Double? {
        guard let baseline, let value else { return nil }
        return value - baseline
    }

    /// Change in per cent of the baseline; nil where that is zero or negative, since a share of it would mislead.
    public var changePercent: Double? {
        guard let baseline, let change, baseline > 0 else { return nil }
        let percent = 100 * change / baseline
        return percent.isFinite ? percent : nil
    }

    enum CodingKeys: String, CodingKey {
        case scope, name, quantity, unit, baseline, value, change, changePercent
    }

    /// An effect from its parts.
    public init(scope: Scope, name: String, quantity: String, unit: String, baseline: Double?, value: Double?) {
        self.scope = scope
        self.name = name
        self.quantity = quantity
        self.unit = unit
        self.baseline = baseline
        self.value = value
    }

    /// Decodes an effect; the changes are recomputed.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        scope = try values.decode(Scope.self, forKey: .scope)
        name = try values.decode(String.self, forKey: .name)
        quantity = try values.decode(String.self, forKey: .quantity)
        unit = try values.decode(String.self, forKey: .unit)
        baseline = try values.decodeIfPresent(Double.self, forKey: .baseline)
        value = try values.decodeIfPresent(Double.self, forKey: .value)
    }

    /// Encodes an effect with its changes, so that readers of JSON need not compute them.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(scope, forKey: .scope)
        try values.encode(name, forKey: .name)
        try values.encode(quantity, forKey: .quantity)
        try values.encode(unit, forKey: .unit)
        try values.encodeIfPresent(baseline, forKey: .baseline)
        try values.encodeIfPresent(value, forKey: .value)
        try values.encodeIfPresent(change, forKey: .change)
        try values.encodeIfPresent(changePercent, forKey: .changePercent)
    }
}
