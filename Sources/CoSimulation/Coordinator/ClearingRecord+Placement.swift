internal import InferencePlacement

extension ClearingRecord {
    /// The record of a placement of a book.
    init(_ placement: Placement, book: OrderBook, coupling: CouplingOutcome, waiting: [Double]) {
        self.init(
            objective: placement.objective, relativeGap: placement.relativeGap, costUSD: placement.costUSD,
            energyUSD: placement.energyUSD, frictionUSD: placement.frictionUSD, switchingUSD: placement.switchingUSD,
            unservedUSD: placement.unservedUSD, emissionsKg: placement.emissionsKg,
            awards: placement.awards.map { award in
                let order = book.orders[award.order]
                return AwardRecord(
                    service: order.service, workloadClass: order.line.workloadClass,
                    region: order.line.options[award.option].region,
                    requests: award.requests, energyMWh: award.energyMWh)
            },
            unserved: Self.left(placement.unservedRequests, of: book), regions: placement.regions, coupling: coupling,
            waiting: Self.left(waiting, of: book))
    }

    /// Requests of a book's orders that did not run; those of none are left out.
    private static func left(_ requests: [Double], of book: OrderBook) -> [UnservedRecord] {
        zip(book.orders, requests).filter { $0.1 > 0 }.map { order, requests in
            UnservedRecord(service: order.service, workloadClass: order.line.workloadClass, requests: requests)
        }
    }
}
