internal import CoSimulation
internal import RunAnalysis
internal import RunStore

// How prices and emissions are spread over time.
extension Material {
    /// Duration curves of realised prices by region.
    var priceDuration: Figure? {
        duration(
            id: "price-duration", what: "price", symbol: "LMP", name: "price_usd_per_mwh", unit: "USD/MWh",
            run: run.price,
            baseline: baseline?.price,
            title: "Realised price: mean \(words("price_mean", "USD/MWh"))",
            caption:
                "Realised price (LMP) at the region's bus, highest first: the share of time it was at least that high.")
    }

    /// Duration curves of realised marginal emissions by region.
    var emissionsDuration: Figure? {
        let energy = comparison.run.compute.gridEnergyMWh
        let mean = energy > 0 ? comparison.run.compute.marginalEmissionsKg / energy : nil
        return duration(
            id: "emissions-duration", what: "marginal emissions", symbol: "LME", name: "marginal_emissions_kg_per_mwh",
            unit: "kg/MWh", run: run.marginal, baseline: baseline?.marginal,
            title: "Marginal emissions: compute drew its energy at \(Self.text(mean)) kg/MWh",
            caption:
                "Realised emissions of one more MWh (LME) at the region's bus, highest first: the share of time they were at least that high."
        )
    }

    private func duration(
        id: String, what: String, symbol: String, name: String, unit: String, run: [Int: Series.Values],
        baseline: [Int: Series.Values]?, title: String, caption: String
    ) -> Figure? {
        let second = "baseline_\(name)"
        var table = Table(
            [
                .words("region", "region"), .init("time_percent", "share of time", "%"),
                .init(name, "\(what), \(runName)", unit),
            ] + (baselineName.map { [.init(second, "\(what), \($0)", unit)] } ?? []))
        var isThinned = false
        for region in regions {
            let values = Self.falling(run[region.number])
            let before = Self.falling(baseline?[region.number])
            let count = max(values.count, before.count)
            let places = Thinning.places(count: count)
            isThinned = isThinned || places.count < count
            for place in places {
                table.add(
                    [
                        .text(region.name), .number(Self.short(100 * (Double(place) + 0.5) / Double(count))),
                        .number(place < values.count ? Self.short(values[place]) : nil),
                    ] + (baselineName == nil ? [] : [.number(place < before.count ? Self.short(before[place]) : nil)]))
            }
        }
        guard !table.rows.isEmpty else { return nil }
        let share = table.quantity(
            "time_percent", ["scale": ["domain": [0, 100]], "axis": ["tickCount": 4, "grid": false]])
        return Figure(
            id: id, title: title, caption: caption,
            description: "Falling curves of \(what), one diagram for each region.",
            note: isThinned
                ? "Thinned: \(Thinning.limit) values of each curve, evenly spread, with its highest and lowest." : "",
            layout: .facets,
            spec: comparisonLines(
                table, facet: "region", x: share, y: (name, second), hover: "time_percent",
                title: "\(symbol), \(unit)"), table: table)
    }

    /// Known values, highest first.
    private static func falling(_ values: Series.Values?) -> [Double] {
        (values ?? []).compactMap { $0 }.sorted(by: >)
    }
}
