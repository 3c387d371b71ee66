/// A generating unit, or a block of like units, with one cost and one emission rate.
public struct Generator: Sendable, Equatable {
    /// Name, unique within its fleet; it settles ties between equal costs.
    public let name: String
    /// Technology, such as wind; outputs are added up by it.
    public let technology: String
    /// Greatest output when all of it is available, MW.
    public let capacityMW: Double
    /// Must-run output, MW: what the unit makes whenever that much of it is available, wanted or not.
    public let minimumMW: Double
    /// Cost of a MWh, $; may be negative, as for subsidised wind.
    public let costUSDPerMWh: Double
    /// Emission rate (e_g of MODEL 3.2), kgCO2/MWh.
    public let emissionsKgPerMWh: Double
    /// Share of the capacity that can run.
    public let availability: Availability

    /// A unit from its parts; the minimum must lie within the capacity and the availability within 0 to 1.
    public init(
        name: String, technology: String, capacityMW: Double, minimumMW: Double = 0, costUSDPerMWh: Double,
        emissionsKgPerMWh: Double, availability: Availability = .constant(1)
    ) {
        precondition(capacityMW.isFinite, "\(name): a capacity is a number")
        precondition(0 <= minimumMW && minimumMW <= capacityMW, "\(name): 0 <= minimum <= capacity")
        precondition(costUSDPerMWh.isFinite && emissionsKgPerMWh.isFinite, "\(name): cost and emissions are numbers")
        precondition(availability.isValid, "\(name): availability lies from 0 to 1")
        self.name = name
        self.technology = technology
        self.capacityMW = capacityMW
        self.minimumMW = minimumMW
        self.costUSDPerMWh = costUSDPerMWh
        self.emissionsKgPerMWh = emissionsKgPerMWh
        self.availability = availability
    }
}
