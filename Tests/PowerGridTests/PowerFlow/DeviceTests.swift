import PowerGrid
import Testing

/// Devices and options on networks small enough to work out by hand.
@Suite("Devices of a power flow")
struct DeviceTests {
    /// Two buses 0 and 1, a line of reactance 0.1, 100 MW of demand at bus 1, units at 20 and 50 $/MWh.
    static func pair(limitMW: Double = .infinity, shift: Double = 0) -> Network {
        Network(
            name: "pair", baseMVA: 100, buses: [Bus(number: 1, isReference: true), Bus(number: 2, demandMW: 100)],
            branches: [Branch(from: 0, to: 1, reactance: 0.1, limitMW: limitMW, shiftDegrees: shift)],
            generators: [
                NetworkGenerator(
                    name: "cheap", bus: 0, maximumMW: 150, cost: .polynomial(c2: 0, c1: 20, c0: 5),
                    emissionsKgPerMWh: 800, rampMWPerMinute: 1),
                NetworkGenerator(
                    name: "dear", bus: 1, maximumMW: 150, cost: .polynomial(c2: 0, c1: 50, c0: 0),
                    emissionsKgPerMWh: 300),
            ])
    }

    static func solve(
        _ network: Network, _ convention: NetworkConvention = .matpower,
        _ options: PowerFlowOptions = PowerFlowOptions(),
        change: (inout DCOptimalPowerFlow) throws -> Void = { _ in }
    ) throws -> (dispatch: NetworkDispatch, powerFlow: DCOptimalPowerFlow) {
        var powerFlow = try DCOptimalPowerFlow(network, convention: convention, options: options)
        try change(&powerFlow)
        guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
        return (dispatch, powerFlow)
    }

    @Test("A full line splits the price; c0 counts while a unit is in service")
    func congestion() throws {
        let (dispatch, _) = try Self.solve(Self.pair(limitMW: 70))
        #expect(agree(dispatch.generationMW, [70, 30], 1e-9))
        #expect(agree(dispatch.objectiveUSDPerHour, 5 + 1_400 + 1_500, 1e-9))
        #expect(agree(dispatch.lmpUSDPerMWh, [20, 50], 1e-9))
        let limits = dispatch.bindingBranches
        #expect(limits.count == 1 && limits[0].end == .greatest && agree(limits[0].shadowPriceUSDPerMWh, 30))
        let (without, _) = try Self.solve(Self.pair(limitMW: 70)) { $0.setInService(false, generator: 0) }
        #expect(agree(without.objectiveUSDPerHour, 5_000, 1e-9))
    }

    @Test("Angles follow flow; taps and shifts by convention")
    func angles() throws {
        var network = Self.pair(shift: 2)
        network.branches[0].tapRatio = 0.95
        let degrees = 180 / Double.pi
        let expected: [NetworkConvention: Double] = [
            .matpower: 0.1 * 0.95 * degrees + 2, .pglib: 0.1 * degrees, .plexos: 0.1 * degrees + 2,
        ]
        for convention in NetworkConvention.allCases {
            let (dispatch, _) = try Self.solve(network, convention)
            #expect(agree(dispatch.angleDegrees[1], -(expected[convention] ?? 0), 1e-9), "\(convention)")
        }
    }

    @Test("An angle limit is a limit of flow, in the convention that has them or where asked for")
    func angleLimits() throws {
        var network = Self.pair()
        network.branches[0].greatestAngleDegrees = 4
        let limit = 4 * Double.pi / 180 / 0.1 * 100
        let (dispatch, _) = try Self.solve(network, .pglib)
        #expect(agree(dispatch.flowMW[0], limit, 1e-9))
        #expect(dispatch.bindingBranches.map(\.quantity) == [.angle])
        #expect(agree(try Self.solve(network, .matpower).dispatch.flowMW[0], 100, 1e-9))
        let asked = PowerFlowOptions(enforcesAngleLimits: true)
        #expect(agree(try Self.solve(network, .matpower, asked).dispatch.flowMW[0], limit, 1e-9))
    }

    @Test("A phase shifter in a ring moves flow without any injection")
    func loopFlow() throws {
        var network = ThreeBus.network
        for bus in network.buses.indices { network.buses[bus].demandMW = 0 }
        network.branches[0].shiftDegrees = 6
        network.branches[1].limitMW = .infinity
        let (dispatch, powerFlow) = try Self.solve(network)
        let circulating = 6 * Double.pi / 180 / 0.3 * 100
        #expect(agree(dispatch.flowMW, [-circulating, -circulating, circulating], 1e-9))
        #expect(try powerFlow.emissionSignals()?.tracedKgPerMWh == [0, 0, 0])
    }

    @Test("Gs is load")
    func shunt() throws {
        var network = Self.pair()
        network.buses[0].shuntMW = 7
        let (dispatch, powerFlow) = try Self.solve(network)
        #expect(agree(dispatch.generationMW, [107, 0], 1e-9))
        #expect(try powerFlow.emissionSignals()?.consumptionMW == [7, 100])
    }

    @Test("Piecewise linear costs price by the piece; beyond the ends the last piece goes on")
    func pieces() throws {
        var network = Self.pair()
        network.generators[0].cost = .piecewiseLinear([SIMD2(20, 500), SIMD2(60, 1_300), SIMD2(120, 3_100)])
        let expected: [(Double, Double, Double)] = [(10, 300, 20), (40, 900, 20), (100, 2_500, 30), (140, 3_700, 30)]
        for (demand, cost, price) in expected {
            let (dispatch, _) = try Self.solve(network) { $0.setDemand(demand, bus: 1) }
            #expect(agree(dispatch.objectiveUSDPerHour, cost, 1e-9), "\(demand) MW")
            #expect(agree(dispatch.lmpUSDPerMWh[1], price, 1e-9), "\(demand) MW")
        }
        network.generators[0].cost = .piecewiseLinear([SIMD2(0, 0), SIMD2(10, 100), SIMD2(20, 150)])
        #expect(throws: PowerFlowError.self) { try DCOptimalPowerFlow(network, convention: .matpower) }
    }

    @Test("A dispatchable load draws up to where its worth meets the price")
    func dispatchableLoad() throws {
        var network = Self.pair(limitMW: 120)
        network.generators.append(
            NetworkGenerator(
                name: "load", bus: 1, minimumMW: -40, maximumMW: 0, cost: .polynomial(c2: 0, c1: 30, c0: 0)))
        let (dispatch, powerFlow) = try Self.solve(network)
        #expect(agree(dispatch.generationMW, [120, 0, -20], 1e-9))
        #expect(agree(dispatch.lmpUSDPerMWh, [20, 30], 1e-9))
        #expect(agree(dispatch.objectiveUSDPerHour, 5 + 2_400 - 600, 1e-9))
        guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
        #expect(agree(signals.consumptionMW, [0, 120], 1e-9))
        #expect(agree(signals.marginalKgPerMWh, [800, 0], 1e-9))
        #expect(signals.accountingError < 1e-9)
    }

    @Test("A direct-current line is dispatched within its range, with losses either way")
    func directCurrent() throws {
        var network = Self.pair(limitMW: 30)
        network.dcLines = [
            DCLine(from: 0, to: 1, minimumMW: -50, maximumMW: 50, fixedLossMW: 1, lossShare: 0.1)
        ]
        let (dispatch, powerFlow) = try Self.solve(network)
        #expect(agree(dispatch.dcFlowMW, [50], 1e-9) && agree(dispatch.dcLossMW, [6], 1e-9))
        #expect(agree(dispatch.generationMW, [80, 26], 1e-9))
        #expect(dispatch.bindingBranches.map(\.quantity) == [.flow, .schedule])
        #expect(try powerFlow.emissionSignals().map { $0.accountingError < 1e-9 } == true)
        let (back, other) = try Self.solve(network) {
            $0.setDemand([100, 0])
            try $0.setCost(.polynomial(c2: 0, c1: 90, c0: 0), generator: 0)
        }
        #expect(agree(back.dcFlowMW, [-50], 1e-9) && agree(back.dcLossMW, [1 + 50 / 0.9 * 0.1], 1e-9))
        #expect(agree(back.generationMW, [20, 30 + 50 / 0.9 + 1], 1e-9))
        #expect(try other.emissionSignals().map { $0.accountingError < 1e-9 } == true)
        let (closed, _) = try Self.solve(network) { $0.setInService(false, dcLine: 0) }
        #expect(agree(closed.generationMW, [30, 70], 1e-9) && closed.dcLossMW == [0])
    }

    @Test("Ramps hold against the last output, and give way to commitment and availability")
    func ramps() throws {
        let (slow, _) = try Self.solve(Self.pair()) { $0.limitRamps(from: [40, 60], minutes: 30) }
        #expect(agree(slow.generationMW, [70, 30], 1e-9))
        #expect(slow.bindingGenerators.map(\.index) == [0])
        let (down, _) = try Self.solve(Self.pair()) {
            $0.setDemand(0, bus: 0)
            $0.setDemand(20, bus: 1)
            $0.limitRamps(from: [45, 0], minutes: 30)
            $0.setGeneratorLimits(minimumMW: 0, maximumMW: 10, generator: 0)
        }
        #expect(agree(down.generationMW, [10, 10], 1e-9))
        let (lifted, _) = try Self.solve(Self.pair()) {
            $0.limitRamps(from: [0, 100], minutes: 1)
            $0.limitRamps(from: nil, minutes: 0)
        }
        #expect(agree(lifted.generationMW, [100, 0], 1e-9))
    }

    @Test("Demand goes unserved at its price, and the price is capped by it")
    func unserved() throws {
        let options = PowerFlowOptions(unservedEnergyUSDPerMWh: 3_000)
        let (dispatch, powerFlow) = try Self.solve(Self.pair(limitMW: 60), .matpower, options) {
            $0.setInService(false, generator: 1)
        }
        #expect(agree(dispatch.unservedMW, [0, 40], 1e-9))
        #expect(agree(dispatch.lmpUSDPerMWh, [20, 3_000], 1e-9))
        #expect(agree(dispatch.objectiveUSDPerHour, 5 + 1_200 + 120_000, 1e-9))
        #expect(try powerFlow.emissionSignals()?.marginalKgPerMWh == [800, 0])
    }

    @Test("Minimum output nobody takes is surplus where that is allowed, and no dispatch where it is not")
    func surplus() throws {
        var network = Self.pair()
        network.generators[1].minimumMW = 120
        var strict = try DCOptimalPowerFlow(network, convention: .matpower)
        guard case .infeasible(let conflict) = try strict.solve() else { throw Missing.dispatch }
        #expect(conflict.limits.contains(.generatorMinimum(1)) && agree(conflict.missingMW.reduce(0, +), -20))
        #expect(conflict.description.contains("minimum 120.0 MW of generator dear at bus 2"))
        let (dispatch, powerFlow) = try Self.solve(
            network, .matpower, PowerFlowOptions(surplusEnergyUSDPerMWh: 0))
        #expect(agree(dispatch.surplusMW, [0, 20], 1e-9) && agree(dispatch.curtailedMW, [0, 20], 1e-9))
        #expect(agree(dispatch.objectiveUSDPerHour, 5 + 6_000, 1e-9))
        #expect(agree(dispatch.emissionsKgPerHour, 36_000, 1e-9))
        #expect(agree(dispatch.lmpUSDPerMWh, [0, 0], 1e-9))
        guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
        #expect(agree(signals.marginalKgPerMWh, [0, 0], 1e-9) && agree(signals.averageKgPerMWh, 360, 1e-9))
    }

    @Test("Wind that nobody takes is curtailed")
    func curtailment() throws {
        var network = Self.pair(limitMW: 70)
        network.generators[0].cost = .polynomial(c2: 0, c1: 0, c0: 0)
        let (dispatch, _) = try Self.solve(network)
        #expect(agree(dispatch.curtailedMW, [80, 0], 1e-9))
    }

    @Test("A price that pays for use without end is unbounded")
    func unbounded() throws {
        var network = Self.pair()
        network.generators[0].maximumMW = .infinity
        network.generators[1].minimumMW = -.infinity
        var powerFlow = try DCOptimalPowerFlow(network, convention: .matpower)
        #expect(try powerFlow.solve() == .unbounded)
    }
}
