/// IT energy and accelerator time of a token.
struct TokenCost: Sendable, Equatable {
    /// IT energy of an output token, Wh (e_out).
    let outputWh: Double
    /// IT energy of an input token, Wh (e_in).
    let inputWh: Double
    /// Accelerator time of an output token, s.
    let outputSeconds: Double
    /// Accelerator time of an input token, s.
    let inputSeconds: Double

    /// e_out = J/token x overhead / 3600, e_in = share x e_out; the time of a token is the inverse of the throughput
    /// per accelerator, that of an input token the same share of it.
    init(_ basis: EnergyBasis, options: ImportOptions) {
        outputWh = Rounded.significant(basis.joulesPerOutputToken * options.serverOverhead / 3600)
        inputWh = Rounded.significant(outputWh * options.inputTokenShare)
        outputSeconds = 1 / basis.tokensPerSecond
        inputSeconds = outputSeconds * options.inputTokenShare
    }
}
