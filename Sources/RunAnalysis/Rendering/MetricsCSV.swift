internal import InferencePlacement

extension RunMetrics {
    /// Every metric as CSV (RFC 4180): metric, scope, name, from_ms, to_ms, quantity, unit, value.
    ///
    /// Numbers have full precision; what is not known is empty, and so are relaxations where there is none.
    public var csv: String {
        let heading = ["metric", "scope", "name", "from_ms", "to_ms", "quantity", "unit", "value"]
        let rows = relocatableRows + frontierRows + elasticityRows + jumpRows + reachRows + breakEvenRows + layerRows
        return CSVText.text(
            [heading]
                + rows.map { row in
                    [row.metric, row.scope, row.name, CSVText.number(row.from), CSVText.number(row.to)]
                        + [row.quantity, row.unit, CSVText.number(row.value)]
                })
    }

    /// One number.
    private struct Row {
        let metric: String
        let scope: String
        let name: String
        var from: Double?
        var to: Double?
        let quantity: String
        let unit: String
        let value: Double?
    }

    private var relocatableRows: [Row] {
        relocatable.flatMap { metric in
            let demand = metric.demand
            return [
                ("demand", demand.demandMWh), ("technical", demand.technicalMWh), ("feasible", demand.feasibleMWh),
                ("economic", demand.economicMWh), ("realised", demand.realisedMWh),
                ("realised_at_loss", demand.realisedAtLossMWh),
            ].map {
                Row(
                    metric: "relocatable", scope: metric.scope.rawValue, name: metric.name, quantity: $0.0,
                    unit: "MWh", value: $0.1)
            }
        }
    }

    private var frontierRows: [Row] {
        frontier.flatMap { point in
            [
                ("value", "USD", point.valueUSD), ("cost", "USD", point.costUSD),
                ("emissions", "kg", point.emissionsKg),
                ("relocated", "MWh", point.relocatedMWh),
            ].map {
                Row(
                    metric: "frontier", scope: "system", name: "system", to: point.relaxationMilliseconds,
                    quantity: $0.0, unit: $0.1, value: $0.2)
            }
        }
    }

    private var elasticityRows: [Row] {
        elasticities.flatMap { metric in
            [
                ("erol", "USD/ms", metric.valueUSDPerMillisecond),
                ("erol_per_energy", "USD/ms/MWh", metric.valueUSDPerMillisecondMWh),
                ("crol", "kg/ms", metric.emissionsKgPerMillisecond),
                ("crol_per_energy", "kg/ms/MWh", metric.emissionsKgPerMillisecondMWh),
            ].map {
                Row(
                    metric: "elasticity", scope: metric.scope.rawValue, name: metric.name,
                    from: metric.fromMilliseconds, to: metric.toMilliseconds, quantity: $0.0, unit: $0.1, value: $0.2)
            }
        }
    }

    private var jumpRows: [Row] {
        jumps.map {
            Row(
                metric: "jump", scope: "route", name: "\($0.workloadClass): \($0.service) > \($0.region)",
                to: $0.relaxationMilliseconds, quantity: "round_trip", unit: "ms", value: $0.roundTripMilliseconds)
        }
    }

    private var reachRows: [Row] {
        reach.flatMap { metric in
            [("within_latency", metric.withinLatency), ("allowed", metric.allowed)].map {
                Row(
                    metric: "reach", scope: "route", name: "\(metric.workloadClass): \(metric.service)",
                    quantity: $0.0, unit: "regions", value: Double($0.1))
            }
        }
    }

    private var breakEvenRows: [Row] {
        breakEven.flatMap { metric in
            [
                ("allowed", "", metric.isAllowed ? 1 : 0), ("holds", "", metric.holds ? 1 : 0),
                ("ticks", "ticks", Double(metric.tickCount)), ("held_ticks", "ticks", Double(metric.heldTickCount)),
                ("margin", "USD/request", metric.marginUSDPerRequest),
                ("margin_per_energy", "USD/MWh", metric.marginUSDPerMWh),
                ("friction", "USD/request", metric.frictionUSDPerRequest),
                ("highest_friction", "USD/request", metric.highestFrictionUSDPerRequest),
                ("lowest_energy", "kWh/request", metric.lowestEnergyKWhPerRequest),
                ("lowest_session_length", "requests", metric.lowestRequestsPerSession),
                ("lowest_carbon_price", "USD/kg", metric.lowestCarbonPriceUSDPerKg),
            ].map {
                Row(
                    metric: "break_even", scope: "route",
                    name: "\(metric.workloadClass): \(metric.service) > \(metric.region)", quantity: $0.0,
                    unit: $0.1, value: $0.2)
            }
        }
    }

    private var layerRows: [Row] {
        layers.flatMap { metric in
            [
                ("local", metric.localMWh), ("regional", metric.regionalMWh),
                ("energy-oriented", metric.energyOrientedMWh),
            ].map {
                Row(
                    metric: "layer", scope: "class", name: metric.workloadClass, quantity: $0.0, unit: "MWh",
                    value: $0.1)
            }
        }
    }
}
