/// A figure by name and unit: what effects, CSV and tables are made of.
struct Quantity<Figures>: Sendable {
    /// Name, as in the CSV.
    let name: String
    /// Unit, as in the database.
    let unit: String
    /// The figure; nil where there is none.
    let value: @Sendable (Figures) -> Double?

    init(_ name: String, _ unit: String, _ value: @escaping @Sendable (Figures) -> Double?) {
        self.name = name
        self.unit = unit
        self.value = value
    }

    /// The quantity of something that has these figures.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Figures?) -> Quantity<Whole> {
        Quantity<Whole>(name, unit) { [value] whole in part(whole).flatMap(value) }
    }
}

extension Quantity<LoadFigures> {
    static let load = [
        Quantity("load_energy", "MWh") { $0.energyMWh },
        Quantity("load_mean", "MW") { $0.meanMW },
        Quantity("load_peak", "MW") { $0.peakMW },
        Quantity("load_factor", "") { $0.loadFactor },
        Quantity("largest_ramp_1h", "MW") { $0.largestRamp1hMW },
        Quantity("largest_ramp_3h", "MW") { $0.largestRamp3hMW },
        Quantity("coincident_peak_load", "MW") { $0.coincidentPeakMW },
        Quantity("baseline_peak_load", "MW") { $0.baselinePeakMW },
    ]
}

extension Quantity<ComputeFigures> {
    static let compute = [
        Quantity("it_energy", "MWh") { $0.itEnergyMWh },
        Quantity("facility_energy", "MWh") { $0.facilityEnergyMWh },
        Quantity("grid_energy", "MWh") { $0.gridEnergyMWh },
        Quantity("compute_payment", "USD") { $0.paymentUSD },
        Quantity("average_attributed_emissions", "kg") { $0.averageEmissionsKg },
        Quantity("marginal_attributed_emissions", "kg") { $0.marginalEmissionsKg },
        Quantity("paid_price", "USD/MWh") { $0.paidPriceUSDPerMWh },
        Quantity("price_mean", "USD/MWh") { $0.price?.meanUSDPerMWh },
        Quantity("price_volatility", "USD/MWh") { $0.price?.volatilityUSDPerMWh },
        Quantity("price_spread", "USD/MWh") { $0.price?.spreadUSDPerMWh },
        Quantity("price_lowest", "USD/MWh") { $0.price?.lowestUSDPerMWh },
        Quantity("price_highest", "USD/MWh") { $0.price?.highestUSDPerMWh },
        Quantity("price_signal_mean_error", "USD/MWh") { $0.fidelity?.meanErrorUSDPerMWh },
        Quantity("price_signal_rms_error", "USD/MWh") { $0.fidelity?.rootMeanSquareErrorUSDPerMWh },
        Quantity("emissions_signal_mean_error", "kg/MWh") { $0.emissionsFidelity?.meanErrorKgPerMWh },
        Quantity("emissions_signal_rms_error", "kg/MWh") { $0.emissionsFidelity?.rootMeanSquareErrorKgPerMWh },
    ]
}

extension Quantity<GridFigures> {
    static let grid: [Quantity] =
        Quantity<LoadFigures>.load.map { $0.of { $0.load } } + [
            Quantity("compute_load_mean", "MW") { $0.computeLoadMeanMW },
            Quantity("generation", "MWh") { $0.generationMWh },
            Quantity("import", "MWh") { $0.importMWh },
            Quantity("curtailed", "MWh") { $0.curtailedMWh },
            Quantity("unserved_energy", "MWh") { $0.unservedMWh },
            Quantity("generation_cost", "USD") { $0.costUSD },
            Quantity("emissions", "kg") { $0.emissionsKg },
            Quantity("congestion_hours", "h") { $0.congestionHours },
            Quantity("congestion_rent", "USD") { $0.congestionRentUSD },
            Quantity("consumer_payment", "USD") { $0.consumerPaymentUSD },
        ]
}

extension Quantity<RunSummary> {
    static let system: [Quantity] =
        Quantity<GridFigures>.grid.map { $0.of { $0.grid } }
        + Quantity<ComputeFigures>.compute.map { $0.of { $0.compute } } + [
            Quantity("placement_cost", "USD") { $0.cost.totalUSD },
            Quantity("placement_energy_cost", "USD") { $0.cost.energyUSD },
            Quantity("placement_friction_cost", "USD") { $0.cost.frictionUSD },
            Quantity("placement_switching_cost", "USD") { $0.cost.switchingUSD },
            Quantity("placement_unserved_cost", "USD") { $0.cost.unservedUSD },
            Quantity("signalled_emissions", "kg") { $0.cost.signalledEmissionsKg },
            Quantity("coupling_rounds_mean", "rounds") { $0.coupling.meanRounds },
            Quantity("coupling_rounds_most", "rounds") { Double($0.coupling.mostRounds) },
            Quantity("coupling_converged_share", "") { $0.coupling.convergedShare },
            Quantity("coupling_gap_mean", "") { $0.coupling.meanGap },
            Quantity("coupling_gap_largest", "") { $0.coupling.largestGap },
            Quantity("herding_share", "") { $0.herding.share },
            Quantity("herding_flips_per_day", "1/day") { $0.herding.flipsPerDay },
            Quantity("load_move_autocorrelation", "") { $0.herding.moveAutocorrelation },
            Quantity("paid_for_energy", "USD") { $0.settlement.energyUSD },
            Quantity("paid_for_compute", "USD") { $0.settlement.computeUSD },
            Quantity("paid_for_relocation", "USD") { $0.settlement.relocationUSD },
            Quantity("paid_for_carbon", "USD") { $0.settlement.carbonUSD },
            Quantity("paid_for_curtailment", "USD") { $0.settlement.curtailmentUSD },
            Quantity("placed_energy", "MWh") { $0.relocation.placedMWh },
            Quantity("relocated_energy", "MWh") { $0.relocation.relocatedMWh },
            Quantity("relocated_share", "") { $0.relocation.relocatedShare },
            Quantity("placed_requests", "requests") { $0.relocation.placedRequests },
            Quantity("unserved_requests", "requests") { $0.relocation.unservedRequests },
        ]
}

extension Quantity<AreaFigures> {
    static let area: [Quantity] =
        Quantity<GridFigures>.grid.map { $0.of { $0.grid } }
        + Quantity<ComputeFigures>.compute.map { $0.of { $0.compute } }
}

extension Quantity<RegionFigures> {
    static let region: [Quantity] =
        Quantity<LoadFigures>.load.map { $0.of { $0.load } }
        + Quantity<ComputeFigures>.compute.map { $0.of { $0.compute } } + [
            Quantity("received_energy", "MWh") { $0.receivedMWh },
            Quantity("sent_energy", "MWh") { $0.sentMWh },
            Quantity("unserved_requests", "requests") { $0.unservedRequests },
        ]
}

extension Quantity<LayerFigures> {
    static let layer = [Quantity("it_energy", "MWh") { $0.itEnergyMWh }]
}

extension Quantity<ClassFigures> {
    static let workloadClass = [
        Quantity("placed_energy", "MWh") { $0.placedMWh },
        Quantity("relocated_energy", "MWh") { $0.relocatedMWh },
        Quantity("placed_requests", "requests") { $0.placedRequests },
        Quantity("unserved_requests", "requests") { $0.unservedRequests },
    ]
}

extension Quantity<RelocationFlow> {
    static let flow = [
        Quantity("it_energy", "MWh") { $0.itEnergyMWh },
        Quantity("facility_energy", "MWh") { $0.facilityEnergyMWh },
    ]
}

extension Quantity<PeakFigures> {
    static let peak = [
        Quantity("peak_tick", "tick") { Double($0.tick) },
        Quantity("peak_load", "MW") { $0.loadMW },
    ]
}

extension Quantity<ForetoldFigures> {
    static let foretold = [
        Quantity("predicted_saving", "USD") { $0.predictedSavingUSD },
        Quantity("realised_saving", "USD") { $0.realisedSavingUSD },
        Quantity("predicted_avoided_emissions", "kg") { $0.predictedAvoidedKg },
        Quantity("realised_avoided_emissions", "kg") { $0.realisedAvoidedKg },
    ]
}

extension Quantity<ResponseFigures> {
    static let response = [
        Quantity("price_elasticity", "") { $0.priceElasticity },
        Quantity("carbon_elasticity", "") { $0.carbonElasticity },
    ]
}

extension Quantity<EventFigures> {
    static let event = [
        Quantity("requested_reduction", "MW") { $0.requestedMW },
        Quantity("delivered_reduction", "MW") { $0.deliveredMW },
        Quantity("response", "ticks") { $0.responseTicks.map(Double.init) },
        Quantity("rebound", "MW") { $0.reboundMW },
        Quantity("rebound_elsewhere", "MWh") { $0.reboundElsewhereMWh },
        Quantity("latency_spent", "ms") { $0.latencySpentMilliseconds },
        Quantity("event_cost", "USD") { $0.costUSD },
        Quantity("event_settlement", "USD") { $0.settledUSD },
    ]
}
