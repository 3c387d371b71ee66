/// What happened, who paid, and how long it took.
enum OutcomeTables {
    static let all = [
        regionOutcome, capacityPrice, area, areaOutcome, technology, technologyOutput, payment, wait, tickTiming, event,
    ]

    static let regionOutcome = Table(
        "region_outcome", key: ["tick", "region"], "What was placed in a region, and what its grid then reported.",
        columns: [
            .tick, .region,
            Column("it_energy_mwh", .real, unit: "MWh", "IT energy placed."),
            Column("facility_energy_mwh", .real, unit: "MWh", "Facility energy placed: IT energy times PUE."),
            Column("grid_energy_mwh", .real, unit: "MWh", "Facility energy from the grid."),
            Column("energy_price_usd_per_mwh", .real, unit: "USD/MWh", "Price of IT energy from the clearing."),
            Column(
                "realised_price_usd_per_mwh", .real, unit: "USD/MWh", isNullable: true,
                "Price (LMP) after the dispatch; NULL where the operator was absent."),
            Column(
                "realised_marginal_emissions_kg_per_mwh", .real, unit: "kg/MWh", isNullable: true,
                "CO2 of one more MWh (LME) after the dispatch; NULL where the operator was absent."),
            Column(
                "realised_average_emissions_kg_per_mwh", .real, unit: "kg/MWh", isNullable: true,
                "Average CO2 after the dispatch; NULL where the operator was absent."),
            Column(
                "area", .integer, isNullable: true, references: "area",
                "Balancing area of the region's bus; NULL where the operator was absent."),
        ])

    static let capacityPrice = Table(
        "capacity_price", key: ["tick", "region", "resource"],
        "Price of scarce compute capacity; no row where it is 0.",
        columns: [
            .tick, .region, .resource,
            Column(
                "price_usd_per_accelerator_second", .real, unit: "USD/accelerator-second", "Dual of the capacity limit."
            ),
        ])

    static let area = Table(
        "area", key: ["area"], "A balancing area, numbered as areas first appear.",
        columns: [
            Column("area", .integer, "Number of the area, from 0."),
            .agent("grid_operator", "Its grid operator, an agent number."),
            Column("name", .text, "Name, unique within its operator."),
        ])

    static let areaOutcome = Table(
        "area_outcome", key: ["tick", "area"],
        "What happened in a balancing area; no row where its operator was absent.",
        columns: [
            .tick,
            Column("area", .integer, references: "area", "Balancing area, from 0."),
            Column("demand_mw", .real, unit: "MW", "Demand other than compute regions."),
            Column("compute_load_mw", .real, unit: "MW", "Draw of the compute regions."),
            Column("generation_mw", .real, unit: "MW", "Generation."),
            Column("import_mw", .real, unit: "MW", "Net imports."),
            Column("curtailed_mw", .real, unit: "MW", "Renewable output turned away."),
            Column("unserved_mw", .real, unit: "MW", "Demand not served."),
            Column("cost_usd", .real, unit: "USD", "Cost of generation and of unserved energy."),
            Column("emissions_kg", .real, unit: "kg", "CO2 emitted."),
            Column(
                "congestion_rent_usd", .real, unit: "USD",
                "What loads paid more than generators were paid because lines were full."),
            Column("congested_lines", .integer, unit: "lines", "Lines and ties of the area that were full."),
        ])

    static let technology = Table(
        "technology", key: ["technology"], "A generation technology, numbered as technologies first appear.",
        columns: [
            Column("technology", .integer, "Number of the technology, from 0."),
            Column("name", .text, "Name, such as wind."),
        ])

    static let technologyOutput = Table(
        "technology_output", key: ["tick", "area", "technology"], "Generation of a technology in a balancing area.",
        columns: [
            .tick,
            Column("area", .integer, references: "area", "Balancing area, from 0."),
            Column("technology", .integer, references: "technology", "Technology, from 0."),
            Column("output_mw", .real, unit: "MW", "Output."),
        ])

    static let payment = Table(
        "payment", key: ["tick", "payment"], "A payment between two parties.",
        columns: [
            .tick,
            Column("payment", .integer, "Place among the payments of the tick, from 0."),
            Column("payer", .integer, "Who pays: an agent number, -1 for transport, -2 for the carbon fund."),
            Column("payee", .integer, "Who is paid: an agent number, -1 for transport, -2 for the carbon fund."),
            Column(
                "purpose", .text, check: "purpose IN ('energy', 'compute', 'relocation', 'carbon', 'curtailment')",
                "energy, compute, relocation, carbon or curtailment."),
            Column("amount_usd", .real, unit: "USD", "Amount; negative when a negative price turns it round."),
        ])

    static let wait = Table(
        "wait", key: ["tick", "agent"], "How long the coordinator waited for an agent; differs from run to run.",
        columns: [
            .tick, .agent("agent", "Agent, by number."),
            Column("wait_microseconds", .integer, unit: "microseconds", "From question to answer, longest phase."),
        ])

    static let tickTiming = Table(
        "tick_timing", key: ["tick"], "How long a tick took; differs from run to run.",
        columns: [
            Column("tick", .integer, references: "tick", "Tick, from 0."),
            Column("clearing_microseconds", .integer, unit: "microseconds", "Clearing."),
            Column(
                "tick_microseconds", .integer, unit: "microseconds",
                "From the end of the last tick to the end of this one."),
        ])

    static let event = Table(
        "event", key: ["event"], "Something a person should know: a restart, a fault, a note.",
        columns: [
            Column("event", .integer, "Place among the events, from 1."),
            Column("tick", .integer, isNullable: true, "Tick it happened in; NULL outside the ticks."),
            Column("kind", .text, "Kind, such as restart."),
            .agent("agent", isNullable: true, "Agent concerned; NULL for the run itself."),
            Column("text", .text, "What happened."),
        ])
}
