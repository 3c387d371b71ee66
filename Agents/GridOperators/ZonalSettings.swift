internal import CoSimulation
internal import PowerGrid

/// The settings of a zonal market: areas, their fleets and the ties between them.
struct ZonalSettings: TickNetwork {
    static let fields: [Field] =
        [
            .required("areas", .rows(areaFields, minimumCount: 1), "Balancing areas; a region names one as its bus."),
            .optional(
                "ties", .rows(TieSettings.fields, minimumCount: 0), "Ties between areas; from and to name areas."),
        ] + FleetSettings.fields(ofEach: [.required("area", .text, "Name of the area the generator is in.")])

    private static let areaFields: [Field] = [
        .required("name", .text, "Name of the area, unique."),
        .required(
            "demandMW", .series(.nonNegative), unit: .megawatt, "Demand of the area other than compute regions."),
    ]

    let network: Network
    let convention = NetworkConvention.pglib
    let unservedEnergyUSDPerMWh: Double
    let carbonPriceUSDPerKg: Double
    let regionBuses: [Int]
    let areas: NetworkAreas
    private let demandMW: [Series]
    private let fleet: Fleet
    private let ties: TieSettings

    init(_ setup: GridOperatorSetup) throws(ParameterError) {
        let parameters = setup.parameters
        let names = try Self.names(parameters.sections("areas"))
        let buses = names.enumerated().map { Bus(number: $0 + 1, name: $1, area: $0 + 1) }
        fleet = try FleetSettings.fleet(parameters, tickCount: setup.clock.tickCount)
        let generators = try Self.generators(fleet, parameters.sections("fleet"), names)
        ties = try TieSettings(parameters.sections("ties"), buses: buses, firstLine: 0)
        carbonPriceUSDPerKg = parameters.number("carbonPriceUSDPerTonne") / 1000
        network = Network(
            name: setup.name, baseMVA: 100, buses: buses, branches: [], generators: generators, dcLines: ties.lines
        ).priced(carbonUSDPerKg: carbonPriceUSDPerKg)
        unservedEnergyUSDPerMWh = parameters.number("unservedEnergyUSDPerMWh")
        areas = NetworkAreas(names: names, ofBus: Array(names.indices))
        demandMW = parameters.sections("areas").map { $0.series("demandMW") }
        regionBuses = try Self.regionBuses(setup.regions, names)
    }

    func busDemandMW(tick: Int) -> [Double] { demandMW.map { $0[tick] } }

    func setSupply(tick: Int, of flow: inout DCOptimalPowerFlow) {
        for (index, generator) in fleet.generators.enumerated() {
            let most = generator.capacityMW * generator.availability[tick]
            flow.setGeneratorLimits(minimumMW: min(generator.minimumMW, most), maximumMW: most, generator: index)
        }
        ties.setLimits(tick: tick, of: &flow)
    }

    private static func names(_ rows: [Parameters]) throws(ParameterError) -> [String] {
        var names: [String] = []
        for (index, row) in rows.enumerated() {
            if names.contains(row.text("name")) {
                throw ParameterError(
                    path: "areas[\(index)].name", problem: "'\(row.text("name"))' is there twice",
                    remedy: "rename one of the areas")
            }
            names.append(row.text("name"))
        }
        return names
    }

    private static func generators(
        _ fleet: Fleet, _ rows: [Parameters], _ names: [String]
    ) throws(ParameterError) -> [NetworkGenerator] {
        var generators: [NetworkGenerator] = []
        for (index, (generator, row)) in zip(fleet.generators, rows).enumerated() {
            guard let bus = names.firstIndex(of: row.text("area")) else {
                throw ParameterError(
                    path: "fleet[\(index)].area", problem: "no area is called '\(row.text("area"))'",
                    remedy: "use one of \(names.joined(separator: ", "))")
            }
            generators.append(
                NetworkGenerator(
                    name: generator.name, technology: generator.technology, bus: bus,
                    minimumMW: generator.minimumMW, maximumMW: generator.capacityMW,
                    cost: .polynomial(c2: 0, c1: generator.costUSDPerMWh, c0: 0),
                    emissionsKgPerMWh: generator.emissionsKgPerMWh))
        }
        return generators
    }

    private static func regionBuses(_ regions: [ConnectedRegion], _ names: [String]) throws(ParameterError) -> [Int] {
        var buses: [Int] = []
        for region in regions {
            guard let bus = names.firstIndex(of: region.bus) else {
                throw ParameterError(
                    path: "areas", problem: "region \(region.name) is at bus '\(region.bus)', which is no area",
                    remedy: "give the region `bus:` with one of \(names.joined(separator: ", "))")
            }
            buses.append(bus)
        }
        return buses
    }
}
