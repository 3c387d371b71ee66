/// What an output token takes of an accelerator: energy and time.
struct EnergyBasis: Sendable, Equatable {
    /// What was measured, in words.
    let label: String
    /// Energy of the accelerators per output token, J.
    let joulesPerOutputToken: Double
    /// Output tokens per second and accelerator.
    let tokensPerSecond: Double
    /// How it was chosen, in words.
    let choice: String

    /// What stands in where there is no sample: round numbers near the median of 29 measurements of ML.ENERGY Benchmark
    /// v3 (Chung et al., NeurIPS Datasets and Benchmarks 2025), a mixture-of-experts model on B200 in large batches.
    static let standard = EnergyBasis(
        label: "round numbers near the median of the ML.ENERGY sample", joulesPerOutputToken: 0.25,
        tokensPerSecond: 3300,
        choice: "no file was given with --energy")
}
