/// A net transfer capacity between two balancing areas: a limit on the sum of flows over everything that joins them
/// (MODEL 3.1).
public struct TransferLimit: Sendable, Equatable {
    /// Name; empty where the pair of areas says enough.
    public var name: String
    /// Number of the area the flow is counted from.
    public var fromArea: Int
    /// Number of the area the flow is counted to.
    public var toArea: Int
    /// Most that may flow from the first area to the second, MW; infinite where there is no limit.
    public var forwardMW: Double
    /// Most that may flow the other way, MW.
    public var reverseMW: Double

    /// A limit from its parts.
    public init(name: String = "", fromArea: Int, toArea: Int, forwardMW: Double, reverseMW: Double) {
        self.name = name
        self.fromArea = fromArea
        self.toArea = toArea
        self.forwardMW = forwardMW
        self.reverseMW = reverseMW
    }

    /// Which way something that joins two buses counts: 1 from the first area to the second, -1 back, 0 elsewhere.
    func sign(from: Bus, to: Bus) -> Double {
        if from.area == fromArea, to.area == toArea { return 1 }
        return from.area == toArea && to.area == fromArea ? -1 : 0
    }
}
