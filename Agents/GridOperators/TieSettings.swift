internal import CoSimulation
internal import PowerGrid

/// Ties as settings: lines whose flow the operator sets at will, within a net transfer capacity each way by tick.
struct TieSettings: Sendable {
    static let fields: [Field] = [
        .required("name", .text, "Name of the tie."),
        .required("from", .text, "Where it leaves: name or number."),
        .required("to", .text, "Where it arrives: name or number."),
        .required("forwardMW", .series(.nonNegative), unit: .megawatt, "Most that may flow from `from` to `to`."),
        .optional(
            "reverseMW", .series(.nonNegative), unit: .megawatt,
            "Most that may flow the other way; as much as forward where left out."),
        .optional(
            "lossShare", .number(NumberRange(0, 0.5)), unit: .share, default: .number(0),
            "Share of what is sent that is lost."),
    ]

    /// The ties as lines of a network.
    let lines: [DCLine]
    private let firstLine: Int
    private let forwardMW: [Series]
    private let reverseMW: [Series]

    /// The ties of checked settings between buses; `firstLine` counts the lines the network has already.
    init(_ rows: [Parameters], buses: [Bus], firstLine: Int) throws(ParameterError) {
        var lines: [DCLine] = []
        for (index, row) in rows.enumerated() {
            let from = try Self.bus(row.text("from"), buses, path: "ties[\(index)].from")
            let to = try Self.bus(row.text("to"), buses, path: "ties[\(index)].to")
            if from == to {
                throw ParameterError(
                    path: "ties[\(index)].to", problem: "the tie ends where it begins",
                    remedy: "name two different places")
            }
            lines.append(
                DCLine(
                    name: row.text("name"), from: from, to: to, minimumMW: 0, maximumMW: 0,
                    lossShare: row.number("lossShare")))
        }
        self.lines = lines
        self.firstLine = firstLine
        forwardMW = rows.map { $0.series("forwardMW") }
        reverseMW = rows.map { $0.seriesIfPresent("reverseMW") ?? $0.series("forwardMW") }
    }

    /// Sets what the ties can carry in a tick.
    func setLimits(tick: Int, of flow: inout DCOptimalPowerFlow) {
        for index in lines.indices {
            flow.setLimits(
                minimumMW: -reverseMW[index][tick], maximumMW: forwardMW[index][tick], dcLine: firstLine + index)
        }
    }

    private static func bus(_ name: String, _ buses: [Bus], path: String) throws(ParameterError) -> Int {
        if let index = buses.firstIndex(where: { $0.name == name || String($0.number) == name }) { return index }
        let known = buses.prefix(20).map { $0.name.isEmpty ? String($0.number) : $0.name }.joined(separator: ", ")
        throw ParameterError(
            path: path, problem: "there is no '\(name)'", remedy: "use one of \(known)\(buses.count > 20 ? ", …" : "")")
    }
}
