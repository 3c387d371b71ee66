/// A workload class of the imported system: those of MODEL 1 [A, table 4] with the shares and frictions of its
/// illustrative instance.
struct RTSClass {
    /// Name in the scenario.
    let name: String
    /// Latency budget, ms (tau).
    let budgetMilliseconds: Int
    /// Processing time, ms (l_P).
    let processingMilliseconds: Int
    /// Migration friction, $ per MWh of IT energy (phi / e).
    let frictionUSDPerMWh: Int
    /// Share of the IT energy of a service node.
    let share: Double
    /// IT energy of a request, Wh (e).
    let energyWh: Double

    /// Power of an accelerator with its share of the host, kW (ours, a round number).
    static let acceleratorKW = 1.0

    /// The four classes, by latency budget.
    static let all = [
        RTSClass(
            name: "interactive", budgetMilliseconds: 300, processingMilliseconds: 230, frictionUSDPerMWh: 1, share: 0.4,
            energyWh: 0.4),
        RTSClass(
            name: "online", budgetMilliseconds: 1500, processingMilliseconds: 1250, frictionUSDPerMWh: 5, share: 0.3,
            energyWh: 1),
        RTSClass(
            name: "weakly-real-time", budgetMilliseconds: 60_000, processingMilliseconds: 10_000, frictionUSDPerMWh: 30,
            share: 0.2, energyWh: 4),
        RTSClass(
            name: "batch", budgetMilliseconds: 3_600_000, processingMilliseconds: 60_000, frictionUSDPerMWh: 10,
            share: 0.1, energyWh: 12),
    ]

    /// Work of a request, accelerator-seconds (w).
    var acceleratorSeconds: Double { energyWh / 1000 / RTSClass.acceleratorKW * 3600 }

    /// Requests per tick that take so much IT power.
    func requests(itMW: Double, tickHours: Double) -> Double { itMW * share * 1e6 * tickHours / energyWh }
}
