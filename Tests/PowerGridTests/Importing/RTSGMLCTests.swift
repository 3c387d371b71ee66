import PowerGrid
import Testing

/// The RTS-GMLC system as published, against NREL's own MATPOWER case and numbers worked by hand.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.reason)))
struct RTSGMLCTests {
    private let system: RTSGMLC
    private let published: Network

    /// Read once: a year takes a second in a debug build.
    private static let files = Result {
        (
            try RTSGMLC(folder: SharedData.path("rts-gmlc")),
            try MatpowerCase(path: SharedData.path("rts-gmlc/RTS_GMLC.m")).network
        )
    }

    init() throws {
        (system, published) = try RTSGMLCTests.files.get()
    }

    @Test func busesAndBranchesAreThoseOfThePublishedCase() {
        let network = system.network
        #expect(network.buses.count == 73 && network.branches.count == 120 && network.dcLines.count == 1)
        for (ours, theirs) in zip(network.buses, published.buses) {
            #expect(ours.number == theirs.number && ours.name.uppercased() == theirs.name)
            #expect(ours.demandMW == theirs.demandMW && ours.area == theirs.area && ours.baseKV == theirs.baseKV)
            #expect(ours.isReference == theirs.isReference)
        }
        for (ours, theirs) in zip(network.branches, published.branches) {
            #expect(ours.from == theirs.from && ours.to == theirs.to && ours.limitMW == theirs.limitMW)
            #expect(ours.reactance == theirs.reactance && ours.tapRatio == theirs.tapRatio)
        }
        #expect(network.dcLines[0].name == "DC1" && network.dcLines[0].maximumMW == published.dcLines[0].maximumMW)
        for area in 1...3 {
            let demands = network.buses.filter { $0.area == area }.map(\.demandMW)
            #expect(demands.reduce(0, +) == 2850)
        }
        #expect(network.buses[0].latitudeLongitude == SIMD2(33.3961032628, -113.835641977))
        #expect(network.branches[0].name == "A1")
    }

    @Test func generatorsAreThoseOfThePublishedCase() {
        #expect(system.network.generators.count == 158 && system.units.count == 158)
        for (index, (ours, theirs)) in zip(system.network.generators, published.generators).enumerated() {
            #expect(ours.name == theirs.name && ours.bus == theirs.bus)
            #expect(ours.minimumMW == theirs.minimumMW && ours.maximumMW == theirs.maximumMW)
            guard ours.maximumMW > 0 else { continue }
            #expect(ours.rampMWPerMinute == theirs.rampMWPerMinute)
            let unit = system.units[index]
            #expect(ours.isInService == theirs.isInService || ["PV", "RTPV", "WIND"].contains(unit.type))
        }
        let outOfService = system.network.generators.filter { !$0.isInService }
        #expect(outOfService.map(\.name) == ["212_CSP_1", "313_STORAGE_1"])
    }

    @Test func costsAreThoseOfThePublishedCase() {
        var count = 0
        for (ours, theirs) in zip(system.network.generators, published.generators) {
            guard case .piecewiseLinear(let points) = ours.cost else { continue }
            count += 1
            for point in points {
                #expect(abs(value(theirs.cost, at: point.x) - point.y) < 6e-4, "\(ours.name) at \(point.x) MW")
            }
        }
        #expect(count == 73, "27 + 12 turbines, 10 combined cycles, 23 steam, 1 nuclear")
    }

    /// 8 MW at 13114 BTU/kWh, then 4 MW each at 9456, 9476 and 10352, at 10.3494 $/MMBTU.
    @Test func oilTurbineByHand() {
        guard case .piecewiseLinear(let points) = system.network.generators[0].cost else {
            Issue.record("no piecewise cost")
            return
        }
        let heat = [8 * 13.114, 4 * 9.456, 4 * 9.476, 4 * 10.352]
        let expected = [heat[0], heat[0] + heat[1], heat[0] + heat[1] + heat[2], heat.reduce(0, +)]
        #expect(points.map(\.x) == [8, 12, 16, 20])
        for (point, heat) in zip(points, expected) { #expect(abs(point.y - heat * 10.3494) < 1e-9) }
        #expect(abs(system.units[0].coldStartUSD - 5 * 10.3494) < 1e-12)
        #expect(system.units[0].minimumUpHours == 1 && system.units[0].startHours.warm == 0)
    }

    /// Full-load heat over full output, times lb/MMBTU, times 0.45359237 kg/lb.
    @Test func emissionsByHand() {
        let coal = generator("101_STEAM_3")
        let pct = [0.394736842, 0.596491228, 0.798245614, 1.0]
        let coalHeat =
            pct[0] * 13.270 + (pct[1] - pct[0]) * 6.713 + (pct[2] - pct[1]) * 8.028 + (pct[3] - pct[2]) * 8.549
        #expect(abs(coal.emissionsKgPerMWh - coalHeat * 210 * 0.45359237) < 1e-9)
        #expect(abs(coal.emissionsKgPerMWh - 946.6) < 0.1)
        let gas = generator("107_CC_1")
        let gasPct = [0.478873239, 0.65258216, 0.82629108, 1.0]
        let gasHeat =
            gasPct[0] * 7.222 + (gasPct[1] - gasPct[0]) * 5.970 + (gasPct[2] - gasPct[1]) * 6.892
            + (gasPct[3] - gasPct[2]) * 7.854
        #expect(abs(gas.emissionsKgPerMWh - gasHeat * 118 * 0.45359237) < 1e-9)
        #expect(generator("121_NUCLEAR_1").emissionsKgPerMWh == 0)
        #expect(generator("309_WIND_1").emissionsKgPerMWh == 0)
    }

    @Test func seriesOfAYear() throws {
        let series = system.series
        #expect(series.hourCount == 8784)
        #expect(series.firstHour == HourStamp(year: 2020, month: 1, day: 1, hour: 0))
        let peak = try #require(series.index(of: HourStamp(year: 2020, month: 8, day: 26, hour: 14)!))
        #expect(abs(demand(peak) - 8191.835957) < 1e-6)
        #expect((0..<8784).allSatisfy { demand($0) <= demand(peak) })
        let first = outputs(0)
        #expect(abs(first.fixed - 184.2) < 1e-9 && abs(first.available - 2131.9) < 1e-9)
        let noon = try #require(series.index(of: HourStamp(year: 2020, month: 7, day: 5, hour: 12)!))
        #expect(abs(outputs(noon).fixed - (845.0 + 921.4)) < 1e-9)
        #expect(abs(outputs(noon).available - (25.1 + 891.6)) < 1e-9)
        #expect(abs((series.demandMW(bus: 0, hour: 0) ?? 0) - 985.0197922 * 108 / 2850) < 1e-9)
    }

    @Test func anHourOfTheNetwork() {
        let hour = system.series.network(system.network, hour: 0)
        let hydro = system.network.generators.firstIndex { $0.name == "122_HYDRO_1" } ?? 0
        #expect(hour.generators[hydro].minimumMW == 4.2 && hour.generators[hydro].maximumMW == 4.2)
        let wind = system.network.generators.firstIndex { $0.name == "309_WIND_1" } ?? 0
        #expect(hour.generators[wind].minimumMW == 0 && hour.generators[wind].maximumMW == 142.8)
        #expect(hour.generators[0] == system.network.generators[0])
        #expect(abs(hour.buses.map(\.demandMW).reduce(0, +) - demand(0)) < 1e-9)
    }

    /// In NREL's own run, output equals load hour by hour, and fixed units make exactly their series.
    @Test func publishedOutputsFollowTheSeries() throws {
        let output = try HourlyTable(path: SharedData.path("rts-gmlc/published/PLEXOS_DA_noTX_generation.csv"))
        #expect(output.hourCount == 336 && output.columns.count == 156)
        let columns = output.columns.map { name in system.network.generators.firstIndex { $0.name == name } }
        for hour in 0..<output.hourCount {
            let stamp = try #require(HourStamp(ordinal: output.firstHour.ordinal + hour))
            let index = try #require(system.series.index(of: stamp))
            var sum = 0.0
            for (column, generator) in columns.enumerated() {
                let value = output[column, hour]
                sum += value
                switch system.series.output(generator: try #require(generator), hour: index) {
                case .fixedMW(let exact): #expect(value == exact)
                case .availableMW(let most): #expect(value <= most)
                case nil: break
                }
            }
            #expect(abs(sum - demand(index)) < 1e-9)
        }
    }

    @Test func publishedPricesAndCommitment() throws {
        let prices = try HourlyTable(path: SharedData.path("rts-gmlc/published/PLEXOS_DA_noTX_price.csv"))
        #expect(prices.columns == system.network.buses.map { "\($0.number)" })
        #expect(prices[0, 0] == 23.1289589772847 && prices.series("325")?[2] == 22.7324625641018)
        let commitment = try HourlyTable(path: SharedData.path("rts-gmlc/published/PLEXOS_DA_noTX_commitment.csv"))
        #expect(commitment.isSameTime(as: prices))
        #expect(commitment.series("101_STEAM_3")?[0] == 1 && commitment.series("101_CT_1")?[0] == 0)
    }

    private func generator(_ name: String) -> NetworkGenerator {
        system.network.generators.first { $0.name == name }!
    }

    private func demand(_ hour: Int) -> Double {
        system.network.buses.indices.compactMap { system.series.demandMW(bus: $0, hour: hour) }.reduce(0, +)
    }

    private func outputs(_ hour: Int) -> (fixed: Double, available: Double) {
        var sums = (fixed: 0.0, available: 0.0)
        for generator in system.network.generators.indices {
            switch system.series.output(generator: generator, hour: hour) {
            case .fixedMW(let value): sums.fixed += value
            case .availableMW(let value): sums.available += value
            case nil: break
            }
        }
        return sums
    }

    private func value(_ cost: CostCurve, at output: Double) -> Double {
        switch cost {
        case .polynomial(let c2, let c1, let c0):
            return (c2 * output + c1) * output + c0
        case .piecewiseLinear(let points):
            let right = min(max(1, points.firstIndex { $0.x >= output } ?? points.count - 1), points.count - 1)
            let (a, b) = (points[right - 1], points[right])
            return a.y + (b.y - a.y) / (b.x - a.x) * (output - a.x)
        }
    }
}
