internal import CoSimulation

// The description of market files, which `gridtide virtual-links` reads (MODEL 3.3).
extension ScenarioSchema {
    /// The top level of a market file.
    static let market: [Field] = [
        .required("gridtide", .integer(.any), "The version of this format, \(version)."),
        .required("name", .text, "A name for the market: 1 to 64 letters, digits, hyphens, underscores and points."),
        .optional("title", .text, "One line that says what the market shows."),
        .optional("description", .text, "What the market shows and what to look at."),
        .optional("clock", .section(clock), "The time of the market; one tick of an hour without it."),
        .required("buses", .list(.text, minimumCount: 1), "The names of the buses, such as [north, south]."),
        .required("suppliers", .rows(marketSupplier, minimumCount: 0), "Those who sell power."),
        .required("loads", .rows(marketLoad, minimumCount: 0), "Those who buy power."),
        .optional("lines", .rows(marketLine, minimumCount: 0), "The lines, which are there in every tick."),
        .optional("sites", .rows(marketSite, minimumCount: 0), "The data centres, one at a bus at most."),
        .optional("links", .rows(marketLink, minimumCount: 0), "The virtual links."),
    ]

    private static let marketBus = Field.required("bus", .text, "The name of its bus.")
    private static let marketName = Field.optional("name", .text, "A name to print; else its place in the list.")

    static let marketSupplier: [Field] = [
        marketName, marketBus,
        .required("bidUSDPerMWh", .series(.any), unit: .usdPerMWh, "The least price it sells at."),
        .required("capacityMW", .series(.nonNegative), unit: .megawatt, "The greatest output."),
        .optional(
            "rampMW", .number(.nonNegative), unit: .megawatt,
            "The greatest change of output from tick to tick; no limit when left out."),
    ]

    static let marketLoad: [Field] = [
        marketName, marketBus,
        .required("bidUSDPerMWh", .series(.any), unit: .usdPerMWh, "The greatest price it buys at."),
        .required("capacityMW", .series(.nonNegative), unit: .megawatt, "The greatest purchase."),
    ]

    static let marketLine: [Field] = [
        marketName,
        .required("from", .text, "The name of the bus where positive flow leaves."),
        .required("to", .text, "The name of the bus where positive flow arrives."),
        .optional(
            "bidUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(0),
            "The price of carrying a MWh either way."),
        .optional(
            "capacityMW", .number(.nonNegative), unit: .megawatt,
            "The greatest flow either way; no limit when left out."),
        .optional(
            "susceptanceMWPerRadian", .number(.any),
            "The flow per difference of voltage angles; a line whose flow is set at will when left out."),
    ]

    static let marketSite: [Field] = [
        marketBus,
        .optional(
            "limitMW", .series(.nonNegative), unit: .megawatt,
            "The computing limit, which is the most load it executes; no limit when left out."),
        .optional("pue", .series(.atLeastOne), default: .number(1), "The facility power over IT power."),
    ]

    static let marketLink: [Field] = [
        marketName,
        .required("from", .text, "The name of the bus where load is taken away."),
        .required("to", .text, "The name of the bus where it is executed instead."),
        .optional(
            "fromTick", .integer(.nonNegative), unit: .ticks,
            "The tick load is taken from, from 0; a link in every tick when both are left out."),
        .optional("toTick", .integer(.nonNegative), unit: .ticks, "The tick it is executed in, from 0."),
        .optional(
            "bidUSDPerMWh", .series(.nonNegative), unit: .usdPerMWh, default: .number(0),
            "The price of moving a MWh, measured where it is taken away."),
        .optional(
            "capacityMW", .series(.nonNegative), unit: .megawatt,
            "The greatest shift, measured where it is taken away; no limit when left out."),
    ]
}
