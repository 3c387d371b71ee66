/// The data centre at a bus: how much load it can execute, and how much of that is overhead (MODEL 3.3 [V]).
///
/// The limit is on all load executed at the bus: bought there, less sent away, plus received. A bus that also has load
/// of another kind, or two sites of different PUE, is modelled as two buses joined by a line that costs nothing.
public struct ComputingSite: Sendable, Equatable {
    /// Index of its bus; a bus has one site at most.
    public let bus: Int
    /// Computing limit (D_n), facility MW, by period; infinite where there is none.
    public let limitsMW: [Double]
    /// Facility power over IT power (eta), by period.
    public let pue: [Double]

    /// A site from its parts; limits must not be negative, PUE at least 1.
    public init(bus: Int, limitsMW: [Double], pue: [Double]) {
        precondition(limitsMW.allSatisfy { $0 >= 0 }, "a computing limit is not negative")
        precondition(pue.allSatisfy { $0.isFinite && $0 >= 1 }, "PUE is at least 1")
        self.bus = bus
        self.limitsMW = limitsMW
        self.pue = pue
    }

    /// A site with a PUE of 1 throughout, so that load moved is neither more nor less.
    public init(bus: Int, limitsMW: [Double]) {
        self.init(bus: bus, limitsMW: limitsMW, pue: limitsMW.map { _ in 1 })
    }
}
