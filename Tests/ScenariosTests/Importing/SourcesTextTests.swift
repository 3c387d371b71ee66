import CoSimulation
import Scenarios
import Testing

@Suite("SOURCES.txt")
struct SourcesTextTests {
    private static let golden = """
        Sources of the scenario price-taker-2024-07-08, written by `gridtide import` \(Software.version).
        Prices, emissions, round trips and tokens are as published; demand is scaled and shaped. No company is meant.

        FILES READ
        prices: day_usd_per_mwh.csv
            6 rows, 208 bytes, sha256 06a35156a38589c54e7af956f9fdab6e041eec54e07e082800ba9f0b334bbfa6
        emissions: day_g_per_kwh.csv
            6 rows, 205 bytes, sha256 d455a4f5de1acb75a25a9ae7d8ef9c4561b3465800c745400f54ce48ddbf49b6
        round trips: rtt.csv
            136 bytes, sha256 cd00027d39d06641a979880673e268643d41385b40f04300e95c9d99e968d21f
        trace: trace_conv.csv
            3 rows, 96 bytes, sha256 4d8e9a27f92a91b3826d3c4b051159cd77e980f4df71ace6dc72537e4b398b32
        trace: trace_code.csv
            3 rows, 148 bytes, sha256 75f32da4f9a7d1f1cda82f448f6a98bd394973354dee6deb85592f44e5173e07
        energy: energy.csv
            223 bytes, sha256 8eff2a9f48ed2d600fe67fcd59ee107bd14757ef449a39436ba15881610cf39f

        RUN
        2024-07-08T00:00Z to 2024-07-08T06:00Z, 6 ticks of 1 h, seed 1

        ZONES
        zone   at         round trips of        mean USD/MWh  mean kg/MWh
        DE-LU  Frankfurt  Germany West Central  9.75          272.5
        SG     Singapore  Southeast Asia        22.5          362.5
        CA-ON  Toronto    Canada Central        32.5          82.5

        CLASSES
        conversation: 60 requests in 3 minutes, 1000 input and 200 output tokens each on average;
            a request takes 0.06666 Wh of IT energy and 0.3 accelerator-seconds; 94.8 % of the energy
        code: 3 requests in 3 minutes, 3000 input and 30 output tokens each on average;
            a request takes 0.07333 Wh of IT energy and 0.33 accelerator-seconds; 5.2 % of the energy

        MET AND CHANGED
        - zones: left out for want of emissions: XX.
        - prices: 1 missing value of DE-LU filled by interpolation, the first at 2024-07-08T03:00Z.
        - prices: 1 tick of DE-LU below zero, down to -5.5; kept as they are.
        - latency: 2 pairs of zones with another round trip back; kept. The greatest difference: DE-LU to SG 179 ms,
          back 175 ms.

        ASSUMED
        - Prices hold from their stamp on and are taken as they are.
        - Emissions are the direct ones, where a publisher gives both direct and life-cycle.
        - Average emissions stand for marginal emissions, which the sources do not give: effects on emissions are
          indicative.
        - Round trips within a cloud region, a blank diagonal in the source: 2 ms.
        - Energy and throughput: Small on H100 x1, at most 8 requests at a time (line 2, the median by energy per
          token of 3 rows): 0.5 J of accelerator energy per output token, 1000 output tokens per second and
          accelerator.
        - IT energy is 1.6 times accelerator energy; an input token takes 0.1 of the energy and time of an output
          token.
        - Each service node has 10 MW of IT load on average; classes share it as the energy of their traces does.
        - Requests in tick t: L d(t) v(t) / mean(d v), with d(t) = 1 + 0.3 cos(2 pi (tau - 15) / 24), tau the hour
          of local solar time (UTC + longitude/15) in the middle of t, and v(t) the mean of 60 minutes drawn from
          the trace in blocks of 10 over its mean; its first and last minute, which are cut, are left out where it
          has twelve. L gives the mean power; the daily swing is no measurement.
        - Budgets: 300 ms with 230 ms of processing for classes named conversation, chat or interactive, else 1500
          and 1250 ms (classes A and B of MODEL 1). Share that may move: 1. Friction: 1 USD per MWh of IT energy
          with 230 ms of processing, else 5. Value lost: 10000 USD per MWh of IT energy.
        - Regions: 1.5 times the peak of their home load in accelerators and connection, PUE 1.2.

        ATTRIBUTION
        - prices.csv: name the market operators, or whoever published the file, and keep their terms.
        - emissions.csv: where the values are of Electricity Maps (https://www.electricitymaps.com), name it; their
          open data sets are under ODbL 1.0, and a database derived from them, such as this file, must be published
          under the same licence.
        - latency.csv: where the values are of Microsoft (Azure network round-trip latency statistics,
          https://learn.microsoft.com/azure/networking/azure-network-latency): CC BY 4.0, name it and say that
          values were changed.
        - requests.csv and tokens: where the trace is of the AzurePublicDataset
          (https://github.com/Azure/AzurePublicDataset): CC BY 4.0; cite Patel et al., Splitwise, ISCA 2024.
        - energy per token: where the sample is of ML.ENERGY (https://ml.energy/leaderboard): cite Chung et al., The
          ML.ENERGY Benchmark, NeurIPS Datasets and Benchmarks 2025; its repository states no licence, so ask before
          you publish the table itself.

        """

    @Test("names files with their digests, what was met and changed, what was assumed, and whom to name")
    func golden() throws {
        var sample = ImportSample()
        sample.editPrices("2024-07-08 03:00:00,13", "2024-07-08 03:00:00,")
        sample.options.missing = .interpolate
        let lines = try sample.build().files[4].text.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = Self.golden.split(separator: "\n", omittingEmptySubsequences: false)
        for (line, wanted) in zip(lines, expected) { #expect(line == wanted) }
        #expect(lines.count == expected.count)
    }

    @Test("names no folder of the machine it was made on")
    func paths() throws {
        #expect(try !ImportSample().build().files.contains { $0.text.contains("data/") })
    }
}
