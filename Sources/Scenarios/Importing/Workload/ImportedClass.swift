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
