/// What one MWh more or less of demand at each bus costs (LMP) and emits (LME).
///
/// Both sides agree but at kinks: where a limit is reached without yet binding. A side without a value is one on which
/// no dispatch exists, or at a kink that was not resolved. Where two dispatches cost the same (see
/// `NetworkDispatch.isUnique`) the emissions are those of the one the solver chose.
public struct MarginalSignals: Sendable, Equatable {
    /// Change of emissions per MWh of demand at each bus (LME), kgCO2: that of the next MWh, else of the last one,
    /// else zero.
    public internal(set) var emissionsKgPerMWh: [Double]
    /// Emissions of the next MWh at each bus, kgCO2.
    public internal(set) var emissionsAboveKgPerMWh: [Double?]
    /// Emissions of the last MWh at each bus, kgCO2.
    public internal(set) var emissionsBelowKgPerMWh: [Double?]
    /// Price of the next MWh at each bus, $.
    public internal(set) var priceAboveUSDPerMWh: [Double?]
    /// Price of the last MWh at each bus, $.
    public internal(set) var priceBelowUSDPerMWh: [Double?]
    /// Worst miss of the identity LMP = sum of c_g B_gn at the optimal basis, $/MWh; nil where that is singular.
    public internal(set) var identityErrorUSDPerMWh: Double?

    /// Buses where the two sides differ in price or emissions, or only one exists.
    public var kinks: [Int] {
        emissionsKgPerMWh.indices.filter {
            !Self.agree(emissionsAboveKgPerMWh[$0], emissionsBelowKgPerMWh[$0])
                || !Self.agree(priceAboveUSDPerMWh[$0], priceBelowUSDPerMWh[$0])
        }
    }

    private static func agree(_ first: Double?, _ second: Double?) -> Bool {
        guard let first, let second else { return false }
        return abs(first - second) <= 1e-6 * (1 + abs(first) + abs(second))
    }
}

/// A direction in which demand changes.
enum DemandChange: CaseIterable {
    case up
    case down

    /// 1 or -1.
    var sign: Double { self == .up ? 1 : -1 }
}

/// Marginal signals while they are being found: one value per bus and side, and which are still open.
struct MarginalSides {
    private(set) var emissions: [DemandChange: [Double?]]
    private(set) var prices: [DemandChange: [Double?]]
    private var isOpen: [DemandChange: [Bool]]

    init(busCount: Int) {
        let empty = [Double?](repeating: nil, count: busCount)
        emissions = [.up: empty, .down: empty]
        prices = emissions
        isOpen = [.up: empty.map { _ in true }, .down: empty.map { _ in true }]
    }

    /// Whether a side has not been settled.
    func isOpen(_ bus: Int, _ change: DemandChange) -> Bool { isOpen[change]![bus] }

    /// The first side that has not been settled.
    var firstOpen: (bus: Int, change: DemandChange)? {
        for change in DemandChange.allCases {
            if let bus = isOpen[change]!.firstIndex(of: true) { return (bus, change) }
        }
        return nil
    }

    /// Settles a side, with nil where no dispatch exists.
    mutating func settle(_ bus: Int, _ change: DemandChange, emissions: Double?, price: Double?) {
        isOpen[change]![bus] = false
        self.emissions[change]![bus] = emissions
        prices[change]![bus] = price
    }

    /// The signals, where main values fall back on `basisEmissions` at sides that are open.
    func signals(basisEmissions: [Double], identityError: Double?) -> MarginalSignals {
        let (above, below) = (emissions[.up]!, emissions[.down]!)
        return MarginalSignals(
            emissionsKgPerMWh: above.indices.map { bus in
                above[bus] ?? (isOpen[.up]![bus] ? basisEmissions[bus] : below[bus] ?? basisEmissions[bus])
            },
            emissionsAboveKgPerMWh: above, emissionsBelowKgPerMWh: below, priceAboveUSDPerMWh: prices[.up]!,
            priceBelowUSDPerMWh: prices[.down]!, identityErrorUSDPerMWh: identityError)
    }
}
