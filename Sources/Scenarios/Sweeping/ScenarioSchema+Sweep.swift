internal import CoSimulation

// The description of sweep files, which `gridtide sweep` reads.
extension ScenarioSchema {
    /// The top level of a sweep.
    static let sweep: [Field] = [
        .required("gridtide", .integer(.any), "The version of this format, \(version)."),
        .required("name", .text, "A name for the sweep: 1 to 64 letters, digits, hyphens, underscores and points."),
        .optional("title", .text, "One line that says what the sweep asks."),
        .optional("description", .text, "What the sweep asks and what to look at."),
        .optional(
            "scenario", .text, default: .text("scenario.yaml"),
            "The scenario, a folder or a YAML file, relative to the folder of this file."),
        .optional(
            "baseline", .boolean, default: .boolean(true), "Whether each point is compared with everything at home."),
        .optional(
            "design", .choice(Sweep.Design.allCases.map(\.rawValue)), default: .text(Sweep.Design.cartesian.rawValue),
            "How values are put together: all with all, one axis at a time, or as `points` lists them."),
        .optional(
            "settings", .map(.free, keys: "settings"),
            "What is changed at every point: values by path, such as `clock.ticks: 48`; `~` takes a setting away."),
        .optional(
            "axes", .list(.free, minimumCount: 1), "The axes, each with a name, what it changes, and its values."),
        .optional("seeds", .list(.free, minimumCount: 1), "Seeds, as an axis of their own."),
        .optional(
            "mechanisms", .list(.free, minimumCount: 1),
            "Objectives, or sections such as {objective: carbon-priced, carbonPriceUSDPerTonne: 80}, as an axis."),
        .optional(
            "points", .list(.free, minimumCount: 1), "Of the design listed: the points, each with a value by axis."),
    ]

    /// Keys of a sweep that are read as they stand, since what they hold is checked as a part of the scenario.
    static let sweepValueKeys: Set<String> = ["settings", "axes", "seeds", "mechanisms", "points"]

    /// An axis.
    static let sweepAxis: [Field] = [
        .required("name", .text, "The name of the axis, unique in the sweep."),
        .optional("set", .free, "The setting that takes the values, or a list of them; `*` stands for all entries."),
        .optional("scale", .free, "The setting that is multiplied by the values, or a list of them."),
        .optional("values", .free, "The values, a list."),
        .optional("range", .section(sweepRange), "The values as a range of numbers, in place of `values`."),
    ]

    /// Keys of an axis that are read as they stand.
    static let axisValueKeys: Set<String> = ["set", "scale", "values"]

    static let sweepRange: [Field] = [
        .required("from", .number(.any), "The first value."),
        .required("to", .number(.any), "The last value."),
        .optional("step", .number(.positive), "The distance between two values; give it or `count`."),
        .optional("count", .integer(NumberRange(2, 100_000)), "The number of values; give it or `step`."),
        .optional(
            "spacing", .choice(["linear", "logarithmic"]), default: .text("linear"),
            "Whether neighbours differ by a difference or by a factor; logarithmic needs `count`."),
    ]
}
