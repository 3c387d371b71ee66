/// What is written once, at the start of a run.
enum RunTables {
    static let all = [columnInfo, run, agent, workloadClass, resource, classWork, route, gridEvent]

    static let columnInfo = Table(
        "column_info", key: ["table_name", "column_name"], "Unit and meaning of every column of every table and view.",
        columns: [
            Column("table_name", .text, "Table or view."),
            Column("column_name", .text, "Column."),
            Column("unit", .text, isNullable: true, "Unit; NULL for names, numbers of things, shares and ratios."),
            Column("description", .text, "What it says."),
        ])

    static let run = Table(
        "run", key: ["run"], "The run: one row.",
        columns: [
            Column("run", .integer, check: "run = 1", "Always 1."),
            Column("name", .text, "Name of the scenario."),
            Column("seed", .text, "Seed of every random stream, decimal (64 bits without sign do not fit an INTEGER)."),
            Column("scenario_digest", .text, "SHA-256 of the scenario's canonical bytes, hexadecimal."),
            Column(
                "baseline_digest", .text,
                "SHA-256 of the same scenario with everything at home; runs with equal values may be compared."),
            Column("start_utc_seconds", .integer, unit: "seconds", "Start of tick 0, since 1970-01-01T00:00Z."),
            Column("tick_seconds", .integer, unit: "seconds", "Length of a tick (h)."),
            Column("planned_ticks", .integer, unit: "ticks", "Length of the whole run."),
            Column("mechanism", .text, "Objective of the clearing, such as home or least-cost."),
            Column("carbon_price_usd_per_kg", .real, unit: "USD/kg", "Internal carbon price (kappa)."),
            Column("coupling", .text, "How relocation meets the grid (MODEL 3.4), such as sequential or co-optimised."),
            Column(
                "coupling_damping", .real, "Of iterated coupling: how far signals go to what was quoted, up to 1."),
            Column(
                "coupling_tolerance_mw", .real, unit: "MW",
                "Of iterated coupling: loads that move by less have settled."),
            Column("coupling_round_limit", .integer, "Most rounds of quotes in a tick."),
            Column(
                "coupling_gap", .real, "Of co-optimised coupling: relative gap at which the best placement is taken."),
            Column("local_limit_ms", .real, unit: "ms", "Round trip up to which work counts as local (MODEL 1.11)."),
            Column(
                "regional_limit_ms", .real, unit: "ms", "Round trip up to which work counts as regional (MODEL 1.11)."),
            Column(
                "status", .text, check: "status IN ('running', 'finished', 'failed')", "running, finished or failed."),
            Column("status_text", .text, "Why it failed; empty otherwise."),
            Column(
                "final_digest", .text, isNullable: true,
                "Digest of the last tick, hexadecimal; NULL until the run ends."),
            Column("gridtide_version", .text, "Version of the program that recorded the run."),
        ])

    static let agent = Table(
        "agent", key: ["agent"], "An agent: grid operators come first, then compute regions, then service nodes.",
        columns: [
            Column("agent", .integer, "Number of the agent, from 0; every other table names agents by it."),
            Column("name", .text, "Name, unique among all agents."),
            Column(
                "role", .text, check: "role IN ('grid-operator', 'compute-region', 'service-node')",
                "grid-operator, compute-region or service-node."),
            Column("strategy", .text, "Strategy in the catalogue."),
            Column(
                "latitude_degrees", .real, unit: "degrees", isNullable: true,
                "Latitude, north positive; NULL without a place."),
            Column(
                "longitude_degrees", .real, unit: "degrees", isNullable: true,
                "Longitude, east positive; NULL without a place."),
            .agent(
                "grid_operator", isNullable: true,
                "Grid operator of a compute region, an agent number; NULL for others."),
            Column(
                "bus", .text, isNullable: true,
                "Bus of a compute region, empty where the grid has one; NULL for others."),
            .agent(
                "home_region", isNullable: true, "Home region of a service node (c0), an agent number; NULL for others."
            ),
        ])

    static let workloadClass = Table(
        "workload_class", key: ["workload_class"], "A kind of inference work (k).",
        columns: [
            Column("workload_class", .integer, "Number of the class, from 0."),
            Column("name", .text, "Name."),
            Column(
                "latency_budget_ms", .real, unit: "ms", isNullable: true,
                "Longest acceptable latency (tau), relaxation added; NULL without limit."),
            Column("client_leg_ms", .real, unit: "ms", "Client leg (l_U)."),
            Column("processing_ms", .real, unit: "ms", "Processing (l_P)."),
            Column("queueing_ms", .real, unit: "ms", "Queueing (l_Q)."),
            Column("energy_kwh_per_request", .real, unit: "kWh/request", "IT energy of a request (e)."),
            Column("movable_share", .real, "Share that may leave home (sigma), 0 to 1."),
            Column(
                "value_usd_per_request", .real, unit: "USD/request", "Value lost when a request is not served (VOLL)."),
            Column("switching_usd_per_request", .real, unit: "USD/request", "Cost of moving a request's place (psi)."),
            Column("deadline_hours", .real, unit: "hours", "How long a request may wait; 0 means at once."),
            Column("payload_gb_per_request", .real, unit: "GB/request", "Payload of a request (b)."),
            Column("session_state_gb", .real, unit: "GB", "Session state moved once per session (B)."),
            Column("session_length_requests", .real, unit: "requests", "Requests per session (N)."),
            Column("cold_start_usd", .real, unit: "USD", "Cold start of a session elsewhere (warm)."),
            Column("reliability_usd_per_request", .real, unit: "USD/request", "Reliability premium (rho)."),
            Column("surcharge_usd_per_mwh", .real, unit: "USD/MWh", "Surcharge on relocated IT energy."),
        ])

    static let resource = Table(
        "resource", key: ["resource"], "A compute resource that work and capacity are counted in.",
        columns: [
            Column("resource", .integer, "Number of the resource, from 0."),
            Column("name", .text, "Name."),
        ])

    static let classWork = Table(
        "class_work", key: ["workload_class", "resource"], "Work of a request of a class (w).",
        columns: [
            .workloadClass, .resource,
            Column(
                "work_accelerator_seconds_per_request", .real, unit: "accelerator-seconds/request", "Work of a request."
            ),
        ])

    static let route = Table(
        "route", key: ["service", "region"], "The way from a service node to a compute region.",
        columns: [
            .service, .region,
            Column("round_trip_ms", .real, unit: "ms", isNullable: true, "Round trip (R); NULL where there is no way."),
            Column("egress_usd_per_gb", .real, unit: "USD/GB", "Price of data that leaves for the region (a)."),
            Column(
                "layer", .text, check: "layer IN ('local', 'regional', 'energy-oriented')",
                "Layer of work placed this way (MODEL 1.11): local, regional or energy-oriented."),
        ])

    static let gridEvent = Table(
        "grid_event", key: ["grid_event"],
        "What the scenario's grids want of a region for some ticks, beside what operators publish.",
        columns: [
            Column("grid_event", .integer, "Place in the scenario, from 0."),
            Column("name", .text, "Name; entries with one name are one event."),
            .region,
            Column("from_tick", .integer, "First tick."),
            Column("to_tick", .integer, "First tick after it."),
            Column(
                "kind", .text, check: "kind IN ('curtailment', 'cap', 'price-spike')",
                "curtailment, cap or price-spike."),
            Column(
                "amount_mw", .real, unit: "MW", isNullable: true,
                "Reduction asked for, or cap; NULL for a price spike."),
            Column(
                "price_usd_per_mwh", .real, unit: "USD/MWh", isNullable: true,
                "What a delivered MWh is paid, or what a price spike adds; NULL for a cap."),
        ])
}
