import PowerGrid

/// The three-bus test of MODEL 3.2: a triangle of equal reactances with a limit of 70 MW between buses 1 and 3.
enum ThreeBus {
    static let network = Network(
        name: "three buses", baseMVA: 100,
        buses: [
            Bus(number: 1, isReference: true, demandMW: 20), Bus(number: 2, demandMW: 40),
            Bus(number: 3, demandMW: 150),
        ],
        branches: [
            Branch(from: 1, to: 0, reactance: 0.1), Branch(from: 0, to: 2, reactance: 0.1, limitMW: 70),
            Branch(from: 1, to: 2, reactance: 0.1),
        ],
        generators: [
            NetworkGenerator(
                bus: 0, maximumMW: 200, cost: .polynomial(c2: 0, c1: 20, c0: 0), emissionsKgPerMWh: 950),
            NetworkGenerator(
                bus: 1, maximumMW: 200, cost: .polynomial(c2: 0, c1: 45, c0: 0), emissionsKgPerMWh: 400),
        ])

    /// The optimum with some demand, MW.
    static func solved(demandMW: [Double] = [20, 40, 150]) throws -> (DCOptimalPowerFlow, NetworkDispatch) {
        var powerFlow = try DCOptimalPowerFlow(network, convention: .matpower)
        powerFlow.setDemand(demandMW)
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        return (powerFlow, dispatch)
    }
}

/// Something a test needs is not there.
enum Missing: Error {
    case dispatch
    case signals
}
