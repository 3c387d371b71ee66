internal import CoSimulation
internal import RunStore

/// What grids wanted of regions, gathered tick by tick into events (MODEL 4).
///
/// Entries of the scenario with one name are one event, and so are requests of a grid operator with one number. Ticks in a
/// row in which an operator caps a region are an event too.
struct EventLedger {
    /// An event in a region.
    struct Key: Hashable, Comparable {
        let event: Int
        let region: Int

        static func < (one: Key, other: Key) -> Bool { (one.event, one.region) < (other.event, other.region) }
    }

    /// What was wanted in a tick.
    struct Entry {
        let tick: Int
        /// How much less than in the baseline, MW; nothing where only the price was raised.
        let requestedMW: Double
        /// What a delivered MWh was to be paid, $/MWh.
        let priceUSDPerMWh: Double
        /// Whether the region's payment for curtailment in the tick is for this.
        let isRequest: Bool
    }

    private let scenario: [GridEvent]
    private let scenarioNames: [String]
    private let agents: [RunAgent]
    private let hours: Double
    private(set) var entries: [Key: [Entry]] = [:]
    private(set) var kinds: [Key: String] = [:]
    /// The last cap of an operator by region: its event and tick.
    private var lastCaps: [Int: (event: Int, tick: Int)] = [:]
    private var capCount = 0

    /// Events of operators that cap are numbered from here on, in the order they begin.
    private static let firstCap = 1 << 40

    init(scenario: [GridEvent], agents: [RunAgent], hours: Double) {
        self.scenario = scenario
        scenarioNames = scenario.names
        self.agents = agents
        self.hours = hours
    }

    /// Whether nothing was wanted of anybody.
    var isEmpty: Bool { entries.isEmpty }

    /// Adds a region in a tick, with its draw in the baseline.
    mutating func add(_ point: RegionPoint, baselineMWh: Double) {
        if let request = point.request {
            add(
                request.event, "curtailment", point.region,
                Entry(
                    tick: point.tick, requestedMW: request.reductionMW, priceUSDPerMWh: request.priceUSDPerMWh,
                    isRequest: true))
        }
        for event in scenario where event.region == point.region && event.ticks.contains(point.tick) {
            let number = scenarioNames.firstIndex(of: event.name) ?? 0
            switch event.kind {
            case .curtailment: continue
            case .cap(let capMW): add(number, "cap", point.region, cap(capMW, point.tick, baselineMWh))
            case .priceSpike:
                add(
                    number, "price-spike", point.region,
                    Entry(tick: point.tick, requestedMW: 0, priceUSDPerMWh: 0, isRequest: false))
            }
        }
        if let capMW = point.capMW { addOperatorCap(capMW, point, baselineMWh) }
    }

    /// Name of an event for people.
    func name(_ key: Key) -> String {
        if key.event < scenarioNames.count { return scenarioNames[key.event] }
        let gridOperator = agents[key.region].gridOperator.map { agents[$0].name } ?? ""
        if key.event >= Self.firstCap { return "\(gridOperator) cap \(key.event - Self.firstCap + 1)" }
        return "\(gridOperator) request \(key.event - scenarioNames.count + 1)"
    }

    private mutating func add(_ event: Int, _ kind: String, _ region: Int, _ entry: Entry) {
        let key = Key(event: event, region: region)
        entries[key, default: []].append(entry)
        kinds[key] = kinds[key] ?? kind
    }

    private mutating func addOperatorCap(_ capMW: Double, _ point: RegionPoint, _ baselineMWh: Double) {
        var event = Self.firstCap + capCount
        if let last = lastCaps[point.region], last.tick == point.tick - 1 { event = last.event } else { capCount += 1 }
        lastCaps[point.region] = (event, point.tick)
        add(event, "cap", point.region, cap(capMW, point.tick, baselineMWh))
    }

    private func cap(_ capMW: Double, _ tick: Int, _ baselineMWh: Double) -> Entry {
        Entry(
            tick: tick, requestedMW: max(0, baselineMWh / hours - capMW), priceUSDPerMWh: 0, isRequest: false)
    }
}
