import PowerGrid
import Testing

/// NREL's published day-ahead run without line limits: with its commitment, and with what it fixed, the optimal power
/// flow has its prices at every bus and its cost in every hour.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.reason)))
struct PublishedPricesTests {
    /// Prices may differ by so much, $/MWh.
    private static let tolerance = 1e-4

    private let system: RTSGMLC
    private let prices: HourlyTable
    private let commitment: HourlyTable
    private let output: HourlyTable

    /// Read once: a year takes a second in a debug build.
    private static let files = Result {
        func table(_ name: String) throws -> HourlyTable {
            try HourlyTable(path: SharedData.path("rts-gmlc/published/PLEXOS_DA_noTX_\(name).csv"))
        }
        return (
            system: try RTSGMLC(folder: SharedData.path("rts-gmlc")), prices: try table("price"),
            commitment: try table("commitment"), output: try table("generation")
        )
    }

    init() throws {
        (system, prices, commitment, output) = try PublishedPricesTests.files.get()
    }

    @Test func everyBusInEveryHour() throws {
        let network = withoutLimits(system.network)
        var flow = try DCOptimalPowerFlow(network, convention: .plexos)
        var (matches, sum) = (0, 0.0)
        for hour in 0..<prices.hourCount {
            let outputMW = try set(hour, in: &flow)
            let dispatch = try #require(try flow.solve().dispatch, "hour \(hour)")
            for bus in network.buses.indices
            where abs(dispatch.lmpUSDPerMWh[bus] - prices[bus, hour]) <= Self.tolerance { matches += 1 }
            // The published outputs cost the same but for 108 $ in the fortnight: they stop at heat points rounded to
            // 0.1 MW, 60.7 MW where gen.csv has 60.667.
            let excess = cost(outputMW, flow.network) - dispatch.objectiveUSDPerHour
            #expect(excess > -1e-6 && excess < 1, "hour \(hour): \(excess) $")
            sum += excess
        }
        #expect(matches == 336 * 73, "\(matches) of \(336 * 73) bus-hours")
        #expect(abs(sum - 108.289) < 0.01, "\(sum) $")
    }

    /// The control: without the published commitment prices are others.
    @Test func commitmentDecidesPrices() throws {
        var flow = try DCOptimalPowerFlow(withoutLimits(system.network), convention: .plexos)
        var matches = 0
        for hour in 0..<48 {
            _ = try set(hour, in: &flow)
            for index in flow.network.generators.indices where system.units[index].fuelUSDPerMMBTU > 0 {
                flow.setInService(true, generator: index)
            }
            guard let dispatch = try flow.solve().dispatch else { continue }
            if abs(dispatch.lmpUSDPerMWh[0] - prices[0, hour]) <= Self.tolerance { matches += 1 }
        }
        #expect(matches < 24, "\(matches) of 48 hours")
    }

    /// Sets an hour of the published run: load, wind and sun by the series, thermal units as committed, and everything
    /// else at its published output. Returns the published outputs, MW.
    private func set(_ hour: Int, in flow: inout DCOptimalPowerFlow) throws -> [Double] {
        let stamp = try #require(HourStamp(ordinal: prices.firstHour.ordinal + hour))
        let index = try #require(system.series.index(of: stamp))
        let network = system.series.network(system.network, hour: index)
        flow.setDemand(network.buses.map(\.demandMW))
        return network.generators.indices.map { generator in
            let (unit, name) = (network.generators[generator], network.generators[generator].name)
            // Storage is in service here, and the synchronous condensers have no column.
            let published = output.columns.firstIndex(of: name).map { output[$0, hour] } ?? 0
            if system.units[generator].fuelUSDPerMMBTU > 0 {
                let isOn = commitment.columns.firstIndex(of: name).map { commitment[$0, hour] == 1 } ?? false
                flow.setInService(isOn, generator: generator)
            } else if case .availableMW = system.series.output(generator: generator, hour: index) {
                flow.setGeneratorLimits(minimumMW: 0, maximumMW: unit.maximumMW, generator: generator)
            } else {
                flow.setInService(true, generator: generator)
                flow.setGeneratorLimits(minimumMW: published, maximumMW: published, generator: generator)
            }
            return published
        }
    }

    private func withoutLimits(_ network: Network) -> Network {
        var network = network
        for branch in network.branches.indices { network.branches[branch].limitMW = .infinity }
        return network
    }

    /// What outputs cost by the published heat curves, $/h.
    private func cost(_ outputMW: [Double], _ network: Network) -> Double {
        var sum = 0.0
        for (generator, output) in zip(network.generators, outputMW) where generator.isInService {
            guard case .piecewiseLinear(let points) = generator.cost else { continue }
            let right = points.dropFirst().firstIndex { $0.x >= output - 1e-6 } ?? points.count - 1
            let (a, b) = (points[right - 1], points[right])
            sum += a.y + (b.y - a.y) / (b.x - a.x) * (output - a.x)
        }
        return sum
    }
}
