/// Where the columns and rows of a horizon's program are.
///
/// Columns: by order and tick the energy run at each option, what is not served, what waits after the tick; by tick and
/// region the energy of each block; by order, option and tick what moved in, where moving costs.
struct HorizonLayout {
    let tickCount: Int
    /// First column of the options of an order in a tick.
    private(set) var runs: [[Int]] = []
    /// Column of what is not served, by order, then tick.
    private(set) var unserved: [[Int]] = []
    /// Column of what waits after a tick, by order, then tick; nil where nothing may wait.
    private(set) var waiting: [[Int]?] = []
    /// First column of the blocks, by tick, then region.
    private(set) var blocks: [[Int]] = []
    /// First column of what moved in at the options of an order in a tick; nil where moving is free.
    private(set) var moved: [[Int]?] = []
    private(set) var columnCount = 0

    init(_ window: HorizonWindow) {
        tickCount = window.tickCount
        for horizon in window.orders {
            let count = horizon.order.line.options.count
            runs.append((0..<tickCount).map { _ in take(count) })
            unserved.append((0..<tickCount).map { _ in take(1) })
            waiting.append(horizon.order.line.dueRequests.count > 1 ? (0..<tickCount).map { _ in take(1) } : nil)
            let isPriced = horizon.order.line.switchingUSDPerRequest > 0
            moved.append(isPriced ? (0..<tickCount).map { _ in take(count) } : nil)
        }
        blocks = window.supplies.map { tick in tick.map { take($0.blocks.count) } }
    }

    private mutating func take(_ count: Int) -> Int {
        columnCount += count
        return columnCount - count
    }
}
