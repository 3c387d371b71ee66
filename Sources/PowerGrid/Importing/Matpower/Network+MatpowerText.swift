// Writing what `MatpowerCase` reads.
extension Network {
    /// The network as a MATPOWER case file (format version 2), which reads back as the same network.
    ///
    /// A case file has no place for emission rates, coordinates and names of direct-current lines: they are left out.
    ///
    /// - Parameter comments: lines for the head of the file.
    public func matpowerText(comments: [String] = []) -> String {
        var lines = ["function mpc = \(identifier)"] + comments.map { "% \($0)" }
        lines += ["mpc.version = '2';", "mpc.baseMVA = \(DecimalNumber.text(baseMVA));"]
        lines += Self.matrix("bus", MatpowerColumns.bus, buses.map(Self.row))
        lines += Self.matrix("gen", MatpowerColumns.generator, generators.map(row))
        lines += Self.matrix("branch", MatpowerColumns.branch, branches.map(row))
        lines += Self.matrix("gencost", MatpowerColumns.cost, Self.padded(generators.map { Self.row($0.cost) }))
        if !dcLines.isEmpty { lines += Self.matrix("dcline", MatpowerColumns.dcLine, dcLines.map(row)) }
        lines += Self.cells("bus_name", buses.map(\.name)) + Self.cells("branch_name", branches.map(\.name))
        lines += Self.cells("gen_name", generators.map(\.name)) + Self.cells("genfuel", generators.map(\.technology))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The name as MATLAB takes it for a function.
    private var identifier: String {
        let word = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return word.first?.isLetter == true ? word : "case_" + word
    }

    // MARK: Rows

    private static func row(_ bus: Bus) -> [Double] {
        let type = bus.isReference ? 3.0 : bus.isIsolated ? 4 : 1
        return [
            Double(bus.number), type, bus.demandMW, 0, bus.shuntMW, 0, Double(bus.area), 1, 0, bus.baseKV, 1, 1.1, 0.9,
        ]
    }

    private func row(_ generator: NetworkGenerator) -> [Double] {
        let isInService = generator.isInService ? 1.0 : 0
        let head = [number(generator.bus), 0, 0, 0, 0, 1, 100, isInService, generator.maximumMW, generator.minimumMW]
        let ramp = generator.rampMWPerMinute == .infinity ? 0 : generator.rampMWPerMinute
        return head + [0, 0, 0, 0, 0, 0, ramp, 0, 0, 0, 0]
    }

    private func row(_ branch: Branch) -> [Double] {
        [
            number(branch.from), number(branch.to), branch.resistance, branch.reactance, 0,
            branch.limitMW == .infinity ? 0 : branch.limitMW, 0, 0, branch.tapRatio == 1 ? 0 : branch.tapRatio,
            branch.shiftDegrees, branch.isInService ? 1 : 0, max(-360, branch.leastAngleDegrees),
            min(360, branch.greatestAngleDegrees),
        ]
    }

    private func row(_ line: DCLine) -> [Double] {
        let head = [number(line.from), number(line.to), line.isInService ? 1 : 0, 0, 0, 0, 0, 1, 1]
        return head + [line.minimumMW, line.maximumMW, 0, 0, 0, 0, line.fixedLossMW, line.lossShare]
    }

    private static func row(_ cost: CostCurve) -> [Double] {
        switch cost {
        case .polynomial(let c2, let c1, let c0): [2, 0, 0, 3, c2, c1, c0]
        case .piecewiseLinear(let points): [1, 0, 0, Double(points.count)] + points.flatMap { [$0.x, $0.y] }
        }
    }

    private func number(_ bus: Int) -> Double { Double(buses[bus].number) }

    // MARK: Tables

    private static func padded(_ rows: [[Double]]) -> [[Double]] {
        let width = rows.map(\.count).max() ?? 0
        return rows.map { $0 + Array(repeating: 0, count: width - $0.count) }
    }

    private static func matrix(_ name: String, _ columns: [String], _ rows: [[Double]]) -> [String] {
        ["% \(columns.joined(separator: "\t"))", "mpc.\(name) = ["]
            + rows.map { "\t" + $0.map(DecimalNumber.text).joined(separator: "\t") + ";" } + ["];"]
    }

    /// A cell array with a text per row; none where no row has one.
    private static func cells(_ name: String, _ texts: [String]) -> [String] {
        guard texts.contains(where: { !$0.isEmpty }) else { return [] }
        return ["mpc.\(name) = {"] + texts.map { "\t'\($0.replacing("'", with: "''"))';" } + ["};"]
    }
}
