/// What changes from hour to hour in a network: demand by bus, and what some generators make or can make.
///
/// Demand is kept by area and shared out to buses, so a year of a network of a hundred buses takes a few MB.
public struct NetworkSeries: Sendable, Equatable {
    /// How a generator follows its series.
    public enum Output: Sendable, Equatable {
        /// It makes this much, MW: minimum and maximum.
        case fixedMW(Double)
        /// It makes up to this much, MW.
        case availableMW(Double)
    }

    /// A column of the series that a bus or generator follows.
    struct Follower: Sendable, Equatable {
        /// Index into the columns.
        var column: Int
        /// Share of the column.
        var share: Double
        /// Whether a generator has no choice.
        var isFixed: Bool
    }

    /// The first hour.
    public let firstHour: HourStamp
    /// Number of hours.
    public let hourCount: Int
    private let columns: [[Double]]
    private let demand: [Follower?]
    private let output: [Follower?]

    /// A series from its columns, and what each bus and each generator of a network follows.
    init(firstHour: HourStamp, columns: [[Double]], demand: [Follower?], output: [Follower?]) {
        self.firstHour = firstHour
        hourCount = columns.first?.count ?? 0
        self.columns = columns
        self.demand = demand
        self.output = output
    }

    /// Index of an hour; nil where the series does not have it.
    public func index(of stamp: HourStamp) -> Int? {
        let index = stamp.ordinal - firstHour.ordinal
        return (0..<hourCount).contains(index) ? index : nil
    }

    /// Demand of a bus in an hour, MW; nil where the network's own value holds.
    public func demandMW(bus: Int, hour: Int) -> Double? {
        demand[bus].map { columns[$0.column][hour] * $0.share }
    }

    /// What a generator makes or can make in an hour; nil where its own limits hold.
    public func output(generator: Int, hour: Int) -> Output? {
        output[generator].map { follower in
            let value = columns[follower.column][hour] * follower.share
            return follower.isFixed ? .fixedMW(value) : .availableMW(value)
        }
    }

    /// A network as it is in an hour: demands and limits set; it must be the one the series was made for.
    public func network(_ network: Network, hour: Int) -> Network {
        precondition(network.buses.count == demand.count && network.generators.count == output.count)
        var result = network
        for bus in demand.indices {
            if let value = demandMW(bus: bus, hour: hour) { result.buses[bus].demandMW = value }
        }
        for index in output.indices {
            switch output(generator: index, hour: hour) {
            case .fixedMW(let value):
                result.generators[index].minimumMW = value
                result.generators[index].maximumMW = value
            case .availableMW(let value):
                result.generators[index].maximumMW = value
                result.generators[index].minimumMW = min(result.generators[index].minimumMW, value)
            case nil:
                break
            }
        }
        return result
    }
}
