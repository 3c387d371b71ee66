internal import CoSimulation
internal import PowerGrid

/// A grid operator that dispatches a network by DC optimal power flow (MODEL 3.1): prices and emissions differ by bus.
///
/// What it publishes assumes that compute regions draw what they drew last; what it reports afterwards is the dispatch of
/// the load that was really placed. It quotes for trial loads and keeps its network to itself.
struct DCOPFOperator: GridOperator {
    static let summary = "Dispatches a network by DC optimal power flow: prices, emissions and congestion by bus."
    static let fields: [Field] =
        NetworkSettings.fields + [
            .optional(
                "expectedComputeLoadMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
                "Draw of each connected region that the first signal assumes; later ones assume the last draw."),
            .optional(
                "ramps", .boolean, default: .boolean(false),
                "Whether generators keep the ramp limits of the case between ticks."),
        ]
    static let quotes = true

    private let name: String
    private let clock: Clock
    private let settings: NetworkSettings
    private let keepsRamps: Bool
    private var flow: DCOptimalPowerFlow
    private var expectedLoadMW: [Double]
    private var lastGenerationMW: [Double]?

    init(setup: GridOperatorSetup) throws(ParameterError) {
        name = setup.name
        clock = setup.clock
        settings = try NetworkSettings(setup)
        keepsRamps = setup.parameters.boolean("ramps")
        expectedLoadMW = setup.regions.map { _ in setup.parameters.number("expectedComputeLoadMW") }
        flow = try settings.makeFlow()
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        let solved = solve(tick: observation.tick, loadMW: expectedLoadMW)
        return GridSignal(
            buses: settings.regionBuses.map { bus in
                BusSignal(
                    priceUSDPerMWh: solved.dispatch.lmpUSDPerMWh[bus],
                    marginalEmissionsKgPerMWh: solved.signals.marginalKgPerMWh[bus],
                    averageEmissionsKgPerMWh: solved.signals.averageKgPerMWh)
            })
    }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        expectedLoadMW = observation.loadMW
        let solved = solve(tick: observation.tick, loadMW: observation.loadMW)
        lastGenerationMW = solved.dispatch.generationMW
        return GridDispatch(
            buses: outcomes(solved), areas: [outcome(solved, tick: observation.tick, loadMW: observation.loadMW)])
    }

    func quote(_ observation: QuoteObservation) -> GridQuote? {
        var trial = self
        let solved = trial.solve(tick: observation.tick, loadMW: observation.loadMW)
        return GridQuote(
            buses: outcomes(solved), costUSDPerHour: solved.dispatch.objectiveUSDPerHour,
            emissionsKgPerHour: solved.dispatch.emissionsKgPerHour)
    }

    /// A dispatch with its emission signals.
    private struct Solved {
        let dispatch: NetworkDispatch
        let signals: EmissionSignals
    }

    /// Dispatches the network of a tick with the regions' draws on top of its demand.
    ///
    /// Demand may go unserved and must-run output may be turned away, each at its price, so that there is always an
    /// answer unless phase shifters alone break the limits; then this agent cannot go on.
    private mutating func solve(tick: Int, loadMW: [Double]) -> Solved {
        settings.apply(tick: tick, loadMW: loadMW, to: &flow)
        if keepsRamps { flow.limitRamps(from: lastGenerationMW, minutes: Double(clock.tickSeconds) / 60) }
        do {
            let outcome = try flow.solve()
            guard let dispatch = outcome.dispatch, let signals = try flow.emissionSignals(resolvesKinks: false) else {
                fatalError("grid operator \(name), tick \(tick): the network has no dispatch: \(outcome.status)")
            }
            return Solved(dispatch: dispatch, signals: signals)
        } catch {
            fatalError("grid operator \(name), tick \(tick): \(error)")
        }
    }

    private func outcomes(_ solved: Solved) -> [BusOutcome] {
        settings.regionBuses.map { bus in
            BusOutcome(
                priceUSDPerMWh: solved.dispatch.lmpUSDPerMWh[bus],
                marginalEmissionsKgPerMWh: solved.signals.marginalKgPerMWh[bus],
                averageEmissionsKgPerMWh: solved.signals.averageKgPerMWh)
        }
    }

    private func outcome(_ solved: Solved, tick: Int, loadMW: [Double]) -> AreaOutcome {
        let dispatch = solved.dispatch
        let load = loadMW.reduce(0, +)
        let surplus = dispatch.surplusMW.reduce(0, +)
        let demand = settings.demandMW(tick: tick) + dispatch.dcLossMW.reduce(0, +)
        return AreaOutcome(
            name: name, demandMW: demand, computeLoadMW: load,
            generationMW: dispatch.generationMW.reduce(0, +) - surplus,
            curtailedMW: dispatch.curtailedMW.reduce(0, +),
            unservedMW: dispatch.unservedMW.reduce(0, +),
            costUSD: dispatch.objectiveUSDPerHour * clock.tickHours,
            emissionsKg: dispatch.emissionsKgPerHour * clock.tickHours,
            congestionRentUSD: dispatch.congestionRentUSDPerHour * clock.tickHours,
            congestedLineCount: dispatch.bindingBranches.count,
            technologies: settings.outputByTechnology(dispatch.generationMW))
    }
}
