/// The orders whose placement a clearing program decides, with the options it may use; all others are placed already
/// and load the regions by a constant.
struct OrdersInQuestion {
    /// Orders in question, ascending.
    private(set) var orders: [Int32] = []
    /// By option, whether the program has it.
    private(set) var isCandidate: [Bool]
    /// By order, whether it is in question.
    private(set) var contains: [Bool]
    /// By region, energy of the orders not in question.
    private(set) var fixedEnergy: [Double]
    /// By region and resource, their work.
    private(set) var fixedWork: [Double]

    /// No order in question: all stay where they are.
    init(_ table: ClearingTable, _ fills: OrderFills, regionCount: Int) {
        isCandidate = Array(repeating: false, count: table.regions.count)
        contains = Array(repeating: false, count: table.orderCount)
        fixedEnergy = Array(repeating: 0, count: regionCount)
        fixedWork = Array(repeating: 0, count: regionCount * table.resourceCount)
        for order in 0..<fills.count { load(order, fills[order], table, sign: 1) }
    }

    /// Every order with every option in question.
    init(allOf table: ClearingTable, regionCount: Int) {
        isCandidate = Array(repeating: true, count: table.regions.count)
        contains = table.demands.map { $0 > 0 }
        fixedEnergy = Array(repeating: 0, count: regionCount)
        fixedWork = Array(repeating: 0, count: regionCount * table.resourceCount)
        orders = contains.indices.filter { contains[$0] }.map { Int32($0) }
    }

    /// Puts an order in question, with the options it fills and those it could stay at.
    mutating func open(_ order: Int, _ fill: ArraySlice<OrderFills.Entry>, _ table: ClearingTable) {
        if contains[order] { return }
        contains[order] = true
        orders.append(Int32(order))
        load(order, fill, table, sign: -1)
        for entry in fill { addCandidate(entry.option) }
        for stay in table.stays(order) { addCandidate(stay.option) }
    }

    /// Lets the program use an option. Returns whether that is new.
    @discardableResult
    mutating func addCandidate(_ option: Int32) -> Bool {
        if option == OrderChoice.unserved || isCandidate[Int(option)] { return false }
        isCandidate[Int(option)] = true
        return true
    }

    /// Brings the orders back into ascending order, and rounding of the loads to zero where nothing is left of them.
    mutating func settle(_ table: ClearingTable, _ fills: OrderFills) {
        orders.sort()
        for region in fixedEnergy.indices { fixedEnergy[region] = 0 }
        for index in fixedWork.indices { fixedWork[index] = 0 }
        for order in 0..<fills.count where !contains[order] { load(order, fills[order], table, sign: 1) }
    }

    private mutating func load(
        _ order: Int, _ fill: ArraySlice<OrderFills.Entry>, _ table: ClearingTable, sign: Double
    ) {
        let resources = table.resourceCount
        for entry in fill where entry.option != OrderChoice.unserved {
            let region = Int(table.regions[Int(entry.option)])
            fixedEnergy[region] += sign * entry.amount
            for resource in 0..<resources {
                fixedWork[region * resources + resource] +=
                    sign * entry.amount * table.works[order * resources + resource]
            }
        }
    }
}
