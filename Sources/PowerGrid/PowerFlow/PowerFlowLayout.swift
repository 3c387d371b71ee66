/// Where the columns and rows of an optimal power flow are in its linear model.
///
/// Columns: the cost pieces of each generator, then its surplus, the unserved demand of each bus, the flow on each
/// branch, its opening, each direct-current line forwards and backwards, and the transfer of each limit between areas.
/// Rows: the balance of each bus, then the cycles, then the sum each transfer is. The opening of a branch is the angle across it beyond what its flow explains: zero while it is closed, free
/// while it is open, so that an outage changes bounds and nothing else.
struct PowerFlowLayout: Sendable, Equatable {
    /// First column of each generator, and behind the last one the end.
    let pieces: [Int]
    /// First column of the surplus of generators; nil without that option.
    let surplus: Int?
    /// First column of unserved demand; nil without that option.
    let unserved: Int?
    /// First column of the flows.
    let flow: Int
    /// First column of the openings.
    let opening: Int
    /// First column of the forward flows of direct-current lines.
    let forward: Int
    /// First column of their backward flows, as they arrive.
    let backward: Int
    /// First column of the transfers between areas.
    let transfer: Int
    /// Number of columns.
    let columnCount: Int
    /// Number of buses: the row of the first cycle.
    let busCount: Int

    init(_ network: Network, pieceCounts: [Int], options: PowerFlowOptions) {
        var next = 0
        func take(_ count: Int) -> Int {
            next += count
            return next - count
        }
        pieces = pieceCounts.map(take) + [next]
        surplus = options.surplusEnergyUSDPerMWh == nil ? nil : take(network.generators.count)
        unserved = options.unservedEnergyUSDPerMWh == nil ? nil : take(network.buses.count)
        flow = take(network.branches.count)
        opening = take(network.branches.count)
        forward = take(network.dcLines.count)
        backward = take(network.dcLines.count)
        transfer = take(network.transferLimits.count)
        columnCount = next
        busCount = network.buses.count
    }

    /// The columns of a generator's cost pieces.
    func pieces(of generator: Int) -> Range<Int> { pieces[generator]..<pieces[generator + 1] }
}
