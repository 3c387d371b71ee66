internal import CoSimulation
internal import PowerGrid

/// The settings that describe a fleet, and the fleet made from them.
enum FleetSettings {
    static let fields = fields(ofEach: [])

    /// The settings, with further ones of each generator.
    static func fields(ofEach further: [Field]) -> [Field] {
        [
            .required(
                "fleet", .rows(generatorFields + further, minimumCount: 1),
                "Generators, inline or as the rows of a CSV file.")
        ] + otherFields
    }

    private static let otherFields: [Field] = [
        .optional(
            "availability", .map(.series(.share), keys: "technologies of the fleet"), unit: .perUnit,
            "Share of the capacity that can run by technology, such as wind and sun; multiplies the rows' own."),
        .optional(
            "outages", .rows(outageFields, minimumCount: 0),
            "Times at which a generator cannot run, or only in part."),
        .optional(
            "unservedEnergyUSDPerMWh", .number(.positive), unit: .usdPerMWh, default: .number(10_000),
            "Price of demand that is not served; no generator may cost more."),
    ]

    private static let generatorFields: [Field] = [
        .required("name", .text, "Name of the generator, unique in the fleet; settles ties between equal costs."),
        .required("technology", .text, "Technology that outputs are added up by, such as wind."),
        .required("capacityMW", .number(.nonNegative), unit: .megawatt, "Greatest output when all of it is available."),
        .optional(
            "minimumMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
            "Must-run output: made whenever available, wanted or not."),
        .required("costUSDPerMWh", .number(.any), unit: .usdPerMWh, "Cost of a MWh; may be negative."),
        .required("emissionsKgPerMWh", .number(.any), unit: .kilogramPerMWh, "Emissions of a MWh (e_g, MODEL 3.2)."),
        .optional(
            "availability", .series(.share), unit: .perUnit, default: .number(1), "Share of the capacity that can run."),
    ]

    private static let outageFields: [Field] = [
        .required("generator", .text, "Name of the generator."),
        .required("fromTick", .integer(.nonNegative), unit: .ticks, "First tick of the outage."),
        .required("toTick", .integer(.nonNegative), unit: .ticks, "First tick after the outage."),
        .optional(
            "availability", .number(.share), unit: .perUnit, default: .number(0),
            "What is left, as a share of what the generator could otherwise make."),
    ]

    /// The fleet of checked settings; throws what their ranges alone cannot tell.
    static func fleet(_ parameters: Parameters, tickCount: Int) throws(ParameterError) -> Fleet {
        let unservedPrice = parameters.number("unservedEnergyUSDPerMWh")
        let byTechnology = parameters.section("availability")
        let outages = parameters.sections("outages")
        var generators: [Generator] = []
        for (index, row) in parameters.sections("fleet").enumerated() {
            try check(row, path: "fleet[\(index)]", unservedPrice: unservedPrice, taken: generators)
            var availability = self.availability(row["availability"])
            availability = availability.times(self.availability(byTechnology[row.text("technology")]))
            for outage in outages where outage.text("generator") == row.text("name") {
                availability = availability.times(self.availability(outage: outage, tickCount: tickCount))
            }
            generators.append(
                Generator(
                    name: row.text("name"), technology: row.text("technology"), capacityMW: row.number("capacityMW"),
                    minimumMW: row.number("minimumMW"), costUSDPerMWh: row.number("costUSDPerMWh"),
                    emissionsKgPerMWh: row.number("emissionsKgPerMWh"), availability: availability))
        }
        let fleet = Fleet(generators, unservedEnergyUSDPerMWh: unservedPrice)
        try checkReferences(to: fleet, technologies: byTechnology, outages: outages)
        return fleet
    }

    private static func check(
        _ row: Parameters, path: String, unservedPrice: Double, taken: [Generator]
    ) throws(ParameterError) {
        if taken.contains(where: { $0.name == row.text("name") }) {
            throw ParameterError(
                path: "\(path).name", problem: "'\(row.text("name"))' is in the fleet twice",
                remedy: "rename one of them")
        }
        if row.number("minimumMW") > row.number("capacityMW") {
            throw ParameterError(
                path: "\(path).minimumMW", problem: "\(row.number("minimumMW")) MW is more than the capacity",
                remedy: "lower it to at most \(row.number("capacityMW")) MW")
        }
        if row.number("costUSDPerMWh") > unservedPrice {
            throw ParameterError(
                path: "\(path).costUSDPerMWh",
                problem: "\(row.number("costUSDPerMWh")) $/MWh is more than unserved energy costs",
                remedy: "lower it, or raise unservedEnergyUSDPerMWh above \(unservedPrice)")
        }
    }

    private static func checkReferences(
        to fleet: Fleet, technologies: Parameters, outages: [Parameters]
    ) throws(ParameterError) {
        for entry in technologies.entries where !fleet.technologies.contains(entry.name) {
            throw ParameterError(
                path: "availability.\(entry.name)", problem: "no generator has the technology '\(entry.name)'",
                remedy: "use one of \(fleet.technologies.joined(separator: ", "))")
        }
        for (index, outage) in outages.enumerated() {
            if !fleet.generators.contains(where: { $0.name == outage.text("generator") }) {
                throw ParameterError(
                    path: "outages[\(index)].generator",
                    problem: "no generator is called '\(outage.text("generator"))'",
                    remedy: "use one of \(fleet.generators.map(\.name).joined(separator: ", "))")
            }
            if outage.integer("toTick") <= outage.integer("fromTick") {
                throw ParameterError(
                    path: "outages[\(index)].toTick", problem: "tick \(outage.integer("toTick")) is not after fromTick",
                    remedy: "state the first tick after the outage")
            }
        }
    }

    private static func availability(_ value: ParameterValue?) -> Availability {
        switch value {
        case .number(let share)?: .constant(share)
        case .series(let shares)?: .series(shares)
        default: .constant(1)
        }
    }

    private static func availability(outage: Parameters, tickCount: Int) -> Availability {
        let ticks = outage.integer("fromTick")..<outage.integer("toTick")
        let left = outage.number("availability")
        return .series((0..<tickCount).map { ticks.contains($0) ? left : 1 })
    }
}
