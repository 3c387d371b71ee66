internal import CoSimulation

/// The IT energy of a request from its tokens: e = e_in n_in + e_out n_out (MODEL 1).
struct TokenEnergy: Sendable {
    /// The settings, maps by workload class; a class has all of them or none.
    static let settings = [
        "inputTokensPerRequest", "outputTokensPerRequest", "energyWhPerInputToken", "energyWhPerOutputToken",
    ]

    private let inputTokens: Series
    private let outputTokens: Series
    private let energyWhPerInputToken: Double
    private let energyWhPerOutputToken: Double

    /// The token energy of a class; nil where its settings leave it to the class.
    init?(workloadClass: String, parameters: Parameters, tickCount: Int) throws(ParameterError) {
        let missing = TokenEnergy.settings.filter { parameters.section($0)[workloadClass] == nil }
        if missing == TokenEnergy.settings { return nil }
        if let setting = missing.first {
            throw ParameterError(
                path: "\(setting).\(workloadClass)",
                problem: "it is missing, while other token settings name the class",
                remedy: "state \(TokenEnergy.settings.joined(separator: ", ")) for the class, or none of them")
        }
        inputTokens = parameters.section(TokenEnergy.settings[0]).series(workloadClass)
        outputTokens = parameters.section(TokenEnergy.settings[1]).series(workloadClass)
        energyWhPerInputToken = parameters.section(TokenEnergy.settings[2]).number(workloadClass)
        energyWhPerOutputToken = parameters.section(TokenEnergy.settings[3]).number(workloadClass)
        for tick in 0..<tickCount where energyKWhPerRequest(at: tick) <= 0 {
            throw ParameterError(
                path: "\(TokenEnergy.settings[0]).\(workloadClass)",
                problem: "a request takes no energy in tick \(tick)",
                remedy: "state tokens, and energy for them, in every tick")
        }
    }

    /// Tokens of a request in a tick, in and out.
    func tokensPerRequest(at tick: Int) -> Double { inputTokens[tick] + outputTokens[tick] }

    /// IT energy of a request in a tick, kWh (e_k).
    func energyKWhPerRequest(at tick: Int) -> Double {
        (energyWhPerInputToken * inputTokens[tick] + energyWhPerOutputToken * outputTokens[tick]) / 1000
    }
}
