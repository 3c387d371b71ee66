/// The units a clearing problem is written in, so that its numbers are near one whatever a request or a region is.
///
/// They are powers of ten and follow the books: a tick far larger or smaller than the one they were chosen for, such as
/// the first after a start without demand, chooses anew. A change of units moves no vertex.
struct ClearingUnits: Sendable {
    /// Energy one unit of a column stands for, MWh.
    private(set) var energyMWh = 1.0
    /// Accelerator-seconds one unit of a capacity row stands for, by resource.
    private(set) var work: [Double] = []
    /// Units of a limit on energy that is as good as none: a thousand times what all orders together ask for.
    private var noLimit = Double.infinity

    /// The part of a unit below which the solver's amounts mean nothing: about a billionth of the largest order.
    static let resolution = 1e-6

    /// Fits the units to the largest order of a book and to its heaviest work.
    mutating func fit(to book: OrderBook) {
        if work.isEmpty, let supply = book.supplies.first { work = supply.capacity.map { _ in 1 } }
        var largest = 0.0
        var total = 0.0
        for order in book.orders {
            largest = max(largest, order.energyMWh)
            total += order.energyMWh
        }
        // The largest order is to have about a thousand units.
        energyMWh = Self.fitted(energyMWh, to: largest / 1000)
        noLimit = 1000 * (1 + total / energyMWh)
        for resource in work.indices {
            var heaviest = 0.0
            for order in book.orders { heaviest = max(heaviest, order.workPerMWh(resource)) }
            work[resource] = Self.fitted(work[resource], to: heaviest * energyMWh)
        }
    }

    /// A limit on IT energy in units; infinite where it is so large that it would only blur other numbers.
    func limit(_ energyMWh: Double) -> Double {
        let limit = energyMWh / self.energyMWh
        return limit > noLimit ? .infinity : limit
    }

    /// Entry of an order's columns in the capacity row of a resource.
    func workEntry(_ order: WorkOrder, _ resource: Int) -> Double {
        order.workPerMWh(resource) * energyMWh / work[resource]
    }

    /// The unit as it is while within a factor of 100 of what it should be, else the power of ten nearest below that.
    private static func fitted(_ unit: Double, to wanted: Double) -> Double {
        precondition(wanted.isFinite, "an order's energy and work must be finite")
        guard wanted > 0, wanted < unit / 100 || wanted > unit * 100 else { return unit }
        var fitted = 1.0
        while fitted > wanted { fitted /= 10 }
        while fitted * 10 <= wanted { fitted *= 10 }
        return fitted
    }
}

extension WorkOrder {
    /// IT energy of the whole order, MWh: e lambda.
    var energyMWh: Double { line.energyKWhPerRequest * line.requests / 1000 }

    /// Work of a resource per IT energy, accelerator-seconds per MWh: w / e.
    func workPerMWh(_ resource: Int) -> Double { line.workPerRequest[resource] / line.energyKWhPerRequest * 1000 }
}
