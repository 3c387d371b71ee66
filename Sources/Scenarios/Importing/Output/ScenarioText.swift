internal import CoSimulation
internal import InferencePlacement

/// The text of `scenario.yaml`.
struct ScenarioText {
    let content: ImportContent
    /// Greatest IT power and accelerator count of each site's own demand.
    let peaks: [(itMW: Double, accelerators: Double)]

    /// Name of the region of a site.
    static func region(_ site: ZoneSite) -> String { site.zone + "-dc" }

    /// Name of the service node of a site.
    static func service(_ site: ZoneSite) -> String { site.zone + "-users" }

    /// The whole text.
    var text: String {
        (head + ["classes:"] + content.classes.flatMap(workloadClass) + ["gridOperators:"]
            + content.sites.map(gridOperator) + ["regions:"]
            + zip(content.sites, peaks).map(region) + ["services:"] + content.sites.map(service)).joined(
                separator: "\n") + "\n"
    }

    private var options: ImportOptions { content.options }

    private var head: [String] {
        let clock = content.clock
        return [
            "# Made by `gridtide import`; SOURCES.txt says from what, and whom to name when you publish it.",
            "gridtide: 1",
            "name: \(ScenarioText.plain(content.name))",
            "title: \(Excerpt.count(content.sites.count, "zone")) with prices and emissions from \(content.date), "
                + "taken as they are",
            "description: |",
            "  Regions take the price and the emissions of their zone as given: relocated load changes neither. "
                + "Each service node has",
            "  \(Excerpt.number(options.meanITMW)) MW of IT load on average, with the tokens of published traces "
                + "of requests.",
            "  Emissions are averages of each zone and stand for marginal ones. Compare with "
                + "mechanism.objective=least-cost and",
            "  least-carbon, and with other carbon prices.",
            "seed: \(options.seed)",
            "clock: {start: \(CalendarDate.text(clock.startSeconds)), tickMinutes: \(options.tickMinutes), ticks: "
                + "\(clock.tickCount)}",
            "mechanism: {objective: carbon-priced, carbonPriceUSDPerTonne: 50}",
            "latency: {matrix: {file: latency.csv}}",
        ]
    }

    /// Budget, processing time and friction of class A (interactive) or B (standard online) of MODEL 1 [A, table 4].
    private func workloadClass(_ kind: ImportedClass) -> [String] {
        let model =
            kind.trace.isInteractive
            ? (budget: 300, processing: 230, friction: 1) : (budget: 1500, processing: 1250, friction: 5)
        return [
            "  - name: \(ScenarioText.plain(kind.name))",
            "    latencyBudgetMilliseconds: \(model.budget)",
            "    processingMilliseconds: \(model.processing)",
            "    inputTokensPerRequest: \(Excerpt.number(kind.inputTokens))",
            "    outputTokensPerRequest: \(Excerpt.number(kind.outputTokens))",
            "    energyWhPerInputToken: \(Excerpt.number(content.cost.inputWh))",
            "    energyWhPerOutputToken: \(Excerpt.number(content.cost.outputWh))",
            "    acceleratorSecondsPerRequest: \(Excerpt.number(kind.work))",
            "    movableShare: \(Excerpt.number(options.movableShare))",
            "    valueUSDPerRequest: \(Excerpt.number(kind.valueUSD))",
            "    surchargeUSDPerMWh: \(model.friction)",
        ]
    }

    private func gridOperator(_ site: ZoneSite) -> String {
        let price = "priceUSDPerMWh: {file: prices.csv, column: \(site.zone)_usd_per_mwh}"
        let emissions = "marginalEmissionsKgPerMWh: {file: emissions.csv, column: \(site.zone)_kg_per_mwh}"
        return
            "  - {name: \(ScenarioText.plain(site.zone)), strategy: series, \(location(site)), \(price), \(emissions)}"
    }

    private func region(_ site: ZoneSite, _ peak: (itMW: Double, accelerators: Double)) -> String {
        let accelerators = Excerpt.number((peak.accelerators * options.capacityFactor).rounded(.up))
        let connection = Excerpt.number((peak.itMW * options.pue * options.capacityFactor * 10).rounded(.up) / 10)
        let law = [site.country.map { "country: \(ScenarioText.plain($0))" }, site.bloc.map { "bloc: \($0)" }]
            .compactMap(\.self)
        let parts =
            ["name: \(ScenarioText.region(site))", "grid: \(ScenarioText.plain(site.zone))"] + law + [
                location(site), "strategy: honest", "accelerators: \(accelerators)", "connectionMW: \(connection)",
                "pue: \(Excerpt.number(options.pue))",
            ]
        return "  - {\(parts.joined(separator: ", "))}"
    }

    private func service(_ site: ZoneSite) -> String {
        let demand = content.classes.map {
            "\(ScenarioText.plain($0.name)): {file: requests.csv, column: \(site.zone)_\($0.name)_requests_per_tick}"
        }
        let parts = [
            "name: \(ScenarioText.service(site))", "home: \(ScenarioText.region(site))", location(site),
            "strategy: honest",
            "demand: {\(demand.joined(separator: ", "))}",
        ]
        return "  - {\(parts.joined(separator: ", "))}"
    }

    private func location(_ site: ZoneSite) -> String {
        let latitude = Excerpt.number(site.location.latitudeDegrees)
        return "location: {latitude: \(latitude), longitude: \(Excerpt.number(site.location.longitudeDegrees))}"
    }

    /// A name as YAML takes it for a text: quoted where it reads as a number or, like NO, as a truth value.
    static func plain(_ name: String) -> String {
        let words = ["no", "yes", "on", "off", "true", "false", "null", "y", "n"]
        let isText = !words.contains(name.lowercased()) && name.utf8.first.map { !(48...57).contains($0) } ?? false
        return isText ? name : "\"\(name)\""
    }
}
