/// Whom to name when a scenario made from their data is published.
///
/// Importers read formats, not promises: what the publishers of these formats ask for is stated, and the user knows the
/// file.
enum Attribution {
    /// A line for each source.
    static func lines(_ content: ImportContent) -> [String] {
        var lines = [
            "prices.csv: name the market operators, or whoever published the file, and keep their terms.",
            "emissions.csv: where the values are of Electricity Maps (https://www.electricitymaps.com), name it; "
                + "their open data sets are under "
                + "ODbL 1.0, and a database derived from them, such as this file, must be published under the "
                + "same licence.",
        ]
        if content.sites.contains(where: { $0.region != nil }) {
            lines.append(
                "latency.csv: where the values are of Microsoft (Azure network round-trip latency statistics, "
                    + "https://learn.microsoft.com/azure/networking/azure-network-latency): CC BY 4.0, name it "
                    + "and say that values were changed."
            )
        }
        lines.append(
            "requests.csv and tokens: where the trace is of the AzurePublicDataset "
                + "(https://github.com/Azure/AzurePublicDataset): CC BY 4.0; "
                + "cite Patel et al., Splitwise, ISCA 2024.")
        if content.sources.energy != nil {
            lines.append(
                "energy per token: where the sample is of ML.ENERGY (https://ml.energy/leaderboard): cite Chung "
                    + "et al., The ML.ENERGY Benchmark, "
                    + "NeurIPS Datasets and Benchmarks 2025; its repository states no licence, so ask before you "
                    + "publish the table itself."
            )
        }
        return lines
    }
}
