/// A clearing that has not been committed to: one of several in a tick.
public struct TrialPlacement: Sendable {
    /// The placement, priced at `book`.
    public let placement: Placement
    /// The book with the grid prices the placement was made at.
    public let book: OrderBook
    /// Under cuts, a bound from below on the joint cost of placement and supply, $ per tick.
    public let boundUSD: Double?

    /// Cost without what the grid is paid: mark-ups, friction, switching and lost value, $ per tick.
    public var costBesidesGridUSD: Double {
        var cost = placement.costUSD
        for (region, supply) in zip(placement.regions, book.supplies) {
            cost -= region.gridMWh * supply.gridPriceUSDPerMWh
        }
        return cost
    }
}
