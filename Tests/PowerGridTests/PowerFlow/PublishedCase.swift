import PowerGrid

/// A case file of the shared data, and its published or recomputed optimum.
struct PublishedCase: Sendable, CustomStringConvertible {
    let file: String
    let convention: NetworkConvention
    let objectiveUSDPerHour: Double
    var tolerance = 1e-6

    var description: String { "\(file) \(convention)" }

    /// Every optimum of MODEL 3.1 with linear costs.
    static let linear = [
        pglib("case5_pjm", 17_479.8969), pglib("case14_ieee", 2_051.5263), pglib("case30_ieee", 7_472.8147),
        pglib("case39_epri", 136_889.6922), pglib("case118_ieee", 93_100.7299),
        pglib("case30_ieee", 7_504.4405, .matpower), pglib("case118_ieee", 93_132.6793, .matpower),
        PublishedCase(file: "matpower/case30pwl.m", convention: .matpower, objectiveUSDPerHour: 5_732.8),
        PublishedCase(file: "rts-gmlc/RTS_GMLC.m", convention: .matpower, objectiveUSDPerHour: 225_806.07),
    ]

    /// Those with quadratic costs.
    static let quadratic = [
        pglib("case3_lmbd", 5_695.8959),
        PublishedCase(file: "matpower/case9.m", convention: .matpower, objectiveUSDPerHour: 5_216.0266),
    ]

    static func pglib(
        _ name: String, _ objective: Double, _ convention: NetworkConvention = .pglib
    ) -> PublishedCase {
        PublishedCase(file: "pglib-opf/pglib_opf_\(name).m", convention: convention, objectiveUSDPerHour: objective)
    }

    /// A power flow of the case.
    func powerFlow() throws -> DCOptimalPowerFlow {
        try DCOptimalPowerFlow(try Self.network(file), convention: convention)
    }

    /// The network of a file of the shared data.
    static func network(_ file: String) throws -> Network {
        try MatpowerCase(path: SharedData.path(file)).network
    }
}
