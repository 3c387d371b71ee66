import CoSimulation
import InferencePlacement

/// Settings as the scenario loader hands them over: what a test states, checked for its fields, and every default.
enum Settings {
    static func resolve(_ fields: [Field], _ given: [String: ParameterValue]) -> Parameters {
        var parameters = Parameters()
        for name in given.keys { precondition(fields.contains { $0.name == name }, "no field is called \(name)") }
        for field in fields {
            let value = given[field.name] ?? field.defaultValue
            precondition(value != nil || !field.isRequired, "\(field.name) is required")
            parameters[field.name] = value.map { resolve(field.kind, $0) }
        }
        return parameters
    }

    private static func resolve(_ kind: Field.Kind, _ value: ParameterValue) -> ParameterValue {
        guard case .rows(let fields, _) = kind, case .list(let rows) = value else { return value }
        return .list(
            rows.map { row in
                guard case .section(let section) = row else { return row }
                let pairs = section.entries.map { ($0.name, $0.value) }
                return .section(resolve(fields, Dictionary(pairs, uniquingKeysWith: { $1 })))
            })
    }

    /// A section from pairs.
    static func section(_ pairs: [(String, ParameterValue)]) -> ParameterValue {
        .section(Parameters(pairs))
    }

    /// A generator as a row of a fleet.
    static func generator(
        _ name: String, _ technology: String, capacityMW: Double, cost: Double, emissions: Double
    ) -> ParameterValue {
        section([
            ("name", .text(name)), ("technology", .text(technology)), ("capacityMW", .number(capacityMW)),
            ("costUSDPerMWh", .number(cost)), ("emissionsKgPerMWh", .number(emissions)),
        ])
    }

    /// Hydro 100 MW at 10, gas 100 MW at 50, oil 100 MW at 200.
    static let fleet = ParameterValue.list([
        generator("hydro", "hydro", capacityMW: 100, cost: 10, emissions: 0),
        generator("gas", "gas", capacityMW: 100, cost: 50, emissions: 400),
        generator("oil", "oil", capacityMW: 100, cost: 200, emissions: 800),
    ])

    /// 48 ticks of an hour.
    static let clock = Clock(startSeconds: 1_720_396_800, tickSeconds: 3600, tickCount: 48)

    /// Two classes: one that cannot wait, one that may wait six hours.
    static let classes = [
        WorkloadClass(
            name: "chat", latencyBudgetMilliseconds: 300, energyKWhPerRequest: 0.001, workPerRequest: [4],
            valueUSDPerRequest: 1),
        WorkloadClass(
            name: "batch", latencyBudgetMilliseconds: 3_600_000, energyKWhPerRequest: 0.01, workPerRequest: [30],
            movableShare: 0.8, valueUSDPerRequest: 1, switchingUSDPerRequest: 0.001, deadlineHours: 6,
            friction: Friction(payloadGBPerRequest: 0.001)),
    ]
}

extension GridOperator {
    /// An operator of two regions with some settings, defaults for the rest.
    init(_ given: [String: ParameterValue], clock: Clock = Settings.clock, regions: Int = 2) throws(ParameterError) {
        try self.init(
            setup: GridOperatorSetup(
                name: "grid", clock: clock, regions: (0..<regions).map { ConnectedRegion(name: "r\($0)", bus: "") },
                parameters: Settings.resolve(Self.fields, given)))
    }

    /// The signal for a tick.
    mutating func signal(tick: Int) -> GridSignal {
        signal(SignalObservation(context: .of(tick, .signalling)))
    }

    /// The dispatch of loads in a tick.
    mutating func dispatch(tick: Int, _ loadMW: [Double]) -> GridDispatch {
        dispatch(DispatchObservation(context: .of(tick, .dispatching), loadMW: loadMW))
    }
}

extension ComputeRegion {
    /// A region with some settings, defaults for the rest.
    init(
        _ given: [String: ParameterValue], clock: Clock = Settings.clock, resources: [String] = ["accelerator"]
    ) throws(ParameterError) {
        try self.init(
            setup: ComputeRegionSetup(
                name: "region", clock: clock, resources: resources, parameters: Settings.resolve(Self.fields, given)))
    }

    /// The offer for a tick at a local price.
    mutating func offer(tick: Int, price: Double = 50, last: RegionResult? = nil, seed: UInt64 = 1) -> CapacityOffer {
        offer(RegionObservation(context: .of(tick, .bidding, seed: seed), signal: .of(price), last: last))
    }
}

extension ServiceNode {
    /// A node with three regions, the second of which is home, and some settings, defaults for the rest.
    init(_ given: [String: ParameterValue], clock: Clock = Settings.clock) throws(ParameterError) {
        try self.init(
            setup: ServiceNodeSetup(
                name: "node", clock: clock, classes: Settings.classes, regions: ["far", "home", "near"], home: 1,
                roundTripMilliseconds: [196, 5, 70], egressUSDPerGB: [0.1, 0, 0.02],
                allowed: [[false, true, true], [true, true, true]],
                parameters: Settings.resolve(Self.fields, given)))
    }

    /// The bid for a tick under signals.
    mutating func bid(tick: Int, _ signals: [BusSignal]) -> WorkBid {
        bid(ServiceObservation(context: .of(tick, .bidding), signals: signals, last: nil))
    }
}

extension TickContext {
    static func of(_ tick: Int, _ phase: Phase, seed: UInt64 = 1) -> TickContext {
        TickContext(tick: tick, random: RandomStream(seed: seed, agent: 3, tick: tick, phase: phase))
    }
}

extension BusSignal {
    static func of(_ price: Double, emissions: Double = 0, forecast: [Double] = []) -> BusSignal {
        BusSignal(
            priceUSDPerMWh: price, marginalEmissionsKgPerMWh: emissions, averageEmissionsKgPerMWh: emissions,
            forecastPriceUSDPerMWh: forecast, forecastMarginalEmissionsKgPerMWh: forecast.map { _ in emissions })
    }
}

/// The setting that making a strategy finds fault with, nil if it finds none.
func path(_ make: @autoclosure () throws -> any Strategy) -> String? {
    do {
        _ = try make()
        return nil
    } catch {
        return (error as? ParameterError)?.path
    }
}
