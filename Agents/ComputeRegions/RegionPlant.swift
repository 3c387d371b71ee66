internal import CoSimulation
internal import InferencePlacement

/// What a compute region can run by tick: accelerators, connection, PUE, on-site renewables and a battery. The core that
/// the strategies of the role share.
struct RegionPlant: Sendable {
    static let fields: [Field] = [
        .optional(
            "accelerators", .series(.nonNegative), unit: .accelerators,
            "Accelerators that can run; capacity Q (MODEL 1.4) is this times the seconds of a tick."),
        .optional(
            "capacityAcceleratorSeconds", .series(.nonNegative), unit: .acceleratorSecondsPerTick,
            "Compute capacity per tick (Q, MODEL 1.4), in place of accelerators."),
        .optional(
            "capacity", .map(.series(.nonNegative), keys: "compute resources"), unit: .accelerators,
            "Devices that can run by resource, in place of accelerators, where there are several resources."),
        .required(
            "connectionMW", .series(.nonNegative), unit: .megawatt, "Greatest draw from the grid (Pbar, MODEL 1.4)."),
        .optional(
            "pue", .series(.atLeastOne), unit: .perUnit, default: .number(1.2),
            "Facility power over IT power (eta, MODEL 1)."),
        .optional(
            "onSiteRenewableMW", .series(.nonNegative), unit: .megawatt, default: .number(0),
            "Free and clean power made on site (Pw, MODEL 2.3), used first and never exported."),
        .optional(
            "markUpUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(0),
            "What the region adds to its cost of energy, per MWh of facility energy."),
        .optional(
            "waterLitresPerKWh", .series(.nonNegative), unit: .litresPerKWh, default: .number(0),
            "Water the site uses per kWh of IT energy (WUE, MODEL 2.4)."),
        .optional(
            "gridWaterLitresPerKWh", .series(.nonNegative), unit: .litresPerKWh, default: .number(0),
            "Water of making a kWh of its power (EWIF, MODEL 2.4)."),
        .optional(
            "carbonTaxUSDPerTonne", .series(.nonNegative), unit: .usdPerTonne, default: .number(0),
            "Carbon tax of the site on the emissions of its grid energy (delta_j, MODEL 2.8)."),
        .optional("battery", .section(Battery.fields), "A battery on site, charged from the grid."),
    ]

    let clock: Clock
    let connectionMW: Series
    let onSiteMW: Series
    let markUpUSDPerMWh: Double
    /// Devices per resource, or accelerator-seconds per tick when `secondsPerUnit` is one.
    private let devices: [Series]
    private let secondsPerUnit: Double
    private let pue: Series
    private let hasOnSite: Bool
    private let waterLitresPerKWh: Series
    private let gridWaterLitresPerKWh: Series
    private let carbonTaxUSDPerTonne: Series
    /// Ticks to foretell beside this one.
    private let aheadTicks: Int
    private var battery: Battery?
    /// What the battery was to do in the last offer, which stood for a tick.
    private var lastPlan: (tick: Int, plan: Battery.Plan)?

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        let settings = setup.parameters
        clock = setup.clock
        connectionMW = settings.series("connectionMW")
        pue = settings.series("pue")
        onSiteMW = settings.series("onSiteRenewableMW")
        hasOnSite = settings["onSiteRenewableMW"] != .number(0)
        markUpUSDPerMWh = settings.number("markUpUSDPerMWh")
        waterLitresPerKWh = settings.series("waterLitresPerKWh")
        gridWaterLitresPerKWh = settings.series("gridWaterLitresPerKWh")
        carbonTaxUSDPerTonne = settings.series("carbonTaxUSDPerTonne")
        aheadTicks = setup.horizonTicks - 1
        devices = try RegionPlant.devices(setup)
        if case .section(let section)? = settings["battery"] { battery = try Battery(section, path: "battery") }
        secondsPerUnit = settings["capacityAcceleratorSeconds"] == nil ? Double(setup.clock.tickSeconds) : 1
    }

    /// An offer of a share of the plant with blocks of grid power, on-site power first.
    ///
    /// Grid power is limited to `connectionLimitMW` as well. A region with on-site power or a battery keeps its block when
    /// there is none: a book of the same shape clears faster.
    mutating func offer(
        _ observation: RegionObservation, share: Double = 1, connectionLimitMW: Double = .infinity,
        gridBlocks: [OfferBlock]
    ) -> CapacityOffer {
        let tick = observation.tick
        let connection = min(connectionMW[tick] * share, connectionLimitMW)
        var blocks: [OfferBlock] = []
        if hasOnSite {
            blocks.append(OfferBlock(source: .onSite, limitMW: onSiteMW[tick], markUpUSDPerMWh: markUpUSDPerMWh))
        }
        let plan = planBattery(observation, connectionMW: connection)
        if let plan {
            blocks.append(
                OfferBlock(
                    source: .onSite, limitMW: plan.dischargeMW,
                    markUpUSDPerMWh: markUpUSDPerMWh + plan.priceUSDPerMWh))
        }
        return CapacityOffer(
            capacity: devices.map { $0[tick] * secondsPerUnit * share }, connectionMW: connection, pue: pue[tick],
            blocks: blocks + gridBlocks, chargeMW: plan?.chargeMW ?? 0,
            waterLitresPerMWh: waterLitresPerMWh(at: tick), carbonTaxUSDPerKg: carbonTaxUSDPerTonne[tick] / 1000,
            outlook: (tick + 1..<max(tick + 1, min(tick + 1 + aheadTicks, clock.tickCount))).map { outlook(at: $0) })
    }

    /// Water of a MWh of facility energy, litres: WUE / PUE + EWIF (MODEL 2.4).
    private func waterLitresPerMWh(at tick: Int) -> Double {
        1000 * (waterLitresPerKWh[tick] / pue[tick] + gridWaterLitresPerKWh[tick])
    }

    private func outlook(at tick: Int) -> OfferOutlook {
        OfferOutlook(
            connectionMW: connectionMW[tick], pue: pue[tick], onSiteMW: onSiteMW[tick],
            waterLitresPerMWh: waterLitresPerMWh(at: tick), carbonTaxUSDPerKg: carbonTaxUSDPerTonne[tick] / 1000)
    }

    /// An offer of a share of the plant with all grid power at one mark-up.
    mutating func offer(
        _ observation: RegionObservation, share: Double = 1, connectionLimitMW: Double = .infinity,
        markUpUSDPerMWh: Double
    ) -> CapacityOffer {
        let limit = min(connectionMW[observation.tick] * share, connectionLimitMW)
        return offer(
            observation, share: share, connectionLimitMW: connectionLimitMW,
            gridBlocks: [OfferBlock(source: .grid, limitMW: limit, markUpUSDPerMWh: markUpUSDPerMWh)])
    }

    /// What the battery is to do in a tick, after what it did in the last one; nil without a battery.
    ///
    /// On-site power is used before the battery, which is never cheaper.
    private mutating func planBattery(_ observation: RegionObservation, connectionMW: Double) -> Battery.Plan? {
        guard battery != nil else { return nil }
        var facilityFromGridMW = 0.0
        if let last = observation.last, let lastPlan {
            let fromGridMWh = last.gridMWh - lastPlan.plan.chargeMW * clock.tickHours
            let onSiteMWh = hasOnSite ? onSiteMW[lastPlan.tick] * clock.tickHours : 0
            battery?.carryOut(
                lastPlan.plan, usedMWh: last.facilityMWh - fromGridMWh - onSiteMWh, hours: clock.tickHours)
            facilityFromGridMW = fromGridMWh / clock.tickHours
        }
        let limitMW = min(connectionMW, observation.signal.capMW)
        let plan = battery?.plan(
            observation.signal, spareMW: limitMW - facilityFromGridMW, hours: clock.tickHours)
        lastPlan = plan.map { (observation.tick, $0) }
        return plan
    }

    private static func devices(_ setup: ComputeRegionSetup) throws(ParameterError) -> [Series] {
        let settings = setup.parameters
        let ways = ["accelerators", "capacityAcceleratorSeconds", "capacity"]
        let stated = ways.filter { settings[$0] != nil }
        guard stated.count == 1 else {
            throw ParameterError(
                path: stated.last ?? "accelerators",
                problem: "\(stated.isEmpty ? "none" : stated.joined(separator: " and ")) of the capacities is stated",
                remedy: "state one of \(ways.joined(separator: ", "))")
        }
        if stated == ["capacity"] { return try devicesByResource(settings.section("capacity"), setup.resources) }
        guard setup.resources.count == 1 else {
            throw ParameterError(
                path: stated[0], problem: "it states one capacity for \(setup.resources.count) resources",
                remedy: "state capacity with a number for each of \(setup.resources.joined(separator: ", "))")
        }
        return [settings.series(stated[0])]
    }

    private static func devicesByResource(
        _ section: Parameters, _ resources: [String]
    ) throws(ParameterError) -> [Series] {
        let names = section.entries.map(\.name)
        guard names.sorted() == resources.sorted() else {
            throw ParameterError(
                path: "capacity", problem: "it names \(names.joined(separator: ", "))",
                remedy: "name exactly the resources \(resources.joined(separator: ", "))")
        }
        return resources.map { section.series($0) }
    }
}
