internal import InferencePlacement

extension ServiceResult {
    /// What came of each service node's bid, but for what it paid. Without a horizon `waiting` is empty.
    static func results(of placement: Placement, book: OrderBook, waiting: [Double], serviceCount: Int) -> [Self] {
        let none = ServiceResult(placements: [], unservedRequests: [], paidUSD: 0)
        var results = [ServiceResult](repeating: none, count: serviceCount)
        for award in placement.awards {
            let order = book.orders[award.order]
            results[order.service].placements.append(
                ServicePlacement(
                    workloadClass: order.line.workloadClass, region: order.line.options[award.option].region,
                    requests: award.requests))
        }
        for (index, order) in book.orders.enumerated() {
            results[order.service].unservedRequests.append(placement.unservedRequests[index])
            if !waiting.isEmpty { results[order.service].waitingRequests.append(waiting[index]) }
        }
        return results
    }
}
