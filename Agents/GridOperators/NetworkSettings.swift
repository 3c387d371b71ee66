internal import CoSimulation
internal import PowerGrid

/// The settings that describe a network and what changes in it from tick to tick.
struct NetworkSettings: TickNetwork {
    static let fields: [Field] = [
        .required("network", .file, "MATPOWER case file (version 2), such as those of PGLib-OPF."),
        .optional(
            "convention", .choice(NetworkConvention.allCases.map(\.rawValue)), default: .text("pglib"),
            "How the numbers of the case become a model (MODEL 3.1)."),
        .optional(
            "demandScale", .series(.nonNegative), unit: .perUnit, default: .number(1),
            "Factor on the demand of every bus."),
        .optional(
            "areaDemandMW", .map(.series(.nonNegative), keys: "area numbers of the case"), unit: .megawatt,
            "Demand of an area, shared among its buses as in the case; in place of the scaled one."),
        .optional(
            "availability", .map(.series(.share), keys: "generator names or technologies of the case"), unit: .perUnit,
            "Share of the capacity that can run, such as wind and sun."),
        .optional(
            "availableMW", .map(.series(.nonNegative), keys: "generator names or technologies of the case"),
            unit: .megawatt, "What each such generator can make at most, in place of its capacity."),
        .optional(
            "fixedMW", .map(.series(.nonNegative), keys: "generator names or technologies of the case"),
            unit: .megawatt,
            "What each such generator makes without a choice, such as hydro; what nobody takes is turned away."),
        .optional(
            "emissionsKgPerMWh", .map(.number(.any), keys: "generator names or technologies of the case"),
            unit: .kilogramPerMWh, "Emission rates, which case files do not have (e_g, MODEL 3.2)."),
        .optional(
            "outages", .rows(outageFields, minimumCount: 0), "Times at which a branch or generator is out of service."),
        .optional(
            "ties", .rows(TieSettings.fields, minimumCount: 0),
            "Lines beside those of the case whose flow is set at will; from and to are bus numbers or names."),
        .optional(
            "transferCapacities", .rows(transferFields, minimumCount: 0),
            "Net transfer capacities: limits on the sum of flows over all that joins two areas of the case."),
        .optional(
            "unservedEnergyUSDPerMWh", .number(.positive), unit: .usdPerMWh, default: .number(10_000),
            "Price of demand that is not served."),
    ]

    private static let outageFields: [Field] = [
        .optional("branchRow", .integer(.atLeastOne), "Row of the branch in the case, from 1."),
        .optional("generatorRow", .integer(.atLeastOne), "Row of the generator in the case, from 1."),
        .required("fromTick", .integer(.nonNegative), unit: .ticks, "First tick of the outage."),
        .required("toTick", .integer(.nonNegative), unit: .ticks, "First tick after the outage."),
    ]

    private static let transferFields: [Field] = [
        .required("fromArea", .integer(.any), "Number of the area the flow is counted from."),
        .required("toArea", .integer(.any), "Number of the area the flow is counted to."),
        .required("forwardMW", .series(.nonNegative), unit: .megawatt, "Most that may flow from the one to the other."),
        .optional(
            "reverseMW", .series(.nonNegative), unit: .megawatt,
            "Most that may flow the other way; as much as forward where left out."),
    ]

    let network: Network
    let convention: NetworkConvention
    let unservedEnergyUSDPerMWh: Double
    let carbonPriceUSDPerKg: Double
    let regionBuses: [Int]
    let areas: NetworkAreas
    private let ties: TieSettings
    private let transferRows: [Parameters]
    private let demandScale: Series
    private let areaDemand: [(buses: [(bus: Int, share: Double)], series: Series)]
    private let supplies: [Supply]
    private let outages: [Outage]

    /// What a generator can or must make, by tick.
    private struct Supply: Sendable {
        /// How the series counts: the setting it stands in.
        enum Kind: String, CaseIterable {
            case availability
            case availableMW
            case fixedMW
        }

        let generator: Int
        let kind: Kind
        let series: Series
    }

    private struct Outage: Sendable {
        let branch: Int?
        let generator: Int?
        let ticks: Range<Int>
    }

    init(_ setup: GridOperatorSetup) throws(ParameterError) {
        let parameters = setup.parameters
        var network = try Self.network(parameters.text("network"))
        let emissions = parameters.section("emissionsKgPerMWh")
        for (name, value) in emissions.entries {
            guard case .number(let rate) = value else { continue }
            for index in try Self.generators(name, of: network, setting: "emissionsKgPerMWh") {
                network.generators[index].emissionsKgPerMWh = rate
            }
        }
        ties = try TieSettings(
            parameters.sections("ties"), buses: network.buses, firstLine: network.dcLines.count)
        network.dcLines += ties.lines
        transferRows = parameters.sections("transferCapacities")
        network.transferLimits = try Self.transferLimits(transferRows, network)
        convention = NetworkConvention(rawValue: parameters.text("convention"))!
        unservedEnergyUSDPerMWh = parameters.number("unservedEnergyUSDPerMWh")
        carbonPriceUSDPerKg = parameters.number("carbonPriceUSDPerTonne") / 1000
        areas = NetworkAreas(network, operatorName: setup.name)
        demandScale = parameters.series("demandScale")
        regionBuses = try Self.buses(of: setup.regions, in: network)
        areaDemand = try Self.areaDemand(parameters.section("areaDemandMW"), network)
        supplies = try Self.supplies(parameters, network)
        outages = try Self.outages(parameters.sections("outages"), network)
        self.network = network.priced(carbonUSDPerKg: carbonPriceUSDPerKg)
    }

    func setSupply(tick: Int, of flow: inout DCOptimalPowerFlow) {
        for supply in supplies {
            let unit = network.generators[supply.generator]
            let most = supply.series[tick] * (supply.kind == .availability ? unit.maximumMW : 1)
            let least = supply.kind == .fixedMW ? most : min(unit.minimumMW, most)
            flow.setGeneratorLimits(minimumMW: least, maximumMW: most, generator: supply.generator)
        }
        for outage in outages {
            let isIn = !outage.ticks.contains(tick)
            if let branch = outage.branch { flow.setInService(isIn, branch: branch) }
            if let generator = outage.generator { flow.setInService(isIn, generator: generator) }
        }
        ties.setLimits(tick: tick, of: &flow)
        for (index, row) in transferRows.enumerated() {
            let forward = row.series("forwardMW")
            let reverse = row.seriesIfPresent("reverseMW") ?? forward
            flow.setLimits(forwardMW: forward[tick], reverseMW: reverse[tick], transfer: index)
        }
    }

    func busDemandMW(tick: Int) -> [Double] {
        let scale = demandScale[tick]
        var demand = network.buses.map { $0.demandMW * scale }
        for (buses, series) in areaDemand {
            for (bus, share) in buses { demand[bus] = series[tick] * share }
        }
        return demand
    }

    // MARK: Reading

    private static func transferLimits(
        _ rows: [Parameters], _ network: Network
    ) throws(ParameterError) -> [TransferLimit] {
        let known = Set(network.buses.map(\.area))
        var limits: [TransferLimit] = []
        for (index, row) in rows.enumerated() {
            let (from, to) = (row.integer("fromArea"), row.integer("toArea"))
            guard known.contains(from), known.contains(to), from != to else {
                throw ParameterError(
                    path: "transferCapacities[\(index)]", problem: "\(from) and \(to) are no two areas of the case",
                    remedy: "use two of \(known.sorted().map(String.init).joined(separator: ", "))")
            }
            limits.append(TransferLimit(fromArea: from, toArea: to, forwardMW: 0, reverseMW: 0))
        }
        return limits
    }

    private static func network(_ text: String) throws(ParameterError) -> Network {
        do {
            return try MatpowerCase(SourceFile(name: "network", text: text)).network
        } catch {
            throw ParameterError(
                path: "network", problem: "\(error)", remedy: "Mend the case file; `gridtide opf` reads it alone")
        }
    }

    private static func generators(
        _ name: String, of network: Network, setting: String
    ) throws(ParameterError) -> [Int] {
        let found = network.generators.indices.filter {
            network.generators[$0].name == name || network.generators[$0].technology == name
        }
        guard found.isEmpty else { return found }
        let known = Set(network.generators.map(\.technology)).subtracting([""]).sorted().joined(separator: ", ")
        throw ParameterError(
            path: "\(setting).\(name)", problem: "the case has no generator and no technology named \(name)",
            remedy: known.isEmpty ? "Add mpc.genfuel or mpc.gen_name to the case" : "Its technologies are \(known)")
    }

    private static func buses(of regions: [ConnectedRegion], in network: Network) throws(ParameterError) -> [Int] {
        var found: [Int] = []
        for region in regions {
            let index = network.buses.firstIndex {
                String($0.number) == region.bus || (!region.bus.isEmpty && $0.name == region.bus)
            }
            guard let index, !network.buses[index].isIsolated else {
                throw ParameterError(
                    path: "network",
                    problem: "region \(region.name) is at bus '\(region.bus)', which the case does not have in service",
                    remedy: "Give the region `bus:` with a bus number of the case")
            }
            found.append(index)
        }
        return found
    }

    private static func areaDemand(
        _ section: Parameters, _ network: Network
    ) throws(ParameterError) -> [(buses: [(bus: Int, share: Double)], series: Series)] {
        var result: [(buses: [(bus: Int, share: Double)], series: Series)] = []
        for (name, _) in section.entries {
            let buses = network.buses.indices.filter { String(network.buses[$0].area) == name }
            let total = buses.map { network.buses[$0].demandMW }.reduce(0, +)
            guard total > 0 else {
                throw ParameterError(
                    path: "areaDemandMW.\(name)", problem: "area \(name) of the case has no demand to share",
                    remedy: "Name an area number of the case")
            }
            result.append((buses.map { ($0, network.buses[$0].demandMW / total) }, section.series(name)))
        }
        return result
    }

    private static func supplies(_ parameters: Parameters, _ network: Network) throws(ParameterError) -> [Supply] {
        var result: [Supply] = []
        var kinds: [Int: Supply.Kind] = [:]
        for kind in Supply.Kind.allCases {
            let section = parameters.section(kind.rawValue)
            for (name, _) in section.entries {
                for generator in try generators(name, of: network, setting: kind.rawValue) {
                    if let other = kinds.updateValue(kind, forKey: generator), other != kind {
                        throw ParameterError(
                            path: "\(kind.rawValue).\(name)", problem: "it stands in \(other.rawValue) too",
                            remedy: "Name a generator in one of availability, availableMW and fixedMW")
                    }
                    result.append(Supply(generator: generator, kind: kind, series: section.series(name)))
                }
            }
        }
        return result
    }

    private static func outages(_ rows: [Parameters], _ network: Network) throws(ParameterError) -> [Outage] {
        var result: [Outage] = []
        for (index, row) in rows.enumerated() {
            let branch = row.numberIfPresent("branchRow").map { Int($0) - 1 }
            let generator = row.numberIfPresent("generatorRow").map { Int($0) - 1 }
            let ticks = (row.integer("fromTick"), row.integer("toTick"))
            let isKnown =
                branch.map { network.branches.indices.contains($0) } ?? true
                && generator.map { network.generators.indices.contains($0) } ?? true
            guard (branch == nil) != (generator == nil), isKnown, ticks.0 <= ticks.1 else {
                throw ParameterError(
                    path: "outages[\(index)]",
                    problem: "an outage names one branch or generator row of the case, and ends after it begins",
                    remedy: "Give `branchRow:` or `generatorRow:` with a row from 1, and fromTick before toTick")
            }
            result.append(Outage(branch: branch, generator: generator, ticks: ticks.0..<ticks.1))
        }
        return result
    }
}
