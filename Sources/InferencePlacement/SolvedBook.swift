/// What a solve found for a book.
struct SolvedBook {
    /// Work of an order at one of its options.
    struct Amount {
        /// Position among the options of the bid.
        let option: Int
        /// IT energy, MWh.
        let energyMWh: Double
        /// Requests that ran there in the last tick.
        let lastRequests: Double
        /// Requests the energy is for; found when rounding is settled.
        var requests = 0.0
    }

    /// Relative primal-dual gap.
    let relativeGap: Double
    /// Amounts of all orders, by order, then option.
    private(set) var amounts: [Amount] = []
    /// By order, the first of its amounts; one more at the end.
    private(set) var starts: [Int] = [0]
    /// Worth of one more MWh of IT energy by region, in the unit of the mechanism's objective.
    let energyPerMWh: [Double]
    /// Worth of one more accelerator-second by region and resource, in the unit of the mechanism's objective.
    let capacityPerAcceleratorSecond: [[Double]]
    /// Under cuts, facility energy placed that comes from the grid, MWh by region.
    private(set) var gridMWh: [Double]?

    /// A book of which no order is known yet.
    init(relativeGap: Double, energyPerMWh: [Double], capacityPerAcceleratorSecond: [[Double]]) {
        self.relativeGap = relativeGap
        self.energyPerMWh = energyPerMWh
        self.capacityPerAcceleratorSecond = capacityPerAcceleratorSecond
    }

    /// Adds the next order of the book: amounts ascending by option, those of nothing left out or not.
    mutating func addOrder(_ amounts: some Sequence<Amount>) {
        self.amounts += amounts
        starts.append(self.amounts.count)
    }

    /// Reads a search's result back into the units of the book.
    init(
        _ found: ClearingSearch.Result, _ table: ClearingTable, _ units: ClearingUnits, _ history: ClearingHistory,
        _ book: OrderBook
    ) {
        let capacity = book.supplies.indices.map { region in
            units.work.indices.map {
                found.prices.capacity[region * units.work.count + $0] * units.energyMWh / units.work[$0]
            }
        }
        self.init(
            relativeGap: found.relativeGap, energyPerMWh: found.prices.energy, capacityPerAcceleratorSecond: capacity)
        if found.cutRows.rowCount > 0 {
            gridMWh = zip(found.gridEnergy, book.supplies).map { $0 * units.energyMWh * $1.pue }
        }
        amounts.reserveCapacity(table.orderCount)
        for (order, slot) in table.slots.enumerated() {
            let line = book.orders[order].line
            let places = history.places(ofSlot: slot)
            for entry in found.fills[order].sorted(by: { $0.option < $1.option })
            where entry.option != OrderChoice.unserved {
                let region = table.regions[Int(entry.option)]
                var last = places?.first { $0.region == region }?.requests ?? 0
                if places == nil, entry.option == table.homes[order] { last = line.requests }
                amounts.append(
                    Amount(
                        option: Int(entry.option - table.starts[order] + table.bases[order]),
                        energyMWh: entry.amount * units.energyMWh, lastRequests: last))
            }
            starts.append(amounts.count)
        }
    }
}
