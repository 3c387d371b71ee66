internal import CoSimulation
internal import RunStore

/// What compute used, paid and is answerable for: in a region, in an area, or in all.
///
/// Emissions by average and by marginal signals answer different questions and are never added (MODEL 3.2, 4). Marginal ones
/// may be negative.
public struct ComputeFigures: Sendable, Equatable, Codable {
    /// IT energy, MWh (E_IT of MODEL 1).
    public var itEnergyMWh: Double
    /// Facility energy, MWh: IT energy times PUE (eta).
    public var facilityEnergyMWh: Double
    /// Facility energy from the grid, MWh.
    public var gridEnergyMWh: Double
    /// Consumer payment for compute energy: grid energy times realised price, summed over regions and ticks, $ (MODEL 4).
    public var paymentUSD: Double
    /// Grid energy times realised average emissions, kgCO2.
    public var averageEmissionsKg: Double
    /// Grid energy times realised marginal emissions (LME), kgCO2.
    public var marginalEmissionsKg: Double
    /// Realised prices at the regions' buses; nil where no dispatch is known.
    public var price: PriceFigures?
    /// Published against realised price; nil where there is nothing to compare.
    public var fidelity: SignalFidelity?
    /// Published against realised marginal emissions; nil where there is nothing to compare.
    public var emissionsFidelity: EmissionsFidelity?

    /// Mean price paid: payment over grid energy, $/MWh; nil without grid energy.
    public var paidPriceUSDPerMWh: Double? { gridEnergyMWh > 0 ? paymentUSD / gridEnergyMWh : nil }
}

/// Follows the compute of one or more regions.
struct ComputeMeter {
    private var itEnergy = Sum()
    private var facilityEnergy = Sum()
    private var gridEnergy = Sum()
    private var payment = Sum()
    private var average = Sum()
    private var marginal = Sum()
    private var price = PriceMeter()
    private var fidelity = FidelityMeter()
    private var emissionsFidelity = FidelityMeter()

    /// Adds a region in a tick.
    mutating func add(_ point: RegionPoint) {
        itEnergy.add(point.energyMWh)
        facilityEnergy.add(point.facilityMWh)
        gridEnergy.add(point.gridMWh)
        guard let realised = point.realised else { return }
        payment.add(point.gridMWh * realised.priceUSDPerMWh)
        average.add(point.gridMWh * realised.averageEmissionsKgPerMWh)
        marginal.add(point.gridMWh * realised.marginalEmissionsKgPerMWh)
        price.add(realised.priceUSDPerMWh)
        if let published = point.signalledPriceUSDPerMWh {
            fidelity.add(published: published, realised: realised.priceUSDPerMWh)
        }
        if let published = point.signalledMarginalEmissionsKgPerMWh {
            emissionsFidelity.add(published: published, realised: realised.marginalEmissionsKgPerMWh)
        }
    }

    /// Ends a tick.
    mutating func endTick() { price.endTick() }

    /// What the compute came to.
    var figures: ComputeFigures {
        ComputeFigures(
            itEnergyMWh: itEnergy.value, facilityEnergyMWh: facilityEnergy.value, gridEnergyMWh: gridEnergy.value,
            paymentUSD: payment.value, averageEmissionsKg: average.value, marginalEmissionsKg: marginal.value,
            price: price.figures, fidelity: fidelity.figures,
            emissionsFidelity: emissionsFidelity.emissionsFigures)
    }
}
