/// Bounds on the prices a clearing program may find: further from its centre, what orders not in question choose would
/// be another placement than the one they are fixed at.
struct PriceBox {
    let centre: ScarcityPrices
    /// How far a price may be from the centre, per MWh and per unit of work.
    let halfWidth: Double
    /// Energy and, by resource, work of all orders: the most that makes sense to be sold.
    let energy: Double
    let work: [Double]

    init(_ table: ClearingTable, around centre: ScarcityPrices, halfWidth: Double) {
        self.centre = centre
        self.halfWidth = halfWidth
        energy = table.demands.reduce(0, +)
        work = (0..<table.resourceCount).map { resource in
            table.demands.indices.reduce(0) {
                $0 + table.demands[$1] * table.works[$1 * table.resourceCount + resource]
            }
        }
    }
}
