import LinearProgram

/// An optimal power flow as a linear model: what is fixed while bounds, demands and slopes change.
struct PowerFlowModel: Sendable {
    let layout: PowerFlowLayout
    let matrix: ColumnMatrix
    let cycles: [[CycleBasis.Step]]
    /// Sum of the phase shifts around each cycle, in the unit of its row.
    let cycleShifts: [Double]
    /// Flow to row activity in a cycle is reactance times this, MW/rad: it brings the coefficients near 1.
    let cycleScale: Double

    /// The constraints of a network; `isPresent` tells the branches that may ever be in service.
    init(
        _ network: Network, laws: [BranchLaw], segments: [CostSegments], options: PowerFlowOptions,
        isPresent: (Int) -> Bool
    ) {
        layout = PowerFlowLayout(network, pieceCounts: segments.map(\.slopes.count), options: options)
        cycles = CycleBasis(busCount: network.buses.count, branches: network.branches, isPresent: isPresent).cycles
        let total = laws.reduce(0) { $0 + abs($1.reactance) }
        let scale = total > 0 ? Double(laws.count) / total : 1
        cycleScale = scale
        cycleShifts = cycles.map { cycle in scale * cycle.reduce(0) { $0 + $1.sign * laws[$1.branch].shift } }
        matrix = Self.matrix(network, laws, layout, cycles, scale)
    }

    /// A linear model of the matrix; bounds and costs are still to be set.
    func linearModel(curvatures: [Double]) -> LinearModel {
        var model = LinearModel()
        for _ in 0..<layout.busCount { model.addRow(lower: 0, upper: 0) }
        for shift in cycleShifts { model.addRow(lower: -shift, upper: -shift) }
        for _ in layout.transfer..<layout.columnCount { model.addRow(lower: 0, upper: 0) }
        for column in 0..<matrix.columnCount {
            model.addColumn(lower: 0, upper: 0, entries: matrix.column(column))
        }
        for (generator, curvature) in curvatures.enumerated() where curvature > 0 {
            let column = layout.pieces[generator]
            model.addQuadraticCost(column, column, coefficient: curvature)
        }
        return model
    }

    private static func matrix(
        _ network: Network, _ laws: [BranchLaw], _ layout: PowerFlowLayout, _ cycles: [[CycleBasis.Step]],
        _ scale: Double
    ) -> ColumnMatrix {
        var passes = [[(row: Int, value: Double)]](repeating: [], count: network.branches.count)
        for (cycle, steps) in cycles.enumerated() {
            for step in steps { passes[step.branch].append((layout.busCount + cycle, step.sign)) }
        }
        let firstTransfer = layout.busCount + cycles.count
        func transfers(_ from: Int, _ to: Int, _ factor: Double = 1) -> [(row: Int, value: Double)] {
            network.transferLimits.enumerated().compactMap { place, limit in
                let sign = limit.sign(from: network.buses[from], to: network.buses[to])
                return sign == 0 ? nil : (firstTransfer + place, sign * factor)
            }
        }
        var matrix = ColumnMatrix(rowCount: firstTransfer + network.transferLimits.count)
        for (index, generator) in network.generators.enumerated() {
            for _ in layout.pieces(of: index) { matrix.append([(generator.bus, 1)]) }
        }
        if layout.surplus != nil { for generator in network.generators { matrix.append([(generator.bus, -1)]) } }
        if layout.unserved != nil { for bus in network.buses.indices { matrix.append([(bus, 1)]) } }
        for (index, branch) in network.branches.enumerated() {
            let ends = branch.from == branch.to ? [] : [(row: branch.from, value: -1.0), (row: branch.to, value: 1.0)]
            let cycle = passes[index].map { (row: $0.row, value: $0.value * laws[index].reactance * scale) }
            matrix.append(ends + cycle + transfers(branch.from, branch.to))
        }
        for index in network.branches.indices { matrix.append(passes[index]) }
        for line in network.dcLines {
            matrix.append([(line.from, -1), (line.to, 1 - line.lossShare)] + transfers(line.from, line.to))
        }
        for line in network.dcLines {
            matrix.append([(line.from, 1), (line.to, -1 / (1 - line.lossShare))] + transfers(line.from, line.to, -1))
        }
        for place in network.transferLimits.indices { matrix.append([(firstTransfer + place, -1)]) }
        return matrix
    }
}
