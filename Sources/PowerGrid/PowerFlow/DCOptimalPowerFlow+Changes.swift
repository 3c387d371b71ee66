import LinearProgram

/// Changes between ticks: each sets bounds, demands or slopes in place and keeps the basis.
extension DCOptimalPowerFlow {
    /// Replaces the demand of every bus, MW; Gs comes on top.
    public mutating func setDemand(_ demandMW: [Double]) {
        precondition(demandMW.count == network.buses.count, "one demand for each bus")
        for bus in demandMW.indices { setDemand(demandMW[bus], bus: bus) }
    }

    /// Replaces the demand of a bus, MW; negative for a fixed feed-in.
    public mutating func setDemand(_ demandMW: Double, bus: Int) {
        precondition(demandMW.isFinite, "a demand is a number")
        network.buses[bus].demandMW = demandMW
        setBounds(bus: bus)
    }

    /// Replaces the range of output of a generator, MW: a new availability, an outage in part, a bid.
    public mutating func setGeneratorLimits(minimumMW: Double, maximumMW: Double, generator: Int) {
        network.generators[generator].minimumMW = minimumMW
        network.generators[generator].maximumMW = maximumMW
        setBounds(generator: generator)
    }

    /// Commits a generator or takes it out of service; what is out costs nothing, c0 included.
    public mutating func setInService(_ isInService: Bool, generator: Int) {
        network.generators[generator].isInService = isInService
        setBounds(generator: generator)
    }

    /// Replaces the cost of a generator; with another number of pieces, or a parabola, the next solve is a cold one.
    ///
    /// - Throws: `PowerFlowError` where the cost is not convex, or the solver cannot take the new kind of objective.
    public mutating func setCost(_ cost: CostCurve, generator: Int) throws(PowerFlowError) {
        let new = try Self.segments(of: cost, generator: generator, in: network)
        let isSameShape = new.slopes.count == segments[generator].slopes.count
        if isSameShape, new.curvature == segments[generator].curvature {
            network.generators[generator].cost = cost
            segments[generator] = new
            setBounds(generator: generator)
        } else {
            var changed = self
            changed.network.generators[generator].cost = cost
            changed.segments[generator] = new
            try changed.rebuild(keepsColumns: isSameShape)
            self = changed
        }
    }

    /// Replaces the emission rate of a generator, kgCO2/MWh; the dispatch does not depend on it.
    public mutating func setEmissions(_ kgPerMWh: Double, generator: Int) {
        network.generators[generator].emissionsKgPerMWh = kgPerMWh
        dispatch = nil
    }

    /// Replaces the limit of a branch, MW.
    public mutating func setBranchLimit(_ limitMW: Double, branch: Int) {
        network.branches[branch].limitMW = limitMW
        setBounds(branch: branch)
    }

    /// Opens or closes a branch; one with an end out of service stays open.
    public mutating func setInService(_ isInService: Bool, branch: Int) {
        network.branches[branch].isInService = isInService
        setBounds(branch: branch)
    }

    /// Replaces the range of a direct-current line, MW at its leaving end.
    public mutating func setLimits(minimumMW: Double, maximumMW: Double, dcLine: Int) {
        network.dcLines[dcLine].minimumMW = minimumMW
        network.dcLines[dcLine].maximumMW = maximumMW
        setBounds(dcLine: dcLine)
    }

    /// Opens or closes a direct-current line.
    public mutating func setInService(_ isInService: Bool, dcLine: Int) {
        network.dcLines[dcLine].isInService = isInService
        setBounds(dcLine: dcLine)
    }

    /// Replaces a net transfer capacity, MW each way.
    public mutating func setLimits(forwardMW: Double, reverseMW: Double, transfer: Int) {
        network.transferLimits[transfer].forwardMW = forwardMW
        network.transferLimits[transfer].reverseMW = reverseMW
        setBounds(transfer: transfer)
    }

    /// Limits the next outputs by ramping from earlier ones, MW, over a number of minutes; nil lifts the limits.
    ///
    /// What is available and committed comes first: a unit whose own limits have moved further than it ramps goes to the
    /// nearest of them, so one that starts may start at its minimum and one that lost its wind may drop.
    public mutating func limitRamps(from outputMW: [Double]?, minutes: Double) {
        precondition(minutes >= 0, "time goes on")
        guard let outputMW else {
            rampRangesMW = []
            for generator in network.generators.indices { setBounds(generator: generator) }
            return
        }
        precondition(outputMW.count == network.generators.count, "one output for each generator")
        rampRangesMW = zip(network.generators, outputMW).map { generator, last in
            let change = generator.rampMWPerMinute == .infinity ? .infinity : generator.rampMWPerMinute * minutes
            precondition(change >= 0, "a ramp limit is not negative")
            return (last - change)...(last + change)
        }
        for generator in network.generators.indices { setBounds(generator: generator) }
    }
}

/// Bounds of the linear model from the network.
extension DCOptimalPowerFlow {
    mutating func setAllBounds() {
        let unserved = options.unservedEnergyUSDPerMWh ?? 0
        for bus in network.buses.indices {
            if let first = model.layout.unserved { solver.model.setCost(unserved, column: first + bus) }
            setBounds(bus: bus)
        }
        let surplus = options.surplusEnergyUSDPerMWh ?? 0
        for generator in network.generators.indices {
            if let first = model.layout.surplus { solver.model.setCost(surplus, column: first + generator) }
            setBounds(generator: generator)
        }
        for branch in network.branches.indices { setBounds(branch: branch) }
        for line in network.dcLines.indices { setBounds(dcLine: line) }
        for transfer in network.transferLimits.indices { setBounds(transfer: transfer) }
    }

    /// Whether a generator is in service, at a bus that is.
    func isRunning(_ generator: Int) -> Bool {
        network.generators[generator].isInService && !network.buses[network.generators[generator].bus].isIsolated
    }

    /// Whether a branch is closed, between buses that are in service.
    func isClosed(_ branch: Int) -> Bool {
        network.branches[branch].isInService && !network.hasIsolatedEnd(branch)
    }

    /// Whether a direct-current line is closed, between buses that are in service.
    func isClosed(dcLine index: Int) -> Bool {
        let line = network.dcLines[index]
        return line.isInService && !network.buses[line.from].isIsolated && !network.buses[line.to].isIsolated
    }

    /// Range of output of a generator, MW, ramping included; zero when it is out of service.
    func outputRangeMW(_ index: Int) -> (minimum: Double, maximum: Double) {
        guard isRunning(index) else { return (0, 0) }
        let generator = network.generators[index]
        guard !rampRangesMW.isEmpty else { return (generator.minimumMW, generator.maximumMW) }
        let ramp = rampRangesMW[index]
        return (
            max(generator.minimumMW, min(ramp.lowerBound, generator.maximumMW)),
            min(generator.maximumMW, max(ramp.upperBound, generator.minimumMW))
        )
    }

    /// Range of flow of a branch, MW, angle limits included; zero when it is open.
    func flowRangeMW(_ branch: Int) -> (least: Double, greatest: Double) {
        guard isClosed(branch) else { return (0, 0) }
        let limit = network.branches[branch].limitMW
        let angles = laws[branch].flowRangeMW
        return (max(-limit, angles.least), min(limit, angles.greatest))
    }

    /// What a bus draws whatever the prices: demand, Gs and the fixed losses of direct-current lines that enter, MW.
    func fixedLoadMW(_ bus: Int) -> Double {
        guard !network.buses[bus].isIsolated else { return 0 }
        var sum = network.buses[bus].demandMW + network.buses[bus].shuntMW
        for (index, line) in network.dcLines.enumerated() where line.to == bus && isClosed(dcLine: index) {
            sum += line.fixedLossMW
        }
        return sum
    }

    private mutating func setBounds(bus: Int) {
        dispatch = nil
        let load = fixedLoadMW(bus)
        solver.model.setRowBounds(lower: load, upper: load, row: bus)
        guard let first = model.layout.unserved else { return }
        let most = network.buses[bus].isIsolated ? 0 : max(0, network.buses[bus].demandMW)
        solver.model.setColumnBounds(lower: 0, upper: most, column: first + bus)
    }

    private mutating func setBounds(generator: Int) {
        dispatch = nil
        let range = outputRangeMW(generator)
        for (piece, column) in model.layout.pieces(of: generator).enumerated() {
            let bounds = segments[generator].bounds(
                ofPiece: piece, minimumMW: range.minimum, maximumMW: range.maximum)
            solver.model.setColumnBounds(lower: bounds.lower, upper: bounds.upper, column: column)
            solver.model.setCost(segments[generator].slopes[piece], column: column)
        }
        guard let first = model.layout.surplus else { return }
        solver.model.setColumnBounds(lower: 0, upper: max(0, range.minimum), column: first + generator)
    }

    private mutating func setBounds(branch: Int) {
        dispatch = nil
        let range = flowRangeMW(branch)
        let opening = isClosed(branch) ? 0 : Double.infinity
        solver.model.setColumnBounds(lower: range.least, upper: range.greatest, column: model.layout.flow + branch)
        solver.model.setColumnBounds(lower: -opening, upper: opening, column: model.layout.opening + branch)
    }

    private mutating func setBounds(transfer: Int) {
        dispatch = nil
        let limit = network.transferLimits[transfer]
        solver.model.setColumnBounds(
            lower: -limit.reverseMW, upper: limit.forwardMW, column: model.layout.transfer + transfer)
    }

    private mutating func setBounds(dcLine: Int) {
        dispatch = nil
        let line = network.dcLines[dcLine]
        precondition(0 <= line.lossShare && line.lossShare < 1, "a line loses less than it carries")
        let isClosed = isClosed(dcLine: dcLine)
        let (least, greatest) = isClosed ? (line.minimumMW, line.maximumMW) : (0, 0)
        // Without losses one column carries both directions.
        let reverse = line.lossShare > 0
        solver.model.setColumnBounds(
            lower: reverse ? max(0, least) : least, upper: reverse ? max(0, greatest) : greatest,
            column: model.layout.forward + dcLine)
        solver.model.setColumnBounds(
            lower: reverse ? max(0, -greatest) : 0, upper: reverse ? max(0, -least) : 0,
            column: model.layout.backward + dcLine)
        setBounds(bus: line.to)
    }
}
