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

/// A workload class as a scenario states it, from a trace and the cost of tokens.
struct ImportedClass: Sendable {
    let trace: RequestTrace
    /// Mean tokens of a request, to a tenth.
    let inputTokens: Double
    let outputTokens: Double
    /// IT energy of a request, Wh (e_k = e_in n_in + e_out n_out, MODEL 1).
    let energyWh: Double
    /// Accelerator-seconds of a request (w_k).
    let work: Double
    /// Value lost when a request is not served, USD.
    let valueUSD: Double
    /// IT energy of the trace per minute, Wh: its weight in the mix.
    let energyWhPerMinute: Double

    var name: String { trace.className }

    init(_ trace: RequestTrace, _ cost: TokenCost, options: ImportOptions) {
        self.trace = trace
        inputTokens = Rounded.value(trace.meanInputTokens, decimals: 1)
        outputTokens = Rounded.value(trace.meanOutputTokens, decimals: 1)
        energyWh = cost.inputWh * inputTokens + cost.outputWh * outputTokens
        work = Rounded.significant(cost.inputSeconds * inputTokens + cost.outputSeconds * outputTokens)
        valueUSD = Rounded.significant(energyWh * options.valueUSDPerMWh / 1e6, digits: 2)
        energyWhPerMinute = trace.requests / Double(trace.minutes.count) * energyWh
    }
}
