import LinearProgram

/// Why a network has no dispatch: limits of which no point keeps all, by name.
///
/// Every limit listed takes part in one proof (Farkas); the list need not be the shortest, and limits of zero output
/// are left out. The missing power is what
/// the least total relaxation leaves unbalanced.
public struct LimitConflict: Sendable, Equatable, CustomStringConvertible {
    /// A limit that takes part; indices are those of the network.
    public enum Limit: Sendable, Hashable {
        /// Demand of a bus.
        case demand(bus: Int)
        /// Least output of a generator.
        case generatorMinimum(Int)
        /// Greatest output of a generator.
        case generatorMaximum(Int)
        /// Limit of flow on a branch.
        case branchFlow(Int)
        /// Limit of the angle across a branch.
        case branchAngle(Int)
        /// Outage of a branch.
        case branchOutage(Int)
        /// Range of a direct-current line.
        case dcLine(Int)
        /// Net transfer capacity between two areas.
        case transfer(Int)
    }

    /// The limits, generators first, then branches, direct-current lines, transfers and buses.
    public let limits: [Limit]
    /// The same limits in words.
    public let names: [String]
    /// Power missing at each bus, MW, in the least total relaxation; negative where there is too much.
    public let missingMW: [Double]

    /// The limits in one line, the first twelve of them by name.
    public var description: String {
        let shown = names.prefix(12).joined(separator: ", ")
        let rest = names.count > 12 ? " and \(names.count - 12) more" : ""
        return "no dispatch keeps all of these limits: \(shown)\(rest)"
    }
}

extension DCOptimalPowerFlow {
    /// The conflict behind the last solve.
    func makeConflict() -> LimitConflict {
        guard let proof = solver.infeasibility else {
            return LimitConflict(limits: [], names: [], missingMW: [Double](repeating: 0, count: network.buses.count))
        }
        var limits: [LimitConflict.Limit] = []
        for generator in network.generators.indices { limits += conflicts(generator: generator, proof) }
        for branch in network.branches.indices {
            let multiplier = proof.columnMultipliers[model.layout.flow + branch]
            if multiplier != 0 { limits.append(conflict(branch: branch, multiplier)) }
        }
        for line in network.dcLines.indices {
            let first = proof.columnMultipliers[model.layout.forward + line]
            if first != 0 || proof.columnMultipliers[model.layout.backward + line] != 0 { limits.append(.dcLine(line)) }
        }
        for transfer in network.transferLimits.indices
        where proof.columnMultipliers[model.layout.transfer + transfer] != 0 {
            limits.append(.transfer(transfer))
        }
        for bus in network.buses.indices where proof.rowMultipliers[bus] != 0 && fixedLoadMW(bus) != 0 {
            limits.append(.demand(bus: bus))
        }
        return LimitConflict(
            limits: limits, names: limits.map(name(of:)),
            missingMW: network.buses.indices.map { proof.rowRelaxations[$0] == 0 ? 0 : -proof.rowRelaxations[$0] })
    }

    private func conflicts(generator: Int, _ proof: InfeasibilityCertificate) -> [LimitConflict.Limit] {
        guard isRunning(generator) else { return [] }
        let range = outputRangeMW(generator)
        if range.minimum > range.maximum { return [.generatorMinimum(generator), .generatorMaximum(generator)] }
        let multipliers = model.layout.pieces(of: generator).map { proof.columnMultipliers[$0] }
        // A limit of zero takes part in many proofs and tells nobody anything.
        let isLow = range.minimum != 0 && multipliers.contains { $0 > 0 }
        let isHigh = range.maximum != 0 && multipliers.contains { $0 < 0 }
        return (isLow ? [.generatorMinimum(generator)] : []) + (isHigh ? [.generatorMaximum(generator)] : [])
    }

    private func conflict(branch: Int, _ multiplier: Double) -> LimitConflict.Limit {
        guard isClosed(branch) else { return .branchOutage(branch) }
        let (angles, limit) = (laws[branch].flowRangeMW, network.branches[branch].limitMW)
        return (multiplier > 0 ? angles.least > -limit : angles.greatest < limit)
            ? .branchAngle(branch) : .branchFlow(branch)
    }

    private func name(of limit: LimitConflict.Limit) -> String {
        switch limit {
        case .demand(let bus):
            "demand \(fixedLoadMW(bus)) MW of \(network.label(bus: bus))"
        case .generatorMinimum(let index):
            "minimum \(outputRangeMW(index).minimum) MW of \(network.label(generator: index))"
        case .generatorMaximum(let index):
            "maximum \(outputRangeMW(index).maximum) MW of \(network.label(generator: index))"
        case .branchFlow(let index):
            "limit \(network.branches[index].limitMW) MW of \(network.label(branch: index))"
        case .branchAngle(let index):
            "angle limits of \(network.label(branch: index))"
        case .branchOutage(let index):
            "outage of \(network.label(branch: index))"
        case .dcLine(let index):
            "range of \(network.label(dcLine: index))"
        case .transfer(let index):
            network.label(transfer: index)
        }
    }
}
