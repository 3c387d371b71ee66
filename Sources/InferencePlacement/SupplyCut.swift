/// A bound from below on what a supplier's energy costs, affine in the draws of its regions: a tangent of a convex cost.
///
/// cost >= cost_k + sum price_k (d - d_k), d the draws in MW (MODEL 3.4). A supplier that quotes such tangents can take
/// part in a joint optimum without saying anything else about itself.
public struct SupplyCut: Sendable, Equatable {
    /// Which supplier; cuts of one supplier bound the same cost.
    public var supplier: Int
    /// Indices of its regions.
    public var regions: [Int]
    /// Draw of each region where the tangent touches (d_k), MW.
    public var loadMW: [Double]
    /// Slope for each region (LMP_k), $/MWh.
    public var priceUSDPerMWh: [Double]
    /// Cost where the tangent touches (cost_k), $/h.
    public var costUSDPerHour: Double

    /// A cut from its parts; one load and one price per region.
    public init(supplier: Int, regions: [Int], loadMW: [Double], priceUSDPerMWh: [Double], costUSDPerHour: Double) {
        precondition(
            regions.count == loadMW.count && regions.count == priceUSDPerMWh.count, "one load and price per region")
        self.supplier = supplier
        self.regions = regions
        self.loadMW = loadMW
        self.priceUSDPerMWh = priceUSDPerMWh
        self.costUSDPerHour = costUSDPerHour
    }
}
