/// Views with names and UTC stamps, for people who read a run with SQL, pandas or DuckDB.
enum Views {
    static let all = [
        placement, relocation, loadByArea, loadByRegion, generationByTechnology, paymentByParty, waitByAgent,
    ]

    private static let tick = Column("tick", .integer, "Tick, from 0.")
    private static let utc = Column("utc", .text, "Start of the tick, ISO 8601.")
    private static let stamp = "strftime('%Y-%m-%dT%H:%M:%SZ', tick.utc_seconds, 'unixepoch')"

    private static let placementColumns = [
        tick, utc,
        Column("service", .text, "Service node."),
        Column("workload_class", .text, "Workload class."),
        Column("home_grid_operator", .text, "Grid operator of the home region."),
        Column("home_area", .text, isNullable: true, "Balancing area of the home region; NULL where it is not known."),
        Column("home_region", .text, "Home region."),
        Column("executing_grid_operator", .text, "Grid operator of the region that runs the work."),
        Column(
            "executing_area", .text, isNullable: true,
            "Balancing area of the region that runs the work; NULL where it is not known."),
        Column("executing_region", .text, "Region that runs the work."),
        Column("layer", .text, "local, regional or energy-oriented (MODEL 1.11)."),
        Column("requests", .real, unit: "requests", "Requests placed."),
        Column("it_energy_mwh", .real, unit: "MWh", "IT energy of them."),
        Column("facility_energy_mwh", .real, unit: "MWh", "Facility energy of them, where they run."),
    ]

    static let placement = View(
        "placement", "Placed work, home or not, with names.", columns: placementColumns,
        select: """
            SELECT award.tick, \(stamp), service.name, workload_class.name, home_operator.name, home_area.name, home.name,
                operator.name, area.name, region.name,
                route.layer, award.requests, award.it_energy_mwh,
                award.it_energy_mwh * outcome.facility_energy_mwh / nullif(outcome.it_energy_mwh, 0)
            FROM award
            JOIN tick ON tick.tick = award.tick
            JOIN agent AS service ON service.agent = award.service
            JOIN workload_class ON workload_class.workload_class = award.workload_class
            JOIN agent AS home ON home.agent = service.home_region
            JOIN agent AS home_operator ON home_operator.agent = home.grid_operator
            JOIN agent AS region ON region.agent = award.region
            JOIN agent AS operator ON operator.agent = region.grid_operator
            JOIN route ON route.service = award.service AND route.region = award.region
            JOIN region_outcome AS outcome ON outcome.tick = award.tick AND outcome.region = award.region
            JOIN region_outcome AS home_outcome ON home_outcome.tick = award.tick AND home_outcome.region = home.agent
            LEFT JOIN area ON area.area = outcome.area
            LEFT JOIN area AS home_area ON home_area.area = home_outcome.area
            """)

    static let relocation = View(
        "relocation", "Work that ran away from home.", columns: placementColumns,
        select: "SELECT * FROM placement WHERE home_region <> executing_region")

    static let loadByArea = View(
        "load_by_area", "Load, supply, cost and CO2 of a balancing area.",
        columns: [
            tick, utc,
            Column("grid_operator", .text, "Grid operator."),
            Column("area", .text, "Balancing area."),
            Column("load_mw", .real, unit: "MW", "Demand and compute load together."),
            Column("demand_mw", .real, unit: "MW", "Demand other than compute regions."),
            Column("compute_load_mw", .real, unit: "MW", "Draw of the compute regions."),
            Column("generation_mw", .real, unit: "MW", "Generation."),
            Column("import_mw", .real, unit: "MW", "Net imports."),
            Column("curtailed_mw", .real, unit: "MW", "Renewable output turned away."),
            Column("unserved_mw", .real, unit: "MW", "Demand not served."),
            Column("cost_usd", .real, unit: "USD", "Cost of generation and of unserved energy."),
            Column("emissions_kg", .real, unit: "kg", "CO2 emitted."),
            Column("congestion_rent_usd", .real, unit: "USD", "Congestion rent."),
            Column("congested_lines", .integer, unit: "lines", "Lines and ties that were full."),
        ],
        select: """
            SELECT outcome.tick, \(stamp), operator.name, area.name, demand_mw + compute_load_mw, demand_mw, compute_load_mw,
                generation_mw, import_mw, curtailed_mw, unserved_mw, outcome.cost_usd, emissions_kg,
                congestion_rent_usd, congested_lines
            FROM area_outcome AS outcome
            JOIN tick ON tick.tick = outcome.tick
            JOIN area ON area.area = outcome.area
            JOIN agent AS operator ON operator.agent = area.grid_operator
            """)

    static let loadByRegion = View(
        "load_by_region", "Mean power of a compute region in a tick, with signalled and realised prices side by side.",
        columns: [
            tick, utc,
            Column("grid_operator", .text, "Grid operator."),
            Column("region", .text, "Compute region."),
            Column("it_load_mw", .real, unit: "MW", "IT power."),
            Column("facility_load_mw", .real, unit: "MW", "Facility power."),
            Column("grid_load_mw", .real, unit: "MW", "Facility power from the grid."),
            Column(
                "signalled_price_usd_per_mwh", .real, unit: "USD/MWh", isNullable: true,
                "Price published before the tick."),
            Column("realised_price_usd_per_mwh", .real, unit: "USD/MWh", isNullable: true, "Price after the dispatch."),
            Column(
                "signalled_marginal_emissions_kg_per_mwh", .real, unit: "kg/MWh", isNullable: true,
                "LME published before the tick."),
            Column(
                "realised_marginal_emissions_kg_per_mwh", .real, unit: "kg/MWh", isNullable: true,
                "LME after the dispatch."),
            Column(
                "realised_average_emissions_kg_per_mwh", .real, unit: "kg/MWh", isNullable: true,
                "Average CO2 after the dispatch."),
        ],
        select: """
            SELECT outcome.tick, \(stamp), operator.name, region.name, it_energy_mwh * 3600.0 / run.tick_seconds,
                facility_energy_mwh * 3600.0 / run.tick_seconds, grid_energy_mwh * 3600.0 / run.tick_seconds,
                signal.price_usd_per_mwh, realised_price_usd_per_mwh, signal.marginal_emissions_kg_per_mwh,
                realised_marginal_emissions_kg_per_mwh, realised_average_emissions_kg_per_mwh
            FROM region_outcome AS outcome
            JOIN run
            JOIN tick ON tick.tick = outcome.tick
            JOIN agent AS region ON region.agent = outcome.region
            JOIN agent AS operator ON operator.agent = region.grid_operator
            LEFT JOIN signal ON signal.tick = outcome.tick AND signal.region = outcome.region
            """)

    static let generationByTechnology = View(
        "generation_by_technology", "Generation of a technology in a balancing area.",
        columns: [
            tick, utc,
            Column("grid_operator", .text, "Grid operator."),
            Column("area", .text, "Balancing area."),
            Column("technology", .text, "Technology, such as wind."),
            Column("output_mw", .real, unit: "MW", "Output."),
        ],
        select: """
            SELECT output.tick, \(stamp), operator.name, area.name, technology.name, output.output_mw
            FROM technology_output AS output
            JOIN tick ON tick.tick = output.tick
            JOIN technology ON technology.technology = output.technology
            JOIN area ON area.area = output.area
            JOIN agent AS operator ON operator.agent = area.grid_operator
            """)

    static let paymentByParty = View(
        "payment_by_party", "Payments with names.",
        columns: [
            tick, utc,
            Column("payer", .text, "Who pays: an agent, transport or the carbon fund."),
            Column("payee", .text, "Who is paid: an agent, transport or the carbon fund."),
            Column("purpose", .text, "energy, compute, relocation, carbon or curtailment."),
            Column("amount_usd", .real, unit: "USD", "Amount; negative when a negative price turns it round."),
        ],
        select: """
            SELECT payment.tick, \(stamp),
                CASE payer WHEN -1 THEN 'transport' WHEN -2 THEN 'carbon fund' ELSE payer_agent.name END,
                CASE payee WHEN -1 THEN 'transport' WHEN -2 THEN 'carbon fund' ELSE payee_agent.name END, purpose, amount_usd
            FROM payment
            JOIN tick ON tick.tick = payment.tick
            LEFT JOIN agent AS payer_agent ON payer_agent.agent = payer
            LEFT JOIN agent AS payee_agent ON payee_agent.agent = payee
            """)

    static let waitByAgent = View(
        "wait_by_agent", "Who holds up time: what the coordinator waited for each agent over the run.",
        columns: [
            Column("agent", .text, "Agent."),
            Column("role", .text, "Role of the agent."),
            Column("waited_ticks", .integer, unit: "ticks", "Ticks with a wait recorded."),
            Column("mean_microseconds", .real, unit: "microseconds", "Mean wait."),
            Column("longest_microseconds", .integer, unit: "microseconds", "Longest wait."),
        ],
        select: """
            SELECT agent.name, agent.role, count(*), avg(wait_microseconds), max(wait_microseconds)
            FROM wait JOIN agent ON agent.agent = wait.agent GROUP BY wait.agent
            """)
}
