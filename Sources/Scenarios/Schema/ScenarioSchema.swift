internal import CoSimulation
internal import InferencePlacement

/// The description of the scenario format: every setting with its kind, unit, default and text, in one place.
///
/// Checks, defaults, the JSON Schema and the reference table all come from these tables; what strategies take beside
/// them stands in the catalogue.
public enum ScenarioSchema {
    /// The version of the format this program reads.
    public static let version = 1

    /// Maps that may be given as one number, which then belongs to the first resource.
    static let shorthandMaps: Set<String> = ["acceleratorSecondsPerRequest", "acceleratorSecondsPerToken"]

    /// The top level of a scenario.
    static let fields: [Field] = [
        .required("gridtide", .integer(.any), "The version of this format, \(version)."),
        .required("name", .text, "A name for the scenario: 1 to 64 letters, digits, hyphens, underscores and points."),
        .optional("title", .text, "One line that says what the scenario shows."),
        .optional("description", .text, "What the scenario shows and what to look at."),
        .optional("seed", .integer(NumberRange(0, 0x1p53)), default: .number(1), "The seed of every random stream."),
        .required("clock", .section(clock), "The time of the run."),
        .required("mechanism", .section(mechanism), "The way work is placed."),
        .optional("coupling", .section(coupling), "How the placement meets the grid (MODEL 3.4)."),
        .optional("latency", .section(latency), "Round trips between service nodes and regions."),
        .optional("delay", .section(delay), "How the delay of work is reckoned (MODEL 2.7)."),
        .optional("egress", .section(egress), "Price of data that leaves a service node's home (a_sc of MODEL 1.5)."),
        .optional(
            "resources", .list(.text, minimumCount: 1), default: .list([.text("accelerator")]),
            "Names of the compute resources that work and capacity are counted in."),
        .required("classes", .rows(workloadClass, minimumCount: 1), "The workload classes."),
        .required(
            "gridOperators", .rows(gridOperator, minimumCount: 1),
            "The grid operators; further settings are those of the strategy."),
        .required(
            "regions", .rows(region, minimumCount: 1),
            "The compute regions; further settings are those of the strategy."),
        .required(
            "services", .rows(service, minimumCount: 1),
            "The service nodes; further settings are those of the strategy."),
        .optional("masks", .section(masks), "The places work may not go (Mlegal and Msystem of MODEL 1.3)."),
        .optional(
            "events", .rows(event, minimumCount: 0),
            "Demand-response events, beside what grid operators ask for themselves (MODEL 4)."),
        .optional(
            "faults", .rows(fault, minimumCount: 0),
            "Faults of agents and of their messages, the same in every run of the scenario."),
        .optional(
            "run", .section(run),
            "The way the run is carried out; it changes no outcome, unless an agent is lost and `onLoss` is `absent`."),
    ]

    static let clock: [Field] = [
        .required(
            "start", .text, "The start of the run, such as 2024-07-08T00:00Z; without Z it is local time in `timeZone`."
        ),
        .optional(
            "timeZone", .text, default: .text("UTC"),
            "Zone of stamps that state none: an IANA name such as Europe/Stockholm, or a distance such as +05:30."),
        .required(
            "tickMinutes", .number(NumberRange(0, 527_040, excludesLower: true)), unit: .minutes,
            "The length of a tick; a whole number of seconds."),
        .required("ticks", .integer(NumberRange(1, 1_000_000)), unit: .ticks, "The number of ticks."),
    ]

    static let mechanism: [Field] = [
        .required(
            "objective", .choice(Mechanism.Objective.allCases.map(\.rawValue)),
            "What placement minimises; home places everything at home."),
        .optional(
            "carbonPriceUSDPerTonne", .number(.nonNegative), unit: .usdPerTonne,
            "Internal carbon price (kappa); needed with carbon-priced and left out with anything else."),
        .optional(
            "weights", .section(weights), "Of weighted: what the parts of the objective count (MODEL 2.8)."),
        .optional(
            "priorities", .list(.choice(Criterion.allCases.map(\.rawValue)), minimumCount: 1),
            "Of lexicographic: criteria by priority, each as good as those before it allow."),
        .optional(
            "prioritySlack", .number(NumberRange(0, 1)), unit: .share, default: .number(0.001),
            "Of lexicographic: how much a criterion may give way to later ones, as a share of its optimum."),
        .optional(
            "horizonTicks", .integer(NumberRange(1, 8784)), unit: .ticks, default: .number(1),
            "The ticks that are cleared together (H): this one, and those after it as they are expected."),
        .optional(
            "waterLimitLitres", .number(.nonNegative), unit: .litres,
            "The most water of the whole run (Z of MODEL 2.4); a window may use what is due up to its end."),
    ]

    static let weights: [Field] = [
        .optional(
            "energy", .number(.nonNegative), unit: .perUnit, default: .number(0), "The cost of energy (sigma_E)."),
        .optional(
            "carbon", .number(.nonNegative), unit: .perUnit, default: .number(0),
            "The carbon tax of the sites (sigma_C)."),
        .optional(
            "delay", .number(.nonNegative), unit: .perUnit, default: .number(0), "The cost of delay (sigma_D)."),
        .optional(
            "waterUSDPerLitre", .number(.nonNegative), unit: .usdPerLitre, default: .number(0), "Water."),
    ]

    static let delay: [Field] = [
        .optional(
            "aggregation", .choice(["request", "slot"]), default: .text("request"),
            "Whether transmission and processing are those of a request, or of all requests of a tick together."),
        .optional(
            "units", .choice(["physical", "published"]), default: .text("physical"),
            "Whether KB over Mbit/s are converted to seconds, or taken as if they were, as in the published results."),
        .optional(
            "bandwidthMbitPerSecond", .number(.positive), unit: .megabitPerSecond,
            "The bandwidth of every pair (B_ij); not limited when left out."),
        .optional(
            "bandwidth", .section(delayMatrix("default")), "Bandwidths, rows service nodes, columns regions; Mbit/s."),
        .optional(
            "propagation", .section(delayMatrix("round-trip")),
            "Propagation (d_ij), rows service nodes, columns regions, seconds; half the round trip when left out."),
    ]

    private static func delayMatrix(_ fallback: String) -> [Field] {
        [
            .required("file", .text, "CSV file with a column `service` and one column per region."),
            .optional(
                "missing", .choice(["error", fallback]), default: .text("error"),
                "What to do about an empty cell or an absent row or column: error, or \(fallback)."),
        ]
    }

    static let coupling: [Field] = [
        .required(
            "kind", .choice(Coupling.Kind.allCases.map(\.rawValue)),
            "The rung of the coupling ladder; iterated and co-optimised need operators that quote."),
        .optional(
            "damping", .number(NumberRange(0, 1, excludesLower: true)), default: .number(Coupling().damping),
            "Of iterated: how much of the way signals go to what was quoted in a round."),
        .optional(
            "toleranceMW", .number(.nonNegative), unit: .megawatt, default: .number(Coupling().toleranceMW),
            "Of iterated: the change of load that counts as none."),
        .optional(
            "roundLimit", .integer(NumberRange(1, 1000)), default: .number(Double(Coupling().roundLimit)),
            "The most rounds of quotes in a tick."),
        .optional(
            "gap", .number(NumberRange(1e-12, 1)), default: .number(Coupling().gap),
            "Of co-optimised: the relative gap to the joint optimum at which a placement is taken."),
    ]

    static let latency: [Field] = [
        .optional(
            "matrix", .section(latencyMatrix),
            "Measured round trips, rows service nodes, columns regions; else the great circle (MODEL 1)."),
        .optional(
            "relaxationMilliseconds", .number(.any), unit: .milliseconds, default: .number(0),
            "What is added to the budget of every class (Delta of MODEL 1.3); may be negative."),
        .optional(
            "localMilliseconds", .number(.nonNegative), unit: .milliseconds,
            default: .number(LayerLimits().localMilliseconds),
            "The round trip up to which work counts as local (MODEL 1.11)."),
        .optional(
            "regionalMilliseconds", .number(.nonNegative), unit: .milliseconds,
            default: .number(LayerLimits().regionalMilliseconds),
            "The round trip up to which work counts as regional (MODEL 1.11); at least `localMilliseconds`."),
    ]

    static let latencyMatrix: [Field] = [
        .required("file", .text, "CSV file with a column `service` and one column per region; ms."),
        .optional(
            "missing", .choice(["error", "great-circle"]), default: .text("error"),
            "What to do about an empty cell or an absent row or column: error, or the great-circle formula."),
    ]

    static let egress: [Field] = [
        .optional(
            "defaultUSDPerGB", .number(.nonNegative), unit: .usdPerGB, default: .number(0),
            "Price between any two places; nothing at home."),
        .optional("matrix", .section(egressMatrix), "Prices by service node and region."),
    ]

    static let egressMatrix: [Field] = [
        .required("file", .text, "CSV file with a column `service` and one column per region; $/GB."),
        .optional(
            "missing", .choice(["error", "default"]), default: .text("error"),
            "What to do about an empty cell or an absent row or column: error, or the default price."),
    ]

    static let masks: [Field] = [
        .optional(
            "legal", .choice(["none", "bloc", "country"]), default: .text("none"),
            "Whether work must stay within the bloc or country of its home region."),
        .optional(
            "deny", .rows(denial, minimumCount: 0),
            "All that is forbidden; each entry forbids what matches all its keys. Home is always permitted."),
    ]

    static let denial: [Field] = [
        .optional("service", .text, "The name of a service node; any when left out."),
        .optional("class", .text, "The name of a workload class; any when left out."),
        .optional("region", .text, "The name of a compute region; any when left out."),
    ]

    static let event: [Field] = [
        .required("name", .text, "The name of the event; entries with one name are one event."),
        .required("region", .text, "The name of the compute region it is for."),
        .required(
            "kind", .choice(["curtailment", "cap", "price-spike"]),
            "What the grid wants: a paid reduction, a draw of at most so much, or a higher price."),
        .required("fromTick", .integer(.nonNegative), unit: .ticks, "The first tick of the event."),
        .required("toTick", .integer(.nonNegative), unit: .ticks, "The first tick after the event."),
        .optional(
            "reductionMW", .number(.nonNegative), unit: .megawatt,
            "Of curtailment: how much less to draw than in the last tick without request or cap."),
        .optional(
            "priceUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, "Of curtailment: what a delivered MWh is paid."),
        .optional("capMW", .number(.nonNegative), unit: .megawatt, "Of cap: the most the region may draw."),
        .optional(
            "adderUSDPerMWh", .number(.any), unit: .usdPerMWh,
            "Of price-spike: what a MWh costs beyond the grid's price, before and after the tick."),
    ]

    static let fault: [Field] = [
        .required("name", .text, "The name of the fault, unique among faults."),
        .required(
            "kind", .choice(["outage", "late-signals", "lost-signals", "lost-bids", "slow"]),
            "What goes wrong: agents are not asked, hear the grids late or not, are not heard, or take long to answer."),
        .optional(
            "agents", .list(.text, minimumCount: 1),
            "Names of the agents; all regions and service nodes when left out, which outage and slow may not."),
        .optional(
            "fromTick", .integer(.nonNegative), unit: .ticks, default: .number(0), "The first tick of the fault."),
        .optional(
            "toTick", .integer(.nonNegative), unit: .ticks,
            "The first tick after the fault; the end of the run when left out."),
        .optional(
            "delayTicks", .integer(NumberRange(0, 8784)), unit: .ticks,
            "Of late-signals: how many ticks signals take to arrive."),
        .optional(
            "probability", .number(.share), unit: .share,
            "Of lost-signals and lost-bids: how likely an agent loses them in a tick."),
        .optional(
            "delaySeconds", .number(NumberRange(0, 86_400)),
            "Of slow: how long each answer is held up; nothing but time passes, and `onLoss` decides beyond the deadline."
        ),
    ]

    static let run: [Field] = [
        .optional(
            "transport", .choice(RunOptions.Transport.allCases.map(\.rawValue)), default: .text("ipc"),
            "The way processes talk: ipc or tcp."),
        .optional(
            "processes", .choiceOrNumber(["per-agent", "per-role"], NumberRange(1, 10_000)),
            "How agents are shared out among processes: one for each agent, as when left out, one for each role, or so many; the result is the same. Programs of their own keep a process each."
        ),
        .optional(
            "tickDeadlineSeconds", .number(NumberRange(0, 86_400, excludesLower: true)), default: .number(30),
            "Seconds an agent may take to answer before it counts as hung."),
        .optional(
            "arrivalDeadlineSeconds", .number(NumberRange(0, 86_400, excludesLower: true)), default: .number(30),
            "Seconds all agents may take to arrive; those started by hand need more."),
        onLoss,
        .optional(
            "restartLimit", .integer(NumberRange(0, 1000)), default: .number(3),
            "How often the process of an agent, the recorder or the coordinator may be started again."),
    ]
}
