internal import CoSimulation
internal import RunStore

/// What placement cost at signalled prices: V of MODEL 1.1 without the carbon price, and its parts.
public struct CostFigures: Sendable, Equatable, Codable {
    /// All parts, $.
    public var totalUSD: Double
    /// Energy, mark-ups included, $.
    public var energyUSD: Double
    /// Friction (phi, MODEL 1.5), $.
    public var frictionUSD: Double
    /// Switching (psi, MODEL 1.6), $.
    public var switchingUSD: Double
    /// Value lost on work not served (VOLL), $.
    public var unservedUSD: Double
    /// Emissions at the signalled marginal rates (G of MODEL 1), kgCO2; may be negative.
    public var signalledEmissionsKg: Double
}

/// Follows the clearings.
struct CostMeter {
    private var total = Sum()
    private var energy = Sum()
    private var friction = Sum()
    private var switching = Sum()
    private var unserved = Sum()
    private var emissions = Sum()

    /// Adds a tick.
    mutating func add(_ point: TickPoint) {
        total.add(point.costUSD)
        energy.add(point.energyUSD)
        friction.add(point.frictionUSD)
        switching.add(point.switchingUSD)
        unserved.add(point.unservedUSD)
        emissions.add(point.signalledEmissionsKg)
    }

    /// What the clearings came to.
    var figures: CostFigures {
        CostFigures(
            totalUSD: total.value, energyUSD: energy.value, frictionUSD: friction.value, switchingUSD: switching.value,
            unservedUSD: unserved.value, signalledEmissionsKg: emissions.value)
    }
}

/// What was paid, by purpose, as the settlement records it.
public struct SettlementFigures: Sendable, Equatable, Codable {
    /// Electricity, $.
    public var energyUSD: Double
    /// Compute, $.
    public var computeUSD: Double
    /// Friction and switching of relocated work, $.
    public var relocationUSD: Double
    /// Emissions at the internal carbon price, $.
    public var carbonUSD: Double
    /// What regions drew less at a grid's request, $.
    public var curtailmentUSD: Double
}

/// Follows the payments.
struct SettlementMeter {
    private var energy = Sum()
    private var compute = Sum()
    private var relocation = Sum()
    private var carbon = Sum()
    private var curtailment = Sum()

    /// Adds a payment.
    mutating func add(_ payment: Payment) {
        switch payment.purpose {
        case .energy: energy.add(payment.amountUSD)
        case .compute: compute.add(payment.amountUSD)
        case .relocation: relocation.add(payment.amountUSD)
        case .carbon: carbon.add(payment.amountUSD)
        case .curtailment: curtailment.add(payment.amountUSD)
        }
    }

    /// What the payments came to.
    var figures: SettlementFigures {
        SettlementFigures(
            energyUSD: energy.value, computeUSD: compute.value, relocationUSD: relocation.value,
            carbonUSD: carbon.value,
            curtailmentUSD: curtailment.value)
    }
}
