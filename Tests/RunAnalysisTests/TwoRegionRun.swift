import CoSimulation
import Foundation
import InferencePlacement
import RunStore

/// A run small enough to work out by hand: two grids with a region and a service node each, four hours.
///
/// At home oslo runs 10 MWh of IT energy an hour in north (PUE 1.1) and rome 40 in south (PUE 1.25). Relocated, rome runs
/// 30 of its 40 in north in hours 1 and 2, where the price in south is high.
struct TwoRegionRun {
    let isRelocated: Bool
    var name = "two-region"
    var northName = "north"
    var scale = 1.0
    /// Iterated coupling, full lines (north in hours 1 and 2, south in hour 2), and a request to south in hours 1 and 2.
    var isStressed = false
    /// One grid operator with two balancing areas in place of two operators.
    var isOneGrid = false
    /// How often the four hours are repeated.
    var days = 1

    private static let northDemand = [100.0, 110, 120, 100]
    private static let southDemand = [200.0, 220, 260, 200]
    private static let published = [[20.0, 20, 20, 20], [60.0, 60, 100, 60]]
    private static let relocatedPrices = [[20.0, 25, 25, 20], [60.0, 50, 70, 60]]

    var experiment: Experiment {
        let mechanism = isRelocated ? Mechanism(.carbonPriced, carbonPriceUSDPerKg: 0.05) : Mechanism(.home)
        func site(_ name: String) -> AgentSite { AgentSite(name: name, strategy: "honest", parameters: Parameters()) }
        func service(_ name: String, home: Int, roundTrips: [Double]) -> ServiceNodeSite {
            ServiceNodeSite(
                agent: site(name), home: home, roundTripMilliseconds: roundTrips, egressUSDPerGB: [0, 0],
                permitted: [[true, true]])
        }
        return Experiment(
            name: name, seed: 7, clock: Clock(startSeconds: 1_720_396_800, tickSeconds: 3600, tickCount: 4 * days),
            resources: ["accelerator"],
            classes: [
                WorkloadClass(
                    name: "batch", latencyBudgetMilliseconds: 3_600_000, energyKWhPerRequest: 1, workPerRequest: [1],
                    valueUSDPerRequest: 1)
            ],
            gridOperators: (isOneGrid ? ["grid"] : [northName, "south"]).map { GridOperatorSite(agent: site($0)) },
            regions: [
                ComputeRegionSite(agent: site("north-1"), gridOperator: 0),
                ComputeRegionSite(agent: site("south-1"), gridOperator: isOneGrid ? 0 : 1),
            ],
            services: [
                service("oslo", home: 0, roundTrips: [5, 100]), service("rome", home: 1, roundTrips: [150, 5]),
            ],
            mechanism: mechanism, coupling: isStressed ? Coupling(.iterated) : Coupling())
    }

    var origin: RunOrigin {
        RunOrigin(
            scenarioDigest: Digest(of: Array("\(name) \(isRelocated)".utf8)),
            baselineDigest: Digest(of: Array(name.utf8)),
            gridtideVersion: "test")
    }

    /// The record of an hour; `dispatched` says which grids answered.
    func record(_ tick: Int, dispatched: [Bool] = [true, true]) -> TickRecord {
        let hour = tick % 4
        let moved = isRelocated && (hour == 1 || hour == 2) ? 30.0 : 0
        let energy = [scale * (10 + moved), scale * (40 - moved)]
        let facility = [1.1 * energy[0], 1.25 * energy[1]]
        let prices = (isRelocated ? Self.relocatedPrices : Self.published).map { $0[hour] }
        var awards = [award(service: 0, region: 0, energy: 10)]
        if moved > 0 { awards.append(award(service: 1, region: 0, energy: moved)) }
        awards.append(award(service: 1, region: 1, energy: 40 - moved))
        let lost = moved > 0 && hour == 2 ? [UnservedRecord(service: 1, workloadClass: 0, requests: 500)] : []
        let signals = (0..<2).map { signal(of: $0, hour) }
        let dispatches = (0..<2).map {
            dispatched[$0] ? dispatch(of: $0, hour, facility: facility[$0], price: prices[$0]) : nil
        }
        return TickRecord(
            tick: tick, signals: isOneGrid ? [GridSignal(buses: signals.flatMap(\.buses))] : signals,
            offers: [nil, nil], bids: [nil, nil],
            clearing: ClearingRecord(
                objective: 0, relativeGap: 0, costUSD: isRelocated ? 70 : 100, energyUSD: 60, frictionUSD: 10,
                switchingUSD: 0,
                unservedUSD: 0, emissionsKg: isRelocated ? -5 : 20, awards: awards, unserved: lost,
                regions: (0..<2).map {
                    RegionClearing(
                        energyMWh: energy[$0], facilityMWh: facility[$0], gridMWh: facility[$0],
                        energyPriceUSDPerMWh: 0,
                        capacityPriceUSD: [0])
                },
                coupling: isStressed
                    ? CouplingOutcome(rounds: 2 * tick, hasConverged: tick != 3, gap: 0.01 * Double(tick))
                    : CouplingOutcome()),
            dispatches: isOneGrid ? [joined(dispatches)] : dispatches,
            settlement: [Payment(payer: .agent(2), payee: .agent(0), purpose: .energy, amountUSD: 5)],
            absences: dispatched.indices.filter { !dispatched[$0] }.map { Absence(agent: $0, phase: .dispatching) },
            violations: [])
    }

    private func award(service: Int, region: Int, energy: Double) -> AwardRecord {
        AwardRecord(service: service, workloadClass: 0, region: region, requests: 1000 * energy, energyMWh: energy)
    }

    private func signal(of grid: Int, _ tick: Int) -> GridSignal {
        GridSignal(buses: [
            BusSignal(
                priceUSDPerMWh: Self.published[grid][tick], marginalEmissionsKgPerMWh: grid == 0 ? -10 : 800,
                averageEmissionsKgPerMWh: grid == 0 ? 50 : 400,
                request: isStressed && grid == 1 && (tick == 1 || tick == 2)
                    ? CurtailmentRequest(event: 4, reductionMW: 40, priceUSDPerMWh: 200) : nil)
        ])
    }

    private func dispatch(of grid: Int, _ tick: Int, facility: Double, price: Double) -> GridDispatch {
        let isFull = isStressed && (tick == 2 || (tick == 1 && grid == 0))
        let demand = scale * (grid == 0 ? Self.northDemand : Self.southDemand)[tick]
        return GridDispatch(
            buses: [
                BusOutcome(
                    priceUSDPerMWh: price, marginalEmissionsKgPerMWh: grid == 0 ? -10 : 800,
                    averageEmissionsKgPerMWh: grid == 0 ? 50 : 400)
            ],
            areas: [
                AreaOutcome(
                    name: "all", demandMW: demand, computeLoadMW: facility, generationMW: demand + facility,
                    curtailedMW: 2,
                    unservedMW: 0.5, costUSD: price * (demand + facility),
                    emissionsKg: (grid == 0 ? 50 : 400) * (demand + facility), congestionRentUSD: isFull ? 75 : 0,
                    congestedLineCount: isFull ? 2 : 0)
            ])
    }

    /// Both dispatches as that of one operator; nil unless both are there.
    private func joined(_ dispatches: [GridDispatch?]) -> GridDispatch? {
        guard var north = dispatches[0], var south = dispatches[1] else { return nil }
        north.areas[0].name = "north"
        south.areas[0].name = "south"
        south.buses[0].area = 1
        return GridDispatch(buses: north.buses + south.buses, areas: north.areas + south.areas)
    }

    /// Records the run, or its first hours, and opens it.
    func recorded(
        in folder: URL, ticks: Int? = nil, absent: Int? = nil, failure: String = ""
    ) throws -> RunReader {
        let ticks = ticks ?? 4 * days
        let path = folder.appendingPathComponent("\(UUID().uuidString).sqlite").path
        let writer = try RunWriter(creating: path, experiment: experiment, origin: origin)
        for tick in 0..<ticks {
            try writer.append(
                record: record(tick, dispatched: [tick != absent, true]), digest: Digest(of: [UInt8(tick)]))
        }
        try writer.finish(ticks == 4 * days ? .finished : .failed, text: failure)
        return try RunReader(path: path)
    }
}

/// A new folder that goes when the value does.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
