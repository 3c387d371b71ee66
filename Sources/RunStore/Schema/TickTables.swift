/// What agents said and the coordinator decided, tick by tick.
enum TickTables {
    static let all = [
        tick, signal, forecast, quote, quoteBus, offer, offerCapacity, offerBlock, offerOutlook, bid, bidWork,
        bidOption, bidOutlook, award, unserved, waiting,
        missingAnswer, absence, agentFault, violation,
    ]

    static let tick = Table(
        "tick", key: ["tick"], "A tick and what its clearing came to.",
        columns: [
            Column("tick", .integer, "Tick, from 0."),
            Column("utc_seconds", .integer, unit: "seconds", "Start of the tick, since 1970-01-01T00:00Z."),
            Column("digest", .blob, "Chained SHA-256 of all records up to this one, 32 bytes."),
            Column("objective", .real, "Value of the mechanism's objective, in the mechanism's own unit."),
            Column("relative_gap", .real, "Relative primal-dual gap of the clearing."),
            Column(
                "cost_usd", .real, unit: "USD",
                "Cost V of MODEL 1.1 without the carbon price: the sum of the four parts."),
            Column(
                "energy_cost_usd", .real, unit: "USD",
                "Energy part of the cost, mark-ups included, at signalled prices."),
            Column("friction_cost_usd", .real, unit: "USD", "Friction part of the cost (phi)."),
            Column("switching_cost_usd", .real, unit: "USD", "Switching part of the cost (psi)."),
            Column("unserved_cost_usd", .real, unit: "USD", "Value lost on work not served (VOLL)."),
            Column("signalled_emissions_kg", .real, unit: "kg", "CO2 at the signalled marginal rates (G of MODEL 1)."),
            Column("coupling_rounds", .integer, unit: "rounds", "Rounds of quotes; 0 under sequential coupling."),
            Column(
                "coupling_converged", .integer, check: "coupling_converged IN (0, 1)",
                "1 where loads settled or the gap closed before the round limit, else 0."),
            Column(
                "coupling_gap", .real,
                "Relative gap between the placement taken and the joint optimum; 0 where no bound is known."),
        ])

    static let signal = Table(
        "signal", key: ["tick", "region"], "What a grid operator published for a region before the tick.",
        columns: [
            .tick, .region,
            Column("price_usd_per_mwh", .real, unit: "USD/MWh", "Price of one more MWh (LMP, pi)."),
            Column(
                "marginal_emissions_kg_per_mwh", .real, unit: "kg/MWh",
                "CO2 of one more MWh (LME, gamma); may be negative."),
            Column("average_emissions_kg_per_mwh", .real, unit: "kg/MWh", "Average CO2 of the area's generation."),
            Column(
                "headroom_mw", .real, unit: "MW", isNullable: true,
                "Load that can be added; NULL where the operator does not say."),
            Column(
                "cap_mw", .real, unit: "MW", isNullable: true,
                "Cap of a demand-response event; NULL when there is none."),
            Column(
                "request_event", .integer, isNullable: true,
                "Demand-response event in which the region is asked to draw less; NULL when there is none."),
            Column(
                "request_reduction_mw", .real, unit: "MW", isNullable: true,
                "How much less it is asked to draw; NULL without a request."),
            Column(
                "request_price_usd_per_mwh", .real, unit: "USD/MWh", isNullable: true,
                "What a delivered MWh is paid; NULL without a request."),
            Column(
                "request_remaining_ticks", .integer, unit: "ticks", isNullable: true,
                "Ticks the request still lasts, this one included; NULL without a request."),
        ])

    static let forecast = Table(
        "forecast", key: ["tick", "region", "ahead_ticks"], "What a grid operator expected, as published in a tick.",
        columns: [
            .tick, .region,
            Column("ahead_ticks", .integer, unit: "ticks", "How far ahead; 0 is the tick of the signal."),
            Column("price_usd_per_mwh", .real, unit: "USD/MWh", "Expected price."),
            Column("marginal_emissions_kg_per_mwh", .real, unit: "kg/MWh", "Expected CO2 of one more MWh."),
        ])

    private static let round = Column("round", .integer, "Round of quotes within the tick, from 0.")
    private static let quoting = Column.agent("grid_operator", "Grid operator that was asked, an agent number.")

    static let quote = Table(
        "quote", key: ["tick", "round", "grid_operator"],
        "What a grid operator would do with trial loads; no row under sequential coupling.",
        columns: [
            .tick, round, quoting,
            Column(
                "cost_usd_per_h", .real, unit: "USD/h", isNullable: true,
                "Cost of serving everybody at the trial loads; NULL where the operator did not answer."),
            Column(
                "emissions_kg_per_h", .real, unit: "kg/h", isNullable: true,
                "CO2 at the trial loads; NULL where the operator did not answer."),
        ])

    static let quoteBus = Table(
        "quote_bus", key: ["tick", "round", "region"], "Price and CO2 at a region's bus at the trial loads of a round.",
        columns: [
            .tick, round, .region,
            Column("price_usd_per_mwh", .real, unit: "USD/MWh", "Price (LMP) at the trial loads."),
            Column(
                "marginal_emissions_kg_per_mwh", .real, unit: "kg/MWh", "CO2 of one more MWh (LME) at the trial loads."),
            Column("average_emissions_kg_per_mwh", .real, unit: "kg/MWh", "Average CO2 at the trial loads."),
            Column("area_place", .integer, "Place of the bus's area among the areas of its operator, from 0."),
        ])

    static let offer = Table(
        "offer", key: ["tick", "region"], "What a region offered; no row where it was absent.",
        columns: [
            .tick, .region,
            Column(
                "connection_mw", .real, unit: "MW", isNullable: true,
                "Greatest draw from the grid (Pbar); NULL without limit."),
            Column("pue", .real, "Facility power over IT power (eta)."),
            Column("charge_mw", .real, unit: "MW", "Draw of the region's battery, part of the connection."),
            Column(
                "water_litres_per_mwh", .real, unit: "litres/MWh", "Water of a MWh of facility energy (MODEL 2.4)."),
            Column("carbon_tax_usd_per_kg", .real, unit: "USD/kg", "Carbon tax of the site (delta, MODEL 2.8)."),
        ])

    static let offerOutlook = Table(
        "offer_outlook", key: ["tick", "region", "ahead_ticks"],
        "What a region expected of the ticks ahead; no row where it said nothing.",
        columns: [
            .tick, .region, Column("ahead_ticks", .integer, unit: "ticks", "How far ahead, from 1."),
            Column(
                "connection_mw", .real, unit: "MW", isNullable: true, "Greatest draw from the grid; NULL without limit."
            ),
            Column("pue", .real, "Facility power over IT power."),
            Column("on_site_mw", .real, unit: "MW", "On-site power."),
            Column("water_litres_per_mwh", .real, unit: "litres/MWh", "Water of a MWh of facility energy."),
            Column("carbon_tax_usd_per_kg", .real, unit: "USD/kg", "Carbon tax of the site."),
        ])

    static let offerCapacity = Table(
        "offer_capacity", key: ["tick", "region", "resource"], "Compute capacity on offer (Q).",
        columns: [
            .tick, .region, .resource,
            Column(
                "capacity_accelerator_seconds", .real, unit: "accelerator-seconds", isNullable: true,
                "Work that can be done in the tick; NULL without limit."),
        ])

    static let offerBlock = Table(
        "offer_block", key: ["tick", "region", "block"], "A block of facility energy on offer.",
        columns: [
            .tick, .region,
            Column("block", .integer, "Place of the block in the offer, from 0."),
            Column("source", .text, check: "source IN ('grid', 'on-site')", "grid or on-site."),
            Column(
                "limit_mw", .real, unit: "MW", isNullable: true,
                "Greatest facility power in the block; NULL without limit."),
            Column("mark_up_usd_per_mwh", .real, unit: "USD/MWh", "What the region adds to the cost of the energy."),
        ])

    static let bid = Table(
        "bid", key: ["tick", "service", "workload_class"], "Work of a class that a service node wanted placed.",
        columns: [
            .tick, .service, .workloadClass,
            Column("requests", .real, unit: "requests", "Requests to place now (lambda)."),
            Column("arrived_requests", .real, unit: "requests", "Requests that arrived in the tick."),
            Column("deferred_requests", .real, unit: "requests", "Requests held back for a later tick."),
            Column("energy_kwh_per_request", .real, unit: "kWh/request", "IT energy of a request (e)."),
            Column("movable_share", .real, "Share that may leave home (sigma), 0 to 1."),
            Column(
                "value_usd_per_request", .real, unit: "USD/request", "Value lost when a request is not served (VOLL)."),
            Column(
                "switching_usd_per_request", .real, unit: "USD/request", "Cost of changing a request's place (psi)."),
            Column(
                "delay_limit_seconds", .real, unit: "seconds", isNullable: true,
                "Most delay in the tick (Delta, MODEL 2.7); NULL without limit."),
            Column(
                "delay_price_usd_per_second", .real, unit: "USD/second", "Price of delay (rho, MODEL 2.8)."),
            Column(
                "option_set", .integer, isNullable: true, "Its rows in bid_option; NULL where a run records no options."
            ),
        ])

    static let bidWork = Table(
        "bid_work", key: ["tick", "service", "workload_class", "resource"], "Work of a request of a bid (w).",
        columns: [
            .tick, .service, .workloadClass, .resource,
            Column(
                "work_accelerator_seconds_per_request", .real, unit: "accelerator-seconds/request", "Work of a request."
            ),
        ])

    static let bidOption = Table(
        "bid_option", key: ["option_set", "region"],
        "A region that a bid accepts. Bids share a set for as long as a node's options for a class stay the same.",
        columns: [
            Column("option_set", .integer, "Number of the set, from 1."),
            .region,
            Column(
                "friction_usd_per_request", .real, unit: "USD/request",
                "Cost of a request there rather than at home (phi)."),
            Column(
                "delay_seconds", .real, unit: "seconds",
                "Delay of the work if all ran there, the part that does not depend on its amount (MODEL 2.7)."),
            Column(
                "delay_seconds_per_request", .real, unit: "seconds/request", "What each request adds to that."),
        ])

    static let bidOutlook = Table(
        "bid_outlook", key: ["tick", "service", "workload_class", "ahead_ticks"],
        "How long work of a bid may wait, and what its node expected; no row where all must run now and nothing was said.",
        columns: [
            .tick, .service, .workloadClass,
            Column("ahead_ticks", .integer, unit: "ticks", "Ticks ahead; 0 is now."),
            Column(
                "due_requests", .real, unit: "requests", isNullable: true,
                "Requests that may wait so long and no longer; NULL beyond the longest wait."),
            Column(
                "expected_requests", .real, unit: "requests", isNullable: true,
                "Arrivals expected then; NULL now, and where nothing was said."),
        ])

    static let waiting = Table(
        "waiting", key: ["tick", "service", "workload_class"],
        "Work that a horizon lets wait and gives back to its node; no row where nothing waits.",
        columns: [.tick, .service, .workloadClass, Column("requests", .real, unit: "requests", "Requests that wait.")])

    static let award = Table(
        "award", key: ["tick", "service", "workload_class", "region"],
        "Work of a class from a service node placed in a region (x).",
        columns: [
            .tick, .service, .workloadClass, .region,
            Column("requests", .real, unit: "requests", "Requests placed."),
            Column("it_energy_mwh", .real, unit: "MWh", "IT energy of them."),
        ])

    static let unserved = Table(
        "unserved", key: ["tick", "service", "workload_class"], "Work not served (u); no row where all was served.",
        columns: [.tick, .service, .workloadClass, Column("requests", .real, unit: "requests", "Requests not served.")])

    static let missingAnswer = Table(
        "missing_answer", key: ["tick", "phase", "agent"],
        "An answer that a record does not hold, so that its stand-in counted: the last signal, no offer, the last bid at home only.",
        columns: [.tick, .phase, .agent("agent", "Agent, by number.")])

    static let absence = Table(
        "absence", key: ["tick", "phase", "agent"],
        "An agent that counts as absent in a phase: lost, in an outage, or its bid did not arrive.",
        columns: [.tick, .phase, .agent("agent", "Agent, by number.")])

    static let agentFault = Table(
        "agent_fault", key: ["tick", "agent", "kind"], "A fault of the scenario that befell an agent in the tick.",
        columns: [
            .tick, .agent("agent", "Agent, by number."),
            Column(
                "kind", .text, check: "kind IN ('outage', 'stale-signals', 'lost-bid')",
                "outage: it was not asked; stale-signals: it acted on those of an earlier tick; lost-bid: its bid or offer did not arrive."
            ),
            Column(
                "signal_tick", .integer, isNullable: true, references: "tick",
                "Of stale-signals: the tick whose signals it acted on; NULL otherwise."),
        ])

    static let violation = Table(
        "violation", key: ["tick", "violation"], "An answer that broke a rule of the protocol or of the market.",
        columns: [
            .tick,
            Column("violation", .integer, "Place among the violations of the tick, from 0."),
            .phase, .agent("agent", "Agent, by number."),
            Column("text", .text, "What was wrong and what was done about it."),
        ])
}
