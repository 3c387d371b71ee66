internal import CoSimulation
internal import PowerGrid

/// What a dispatch of a network came to in each of its balancing areas.
///
/// The loss of a direct-current line counts as demand where it arrives. The rent of what joins two areas, and its limit
/// when it binds, belong to both: the rent by half, the limit in full.
struct AreaReport {
    let network: Network
    let areas: NetworkAreas
    let dispatch: NetworkDispatch
    /// Demand of each bus other than compute regions, shunts included, MW.
    let busDemandMW: [Double]
    let regionBuses: [Int]
    let regionLoadMW: [Double]
    let unservedEnergyUSDPerMWh: Double
    let carbonPriceUSDPerKg: Double

    /// One outcome for each area; energy and money over so many hours.
    func outcomes(hours: Double) -> [AreaOutcome] {
        var outcomes = areas.names.map { AreaOutcome(name: $0) }
        addDemand(&outcomes)
        addGeneration(&outcomes)
        addFlows(&outcomes)
        addBindingLimits(&outcomes)
        for index in outcomes.indices {
            outcomes[index].costUSD *= hours
            outcomes[index].emissionsKg *= hours
            outcomes[index].congestionRentUSD *= hours
        }
        return outcomes
    }

    private func addDemand(_ outcomes: inout [AreaOutcome]) {
        for (bus, area) in areas.ofBus.enumerated() {
            outcomes[area].demandMW += busDemandMW[bus]
            outcomes[area].unservedMW += dispatch.unservedMW[bus]
            outcomes[area].costUSD += dispatch.unservedMW[bus] * unservedEnergyUSDPerMWh
        }
        for (bus, load) in zip(regionBuses, regionLoadMW) { outcomes[areas.ofBus[bus]].computeLoadMW += load }
    }

    private func addGeneration(_ outcomes: inout [AreaOutcome]) {
        var technologies = [Parameters](repeating: Parameters(), count: outcomes.count)
        for (index, unit) in network.generators.enumerated() {
            let area = areas.ofBus[unit.bus]
            let output = dispatch.generationMW[index]
            let emissions = output > 0 ? output * unit.emissionsKgPerMWh : 0
            outcomes[area].generationMW += output - dispatch.surplusMW[index]
            outcomes[area].curtailedMW += dispatch.curtailedMW[index]
            outcomes[area].costUSD += dispatch.generationCostUSDPerHour[index] - carbonPriceUSDPerKg * emissions
            outcomes[area].emissionsKg += emissions
            let technology = unit.technology.isEmpty ? "other" : unit.technology
            technologies[area][technology] = .number(
                (technologies[area].numberIfPresent(technology) ?? 0) + output - dispatch.surplusMW[index])
        }
        for area in outcomes.indices {
            outcomes[area].technologies = technologies[area].entries.map {
                TechnologyOutput(technology: $0.name, outputMW: max(0, technologies[area].number($0.name)))
            }
        }
    }

    private func addFlows(_ outcomes: inout [AreaOutcome]) {
        let prices = dispatch.lmpUSDPerMWh
        for (index, branch) in network.branches.enumerated() {
            let flow = dispatch.flowMW[index]
            add(
                &outcomes, from: branch.from, to: branch.to, flowMW: flow,
                rentUSDPerHour: flow * (prices[branch.to] - prices[branch.from]))
        }
        for (index, line) in network.dcLines.enumerated() {
            let (flow, loss) = (dispatch.dcFlowMW[index], dispatch.dcLossMW[index])
            outcomes[areas.ofBus[line.to]].demandMW += loss
            let fixed = line.isInService ? line.fixedLossMW : 0
            add(
                &outcomes, from: line.from, to: line.to, flowMW: flow,
                rentUSDPerHour: (flow - loss + fixed) * prices[line.to] - flow * prices[line.from])
        }
    }

    private func add(
        _ outcomes: inout [AreaOutcome], from: Int, to: Int, flowMW: Double, rentUSDPerHour: Double
    ) {
        let (sender, receiver) = (areas.ofBus[from], areas.ofBus[to])
        outcomes[sender].congestionRentUSD += rentUSDPerHour / 2
        outcomes[receiver].congestionRentUSD += rentUSDPerHour / 2
        guard sender != receiver else { return }
        outcomes[sender].importMW -= flowMW
        outcomes[receiver].importMW += flowMW
    }

    private func addBindingLimits(_ outcomes: inout [AreaOutcome]) {
        for limit in dispatch.bindingBranches {
            let ends: [Int]
            switch limit.quantity {
            case .schedule: ends = [network.dcLines[limit.index].from, network.dcLines[limit.index].to]
            case .transfer:
                let transfer = network.transferLimits[limit.index]
                ends = [transfer.fromArea, transfer.toArea].compactMap { number in
                    network.buses.firstIndex { $0.area == number }
                }
            case .flow, .angle, .output: ends = [network.branches[limit.index].from, network.branches[limit.index].to]
            }
            for area in Set(ends.map { areas.ofBus[$0] }) { outcomes[area].congestedLineCount += 1 }
        }
    }
}
