internal import CoSimulation

/// What a series per zone measures.
enum SeriesQuantity: Sendable {
    case price
    case emissions

    /// The unit of the scenario.
    var unit: Unit { self == .price ? .usdPerMWh : .kilogramPerMWh }

    /// The plural for messages.
    var noun: String { self == .price ? "prices" : "emissions" }

    /// The option that states the unit of a file.
    var unitOption: String { self == .price ? "--price-unit" : "--emissions-unit" }

    /// What a cell must be.
    var rule: String { self == .price ? "number within a thousand million" : "number of at least 0" }

    /// Whether a value is possible at all. Prices may be negative; average emissions may not.
    func accepts(_ value: Double) -> Bool { abs(value) <= 1e9 && (self == .price || value >= 0) }

    /// Means within which the unit is plausible: prices per MWh in USD, emissions in kg per MWh. Coal emits about 1000,
    /// lignite 1200; a grid of water alone some 10 to 30 (IPCC AR5 WG3 annex III, life cycle).
    var plausibleMeans: ClosedRange<Double> { self == .price ? 1...1500 : 3...1500 }

    /// The unit a name states at its end, nil when it states none.
    func factor(ofName name: String) -> (suffix: String, factor: Double)? { unit.factor(ofColumn: name) }
}
