internal import InferencePlacement

extension RunMetrics {
    /// The metrics as text for people: a table each, at most 100 columns, no colour.
    public var text: String {
        [heading, relocatableTable, frontierTable, elasticityTable, breakEvenTable, layerTable].compactMap { $0 }
            .joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let price =
            carbonPriceUSDPerKg == 0 ? "" : " at \(NumberText.text(carbonPriceUSDPerKg * 1000, decimals: 2)) $/t"
        return "\(name): \(mechanism)\(price), \(coupling), \(tickCount) ticks; at posted prices (MODEL 1)"
    }

    private var relocatableTable: String {
        var table = TextTable([
            .init("relocatable IT MWh", isWords: true), .init("demand"), .init("technical"), .init("feasible"),
            .init("economic"), .init("realised"), .init("at a loss"), .init("realised %"),
        ])
        let decimals = NumberText.decimals(for: relocatable.map(\.demand.demandMWh))
        for (index, metric) in relocatable.enumerated() {
            if index > 0, relocatable[index - 1].scope != metric.scope { table.addRule() }
            let demand = metric.demand
            let cells = [
                demand.demandMWh, demand.technicalMWh, demand.feasibleMWh, demand.economicMWh, demand.realisedMWh,
                demand.realisedAtLossMWh,
            ].map { NumberText.text($0, decimals: decimals) }
            table.add(
                [metric.title] + cells
                    + [NumberText.text(metric.shares.map { 100 * $0.realised }, decimals: 1)])
        }
        return table.text()
    }

    private var frontierTable: String {
        var table = TextTable([
            .init("more ms allowed", isWords: true), .init("V $"), .init("C $"), .init("G t"), .init("relocated MWh"),
            .init("EROL $/ms"), .init("CROL kg/ms"),
        ])
        let system = elasticities.filter { $0.scope == .system }
        let decimals = NumberText.decimals(for: frontier.flatMap { [$0.valueUSD, $0.costUSD] })
        let energyDecimals = NumberText.decimals(for: frontier.map(\.relocatedMWh))
        let tonneDecimals = NumberText.decimals(for: frontier.map { $0.emissionsKg / 1000 })
        for point in frontier {
            let step = system.first { $0.toMilliseconds == point.relaxationMilliseconds }
            table.add([
                NumberText.text(point.relaxationMilliseconds, decimals: 0, signed: true),
                NumberText.text(point.valueUSD, decimals: decimals),
                NumberText.text(point.costUSD, decimals: decimals),
                NumberText.text(point.emissionsKg / 1000, decimals: tonneDecimals),
                NumberText.text(point.relocatedMWh, decimals: energyDecimals),
                NumberText.text(step?.valueUSDPerMillisecond, decimals: 3),
                NumberText.text(step?.emissionsKgPerMillisecond, decimals: 3),
            ])
        }
        return table.text()
    }

    /// Elasticities of classes and origins over the whole span; nil where there is no span.
    private var elasticityTable: String? {
        guard let first = frontier.first?.relaxationMilliseconds, let last = frontier.last?.relaxationMilliseconds,
            first < last
        else { return nil }
        var table = TextTable([
            .init("budgets of these alone", isWords: true), .init("saves $/ms"), .init("and MWh"),
            .init("avoids kg/ms"), .init("and MWh"),
        ])
        var previous: MetricScope?
        for metric in relocatable {
            if let previous, previous != metric.scope { table.addRule() }
            previous = metric.scope
            let steps = elasticities.filter { $0.scope == metric.scope && $0.name == metric.name }
            func mean(_ value: (ElasticityMetric) -> Double) -> Double {
                steps.reduce(0) { $0 + value($1) * ($1.toMilliseconds - $1.fromMilliseconds) } / (last - first)
            }
            let (value, emissions) = (mean(\.valueUSDPerMillisecond), mean(\.emissionsKgPerMillisecond))
            let energy = metric.demand.demandMWh
            table.add([
                metric.title, NumberText.text(value, decimals: 3),
                NumberText.text(energy > 0 ? value / energy : nil, decimals: 6),
                NumberText.text(emissions, decimals: 3),
                NumberText.text(energy > 0 ? emissions / energy : nil, decimals: 6),
            ])
        }
        let span =
            "\(NumberText.text(first, decimals: 0, signed: true)) to \(NumberText.text(last, decimals: 0, signed: true)) ms"
        return "EROL and CROL from \(span), relaxing one class or origin at a time\n" + table.text()
    }

    /// Most rows of the table of break-even.
    private static let breakEvenRowLimit = 20

    /// Allowed routes, the best margin first; nil where there is none.
    private var breakEvenTable: String? {
        let allowed = breakEven.filter(\.isAllowed).enumerated().sorted {
            ($1.element.marginUSDPerMWh, $0.offset) < ($0.element.marginUSDPerMWh, $1.offset)
        }.map(\.element)
        guard !allowed.isEmpty else { return nil }
        var table = TextTable([
            .init("moving", isWords: true), .init("held %"), .init("$/MWh"), .init("phi <"), .init("Wh >"),
            .init("N >"), .init("$/t >"),
        ])
        for metric in allowed.prefix(Self.breakEvenRowLimit) {
            table.add([
                "\(metric.workloadClass): \(metric.service) → \(metric.region)",
                NumberText.text(100 * Double(metric.heldTickCount) / Double(metric.tickCount), decimals: 1),
                NumberText.text(metric.marginUSDPerMWh, decimals: 2, signed: true),
                NumberText.text(metric.highestFrictionUSDPerRequest, decimals: 6),
                NumberText.text(metric.lowestEnergyKWhPerRequest.map { $0 * 1000 }, decimals: 3),
                NumberText.text(metric.lowestRequestsPerSession, decimals: 1),
                NumberText.text(metric.lowestCarbonPriceUSDPerKg.map { $0 * 1000 }, decimals: 1),
            ])
        }
        let rest = allowed.count - min(Self.breakEvenRowLimit, allowed.count)
        let caption =
            "break-even: share of ticks it held in, mean margin, and the friction ($), energy, session length\n"
            + "or carbon price of a request from which on it holds, all else as it is"
        return caption + "\n" + table.text() + (rest > 0 ? "\nand \(rest) more routes" : "")
    }

    private var layerTable: String {
        var table = TextTable([
            .init("ran, MWh of IT", isWords: true), .init("local"), .init("regional"), .init("energy-oriented"),
        ])
        let decimals = NumberText.decimals(for: layers.flatMap { [$0.localMWh, $0.regionalMWh, $0.energyOrientedMWh] })
        for metric in layers {
            table.add(
                [metric.workloadClass]
                    + [metric.localMWh, metric.regionalMWh, metric.energyOrientedMWh].map {
                        NumberText.text($0, decimals: decimals)
                    })
        }
        return table.text()
    }
}

extension RelocatableMetric {
    /// Whose work it is, for people.
    fileprivate var title: String { scope == .system ? name : "\(scope.rawValue) \(name)" }
}
