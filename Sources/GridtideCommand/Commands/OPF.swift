internal import ArgumentParser
internal import Foundation
internal import PowerGrid

/// `gridtide opf`: DC optimal power flow of a case file.
struct OPF: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opf", abstract: "Solve the DC optimal power flow of a network.",
        discussion: """
            Reads a MATPOWER case file (version 2; PGLib-OPF files are such) or an RTS-GMLC source folder, and prints objective, prices \
            (LMP), marginal emissions (LME), flows and binding limits. Published optima differ by convention: pglib ignores taps and \
            shifts and keeps angle limits; matpower applies taps and shifts without angle limits; plexos takes 1/x.

            Exit status 0 also when the case is infeasible or unbounded: that is an answer. 2 when the file cannot be read.
            """)

    @Argument(help: "MATPOWER case file, or RTS-GMLC source folder.")
    var caseFile: String
    @Option(help: "How numbers become a model: pglib, matpower or plexos.")
    var convention: Convention = .pglib

    /// The conventions of MODEL 3.1.
    enum Convention: String, CaseIterable, ExpressibleByArgument {
        case pglib
        case matpower
        case plexos

        var model: NetworkConvention {
            switch self {
            case .pglib: .pglib
            case .matpower: .matpower
            case .plexos: .plexos
            }
        }
    }

    @Option(
        name: .customLong("emissions"),
        help: ArgumentHelp(
            "Emission rate of a technology, kgCO2/MWh, such as coal=950; case files have none. May be repeated.",
            valueName: "technology=rate"))
    var emissions: [String] = []
    @OptionGroup var output: OutputArguments

    func run() throws {
        let console = output.console
        let network = try readNetwork(console)
        var flow = try DCOptimalPowerFlow(network, convention: convention.model)
        let outcome = try flow.solve()
        let signals = outcome.dispatch == nil ? nil : try flow.emissionSignals()
        let report = PowerFlowReport(network, outcome, signals)
        console.print(output.json ? try console.json(report) : report.text(network, outcome))
    }

    private func readNetwork(_ console: Console) throws -> Network {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: caseFile, isDirectory: &isDirectory) else {
            throw CommandError(.invalidInput, "There is no case at \(caseFile).")
        }
        var network: Network
        if isDirectory.boolValue {
            let system = try RTSGMLC(folder: caseFile)
            for notice in system.notices { console.note("note: \(notice)") }
            network = system.network
        } else {
            let file = try MatpowerCase(path: caseFile)
            for notice in file.notices { console.note("note: \(notice)") }
            network = file.network
        }
        for setting in emissions { try apply(setting, to: &network) }
        return network
    }

    private func apply(_ setting: String, to network: inout Network) throws {
        let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
        let technologies = Set(network.generators.map(\.technology)).sorted()
        guard parts.count == 2, let rate = Double(parts[1]), rate.isFinite, technologies.contains(parts[0]) else {
            let known = technologies.filter { !$0.isEmpty }.joined(separator: ", ")
            throw CommandError(
                .invalidInput,
                "--emissions \(setting) is not understood: give technology=rate. The case has \(known.isEmpty ? "no technologies" : known)."
            )
        }
        for index in network.generators.indices where network.generators[index].technology == parts[0] {
            network.generators[index].emissionsKgPerMWh = rate
        }
    }
}

/// What `gridtide opf --json` prints.
struct PowerFlowReport: Encodable {
    /// A binding limit in words.
    struct Binding: Encodable {
        let element: String
        let row: Int
        let limit: String
        let shadowPrice: Double
    }

    /// optimal, infeasible or unbounded.
    let status: String
    /// $/h.
    private(set) var objective: Double?
    /// $/MWh by bus number.
    private(set) var lmp: [String: Double] = [:]
    /// kgCO2/MWh by bus number.
    private(set) var lme: [String: Double] = [:]
    /// MW by generator row.
    private(set) var generation: [Double] = []
    /// MW by branch row.
    private(set) var flow: [Double] = []
    /// Limits that bind, or those that conflict.
    private(set) var binding: [Binding] = []
    /// What conflicts when the case is infeasible.
    private(set) var conflict: String?

    init(_ network: Network, _ outcome: DispatchOutcome, _ signals: EmissionSignals?) {
        status = outcome.status
        if case .infeasible(let reason) = outcome { conflict = reason.description }
        guard let dispatch = outcome.dispatch else { return }
        objective = dispatch.objectiveUSDPerHour
        for (index, bus) in network.buses.enumerated() {
            lmp[String(bus.number)] = dispatch.lmpUSDPerMWh[index]
            if let signals { lme[String(bus.number)] = signals.marginalKgPerMWh[index] }
        }
        generation = dispatch.generationMW
        flow = dispatch.flowMW
        binding =
            (dispatch.bindingBranches + dispatch.bindingGenerators).map {
                Binding(
                    element: Self.element($0.quantity), row: $0.index, limit: "\($0.end)",
                    shadowPrice: $0.shadowPriceUSDPerMWh)
            }
    }

    private static func element(_ quantity: BindingLimit.Quantity) -> String {
        switch quantity {
        case .output: "generator"
        case .flow, .angle: "branch"
        case .schedule: "dcline"
        case .transfer: "transfer"
        }
    }

    /// The result as text for people.
    func text(_ network: Network, _ outcome: DispatchOutcome) -> String {
        guard let dispatch = outcome.dispatch, let objective else {
            return "\(network.name): \(status)" + (conflict.map { "\n\($0)" } ?? "")
        }
        let prices = network.buses.map { lmp[String($0.number)] ?? 0 }
        var lines = [
            "\(network.name): optimal, \(number(objective)) $/h",
            "\(network.buses.count) buses, \(network.branches.count) branches, \(network.generators.count) generators; "
                + "congestion rent \(number(dispatch.congestionRentUSDPerHour)) $/h",
            "LMP \(number(prices.min() ?? 0)) to \(number(prices.max() ?? 0)) $/MWh",
            "",
            "bus          LMP $/MWh    LME kg/MWh",
        ]
        for bus in network.buses.prefix(30) {
            let key = String(bus.number)
            lines.append(key.padded(to: 8) + right(number(lmp[key] ?? 0), 14) + right(number(lme[key] ?? 0), 14))
        }
        if network.buses.count > 30 { lines.append("and \(network.buses.count - 30) more; --json has all") }
        let lineLimits = binding.filter { $0.element == "branch" }
        lines.append("")
        lines.append(lineLimits.isEmpty ? "no branch binds" : "binding branches (row, shadow price $/MWh):")
        for limit in lineLimits.prefix(20) { lines.append("  \(limit.row + 1)  \(number(limit.shadowPrice))") }
        return lines.joined(separator: "\n")
    }

    private func number(_ value: Double) -> String { String(format: "%.4f", value) }

    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
