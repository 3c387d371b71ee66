import PowerGrid
import Testing

/// A network of one bus is a merit order: two ways to the same answers.
@Suite("A network of one bus against a fleet")
struct SingleBusTests {
    @Test("Cost, emissions, price, marginal emissions, curtailment and unserved energy agree")
    func agreesWithFleet() throws {
        var compared = 0
        for sample in Sample.all {
            let fleet = sample.fleet.dispatch(demandMW: sample.demandMW, at: sample.tick)
            var powerFlow = try DCOptimalPowerFlow(
                Self.network(sample), convention: .plexos,
                options: PowerFlowOptions(unservedEnergyUSDPerMWh: 3_000, surplusEnergyUSDPerMWh: 0))
            guard let dispatch = try powerFlow.solve().dispatch else { throw Missing.dispatch }
            // A unit that is paid to run runs into surplus here; a fleet turns it away first.
            if sample.hasNegativeCost { continue }
            #expect(agree(dispatch.objectiveUSDPerHour, fleet.costUSDPerHour), "seed \(sample.seed)")
            #expect(agree(dispatch.unservedMW[0], fleet.unservedMW), "seed \(sample.seed)")
            guard dispatch.isUnique, let signals = try powerFlow.emissionSignals() else { continue }
            compared += 1
            #expect(agree(dispatch.emissionsKgPerHour, fleet.emissionsKgPerHour), "seed \(sample.seed)")
            #expect(agree(dispatch.curtailedMW.reduce(0, +), fleet.curtailedMW), "seed \(sample.seed)")
            guard !sample.isNearKink(within: 1e-3) else { continue }
            let price = signals.marginal.priceAboveUSDPerMWh[0]
            #expect(price.map { agree($0, fleet.margin.priceUSDPerMWh) } == true, "seed \(sample.seed)")
            #expect(agree(signals.marginalKgPerMWh[0], fleet.margin.emissionsKgPerMWh), "seed \(sample.seed)")
        }
        #expect(compared > 100)
    }

    private static func network(_ sample: Sample) -> Network {
        Network(
            name: "one bus", baseMVA: 100, buses: [Bus(number: 1, isReference: true, demandMW: sample.demandMW)],
            branches: [],
            generators: sample.fleet.generators.map { unit in
                let available = unit.capacityMW * unit.availability[sample.tick]
                return NetworkGenerator(
                    name: unit.name, bus: 0, minimumMW: min(unit.minimumMW, available), maximumMW: available,
                    cost: .polynomial(c2: 0, c1: unit.costUSDPerMWh, c0: 0), emissionsKgPerMWh: unit.emissionsKgPerMWh)
            })
    }
}
