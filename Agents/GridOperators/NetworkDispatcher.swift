internal import CoSimulation
internal import PowerGrid

/// Dispatches a network tick by tick: the core that operators with a network share (MODEL 3.1, 3.2).
///
/// What it publishes assumes that compute regions draw what they drew last; what it reports afterwards is the dispatch of
/// the load that was really placed. It quotes for trial loads and keeps its network to itself.
struct NetworkDispatcher<Source: TickNetwork>: Sendable {
    static var fields: [Field] {
        ForecastModel.fields + [
            .optional(
                "expectedComputeLoadMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
                "Draw of each connected region that the first signal assumes; later ones assume the last draw."),
            .optional(
                "carbonPriceUSDPerTonne", .number(.nonNegative), unit: .usdPerTonne, default: .number(0),
                "Carbon price that generators pay: it counts in the dispatch and in prices, not in the reported cost."),
        ]
    }

    private let name: String
    private let clock: Clock
    private let source: Source
    private let forecast: ForecastModel
    private let keepsRamps: Bool
    private var flow: DCOptimalPowerFlow
    private var expectedLoadMW: [Double]
    private var lastGenerationMW: [Double]?

    /// A dispatcher before its first tick; throws what the network is refused for.
    init(_ source: Source, _ setup: GridOperatorSetup, keepsRamps: Bool) throws(ParameterError) {
        name = setup.name
        clock = setup.clock
        self.source = source
        self.keepsRamps = keepsRamps
        forecast = ForecastModel(setup.parameters)
        expectedLoadMW = setup.regions.map { _ in setup.parameters.number("expectedComputeLoadMW") }
        let options = PowerFlowOptions(
            unservedEnergyUSDPerMWh: source.unservedEnergyUSDPerMWh, surplusEnergyUSDPerMWh: 0)
        do {
            flow = try DCOptimalPowerFlow(source.network, convention: source.convention, options: options)
        } catch {
            throw ParameterError(path: "network", problem: error.what, remedy: error.remedy)
        }
    }

    /// Signals for a tick at the expected load, with the forecast of the ticks after it.
    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        let solved = solve(tick: observation.tick, loadMW: expectedLoadMW)
        var signals = source.regionBuses.map { bus in
            BusSignal(
                priceUSDPerMWh: solved.dispatch.lmpUSDPerMWh[bus],
                marginalEmissionsKgPerMWh: solved.signals.marginalKgPerMWh[bus],
                averageEmissionsKgPerMWh: solved.signals.averageKgPerMWh)
        }
        var trial = self
        trial.lastGenerationMW = nil
        for ahead in forecast.horizon(observation, of: clock) {
            let expected =
                ahead.tick == observation.tick
                ? solved : trial.solve(tick: ahead.tick, loadMW: expectedLoadMW, demandFactor: ahead.demandFactor)
            for (region, bus) in source.regionBuses.enumerated() {
                signals[region].forecastPriceUSDPerMWh.append(expected.dispatch.lmpUSDPerMWh[bus])
                signals[region].forecastMarginalEmissionsKgPerMWh.append(expected.signals.marginalKgPerMWh[bus])
            }
        }
        return GridSignal(buses: signals)
    }

    /// Dispatches the load that was placed, reports it, and expects it again.
    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        expectedLoadMW = observation.loadMW
        let solved = solve(tick: observation.tick, loadMW: observation.loadMW)
        lastGenerationMW = solved.dispatch.generationMW
        var demand = source.busDemandMW(tick: observation.tick)
        for (index, bus) in source.network.buses.enumerated() {
            demand[index] = bus.isIsolated ? 0 : demand[index] + bus.shuntMW
        }
        let report = AreaReport(
            network: source.network, areas: source.areas, dispatch: solved.dispatch, busDemandMW: demand,
            regionBuses: source.regionBuses, regionLoadMW: observation.loadMW,
            unservedEnergyUSDPerMWh: source.unservedEnergyUSDPerMWh, carbonPriceUSDPerKg: source.carbonPriceUSDPerKg)
        return GridDispatch(buses: outcomes(solved), areas: report.outcomes(hours: clock.tickHours))
    }

    /// What trial loads would cost; it leaves no trace (MODEL 3.4).
    func quote(_ observation: QuoteObservation) -> GridQuote {
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
    private mutating func solve(tick: Int, loadMW: [Double], demandFactor: Double = 1) -> Solved {
        var demand = source.busDemandMW(tick: tick)
        if demandFactor != 1 { for bus in demand.indices { demand[bus] *= demandFactor } }
        for (bus, load) in zip(source.regionBuses, loadMW) { demand[bus] += load }
        flow.setDemand(demand)
        source.setSupply(tick: tick, of: &flow)
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
        source.regionBuses.map { bus in
            BusOutcome(
                priceUSDPerMWh: solved.dispatch.lmpUSDPerMWh[bus],
                marginalEmissionsKgPerMWh: solved.signals.marginalKgPerMWh[bus],
                averageEmissionsKgPerMWh: solved.signals.averageKgPerMWh, area: source.areas.ofBus[bus])
        }
    }
}
