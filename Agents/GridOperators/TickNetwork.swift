internal import CoSimulation
internal import PowerGrid

/// A network as the settings of an operator describe it, tick by tick.
protocol TickNetwork: Sendable {
    /// The network before its first tick; its costs include the carbon price.
    var network: Network { get }
    /// How its numbers become a model.
    var convention: NetworkConvention { get }
    /// Price of demand that is not served, $/MWh.
    var unservedEnergyUSDPerMWh: Double { get }
    /// Carbon price that generators pay, $/kg.
    var carbonPriceUSDPerKg: Double { get }
    /// Index of the bus of each connected region.
    var regionBuses: [Int] { get }
    /// Its balancing areas.
    var areas: NetworkAreas { get }
    /// Demand of each bus other than compute regions, MW.
    func busDemandMW(tick: Int) -> [Double]
    /// Sets what can run and flow in a tick.
    func setSupply(tick: Int, of flow: inout DCOptimalPowerFlow)
}

/// The balancing areas of a network.
struct NetworkAreas: Sendable {
    /// Their names.
    let names: [String]
    /// The area of each bus, as an index into the names.
    let ofBus: [Int]

    init(names: [String], ofBus: [Int]) {
        self.names = names
        self.ofBus = ofBus
    }

    /// The areas a network's buses name by number; one area has the name of its operator.
    init(_ network: Network, operatorName: String) {
        let numbers = Set(network.buses.map(\.area)).sorted()
        names = numbers.count == 1 ? [operatorName] : numbers.map(String.init)
        ofBus = network.buses.map { numbers.firstIndex(of: $0.area)! }
    }
}

extension Network {
    /// The network with a carbon price in the costs of all that emits, $/kg; dispatchable loads emit nothing.
    func priced(carbonUSDPerKg: Double) -> Network {
        var network = self
        for index in generators.indices where generators[index].minimumMW >= 0 {
            let rate = carbonUSDPerKg * generators[index].emissionsKgPerMWh
            switch generators[index].cost {
            case .polynomial(let c2, let c1, let c0):
                network.generators[index].cost = .polynomial(c2: c2, c1: c1 + rate, c0: c0)
            case .piecewiseLinear(let points):
                network.generators[index].cost = .piecewiseLinear(
                    points.map { SIMD2($0.x, $0.y + rate * $0.x) })
            }
        }
        return network
    }
}
