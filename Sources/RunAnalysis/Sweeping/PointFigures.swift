/// The figures of a point of a sweep: their order, names and units.
public enum PointFigures {
    /// A figure that every point has.
    enum Kind: String, CaseIterable {
        /// V of MODEL 1.1: cost with emissions at the internal carbon price.
        case objective
        /// C: energy, friction, switching and lost value at the prices that were signalled.
        case placementCost = "placement_cost"
        /// The part of C that is friction (phi, MODEL 1.5).
        case frictionCost = "placement_friction_cost"
        /// The part of C that is value lost on work not served.
        case unservedCost = "placement_unserved_cost"
        /// G: emissions at the marginal rates that were signalled; may be negative.
        case signalledEmissions = "signalled_emissions"
        /// IT energy of all placed work.
        case placedEnergy = "placed_energy"
        /// IT energy that ran outside its home region: realised RID (MODEL 1.8).
        case relocatedEnergy = "relocated_energy"
        /// The share of the placed energy that did.
        case relocatedShare = "relocated_share"
        /// Shares of the placed energy by layer (MODEL 1.11).
        case localShare = "local_share"
        case regionalShare = "regional_share"
        case energyOrientedShare = "energy_oriented_share"
        /// Requests not served anywhere.
        case unservedRequests = "unserved_requests"
        /// Grid energy of compute at realised prices.
        case computePayment = "compute_payment"
        /// Cost of generation in all areas, as it was dispatched.
        case generationCost = "generation_cost"
        /// Emissions of all areas, as they were dispatched.
        case emissions
        /// Renewable energy turned away.
        case curtailed
        /// Demand of the grid that was not served.
        case unservedEnergy = "unserved_energy"

        var unit: String {
            switch self {
            case .objective, .placementCost, .frictionCost, .unservedCost, .computePayment, .generationCost: "USD"
            case .signalledEmissions, .emissions: "kg"
            case .placedEnergy, .relocatedEnergy, .curtailed, .unservedEnergy: "MWh"
            case .relocatedShare, .localShare, .regionalShare, .energyOrientedShare: ""
            case .unservedRequests: "requests"
            }
        }
    }

    /// What stands before the names of the baseline's figures.
    static let baselinePrefix = "home_"

    /// Names of all figures, those of the baseline last.
    public static let names = Kind.allCases.map(\.rawValue) + Kind.allCases.map { baselinePrefix + $0.rawValue }

    /// Unit of a figure; empty for shares.
    public static func unit(of name: String) -> String {
        let plain = name.hasPrefix(baselinePrefix) ? String(name.dropFirst(baselinePrefix.count)) : name
        return Kind(rawValue: plain)?.unit ?? ""
    }
}
