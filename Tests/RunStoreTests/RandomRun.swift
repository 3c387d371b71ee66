import CoSimulation
import Foundation
import InferencePlacement
import RunStore

/// An invented run: an experiment and records that fit it, the same for the same seed.
struct RandomRun {
    var generator: SplitMix
    let experiment: Experiment
    private var digest = Digest(of: [])

    init(
        seed: UInt64, gridOperators: Int = 3, regions: Int = 5, services: Int = 4, classes: Int = 3, ticks: Int = 200,
        objective: Mechanism.Objective = .leastCost
    ) {
        var generator = SplitMix(state: seed)
        let resources = ["accelerator", "memory"]
        let kinds = (0..<classes).map {
            WorkloadClass(
                name: "class-\($0)", latencyBudgetMilliseconds: $0 == 0 ? .infinity : 300, energyKWhPerRequest: 0.001,
                workPerRequest: [1, 2], valueUSDPerRequest: 1)
        }
        experiment = Experiment(
            name: "random \(seed)", seed: seed &- 1,
            clock: Clock(startSeconds: 1_720_396_800, tickSeconds: 900, tickCount: ticks), resources: resources,
            classes: kinds,
            gridOperators: (0..<gridOperators).map { GridOperatorSite(agent: Self.agent("grid-\($0)")) },
            regions: (0..<regions).map {
                ComputeRegionSite(
                    agent: Self.agent("region-\($0)"), gridOperator: $0 % gridOperators,
                    location: Location(latitudeDegrees: generator.unit() * 60, longitudeDegrees: generator.unit() * 100)
                )
            },
            services: (0..<services).map { number in
                ServiceNodeSite(
                    agent: Self.agent("service-\(number)"), home: number % regions,
                    roundTripMilliseconds: (0..<regions).map { $0 == number % regions ? 5 : 50 * Double($0 + 1) },
                    egressUSDPerGB: Array(repeating: 0.05, count: regions),
                    permitted: Array(repeating: Array(repeating: true, count: regions), count: classes))
            },
            mechanism: Mechanism(objective),
            coupling: Coupling(.iterated, damping: 0.25, toleranceMW: 0.5, roundLimit: 9, gap: 1e-5))
        self.generator = generator
    }

    /// Digests of scenario and baseline, and a version.
    var origin: RunOrigin {
        RunOrigin(
            scenarioDigest: Digest(of: Array("\(experiment.seed)".utf8)),
            baselineDigest: Digest(of: Array("home".utf8)),
            gridtideVersion: "test")
    }

    private static func agent(_ name: String) -> AgentSite {
        AgentSite(name: name, strategy: "invented", parameters: Parameters())
    }

    /// The digest of the next record of a chain.
    mutating func nextDigest(_ tick: Int) -> Digest {
        digest = digest.chained(with: Array("\(tick)".utf8))
        return digest
    }

    /// A record of a tick; with `quiet` nobody is absent.
    mutating func record(_ tick: Int, quiet: Bool = false) -> TickRecord {
        let operators = experiment.gridOperators.indices
        let missing = quiet ? 0 : 0.1
        let signals = operators.map { generator.unit() < missing ? nil : signal(of: $0) }
        let offers = experiment.regions.indices.map { _ in generator.unit() < missing ? nil : offer() }
        let bids = experiment.services.indices.map { generator.unit() < missing ? nil : bid(of: $0) }
        let dispatches = operators.map { generator.unit() < missing ? nil : dispatch(of: $0) }
        let agents = experiment.agentCount
        return TickRecord(
            tick: tick, signals: signals, offers: offers, bids: bids, quoteRounds: quoteRounds(missing: missing),
            clearing: clearing(), dispatches: dispatches,
            settlement: settlement(),
            absences: quiet
                ? [] : [Absence(agent: 0, phase: .signalling), Absence(agent: agents - 1, phase: .bidding)],
            violations: quiet
                ? [] : [Violation(agent: 1, phase: .dispatching, text: "output is not finite; \u{1F331} 'quoted'")],
            faults: quiet ? [] : faults(tick))
    }

    private mutating func faults(_ tick: Int) -> [FaultRecord] {
        (0..<experiment.agentCount).flatMap { agent -> [FaultRecord] in
            if generator.unit() < 0.2 { return [FaultRecord(agent: agent, kind: .outage)] }
            let stale = generator.unit() < 0.3 && tick > 0
            let kinds: [FaultRecord.Kind] =
                (stale ? [.staleSignals(ofTick: tick / 2)] : []) + (generator.unit() < 0.3 ? [.lostBid] : [])
            return kinds.map { FaultRecord(agent: agent, kind: $0) }
        }
    }

    private mutating func signal(of gridOperator: Int) -> GridSignal {
        GridSignal(
            buses: experiment.regions(ofGridOperator: gridOperator).map { _ in
                let ahead = Int(generator.unit() * 3)
                return BusSignal(
                    priceUSDPerMWh: number(), marginalEmissionsKgPerMWh: number(), averageEmissionsKgPerMWh: number(),
                    headroomMW: generator.unit() < 0.5 ? .infinity : number(),
                    capMW: generator.unit() < 0.9 ? .infinity : number(),
                    request: generator.unit() < 0.7
                        ? nil
                        : CurtailmentRequest(
                            event: Int(generator.unit() * 4), reductionMW: number(), priceUSDPerMWh: number()),
                    forecastPriceUSDPerMWh: (0..<ahead).map { _ in number() },
                    forecastMarginalEmissionsKgPerMWh: (0..<ahead).map { _ in number() })
            })
    }

    private mutating func quoteRounds(missing: Double) -> [[GridQuote?]] {
        (0..<Int(generator.unit() * 4)).map { _ in
            experiment.gridOperators.indices.map { number in
                guard generator.unit() >= missing else { return nil }
                return GridQuote(
                    buses: buses(of: number), costUSDPerHour: self.number(), emissionsKgPerHour: self.number())
            }
        }
    }

    private mutating func buses(of gridOperator: Int) -> [BusOutcome] {
        experiment.regions(ofGridOperator: gridOperator).map { _ in
            BusOutcome(
                priceUSDPerMWh: number(), marginalEmissionsKgPerMWh: number(), averageEmissionsKgPerMWh: number(),
                area: Int(generator.unit() * Double(gridOperator + 1)))
        }
    }

    private mutating func offer() -> CapacityOffer {
        CapacityOffer(
            capacity: [abs(number()), .infinity], connectionMW: abs(number()), pue: 1 + generator.unit(),
            blocks: [
                OfferBlock(source: .onSite, limitMW: abs(number()), markUpUSDPerMWh: 0),
                OfferBlock(source: .grid, limitMW: .infinity, markUpUSDPerMWh: number()),
            ], chargeMW: abs(number()), waterLitresPerMWh: abs(number()), carbonTaxUSDPerKg: generator.unit(),
            outlook: (0..<Int(generator.unit() * 4)).map { _ in
                OfferOutlook(
                    connectionMW: generator.unit() < 0.5 ? .infinity : 3, pue: 1.1, onSiteMW: abs(number()),
                    waterLitresPerMWh: abs(number()), carbonTaxUSDPerKg: generator.unit())
            })
    }

    private mutating func bid(of service: Int) -> WorkBid {
        WorkBid(
            lines: experiment.classes.indices.filter { _ in generator.unit() < 0.8 }.map { k in
                let surcharge = generator.unit() < 0.3 ? 0.5 : 0
                return BidLine(
                    workloadClass: k, requests: abs(number()), arrivedRequests: abs(number()),
                    energyKWhPerRequest: 0.001,
                    workPerRequest: [1, generator.unit()], valueUSDPerRequest: 1,
                    delayLimitSeconds: generator.unit() < 0.5 ? .infinity : 1 + generator.unit(),
                    delayUSDPerSecond: generator.unit(),
                    dueRequests: (0..<Int(generator.unit() * 4)).map { _ in abs(number()) },
                    forecastRequests: (0..<Int(generator.unit() * 4)).map { _ in abs(number()) },
                    options: experiment.regions.indices.map {
                        PlacementOption(
                            region: $0, frictionUSDPerRequest: Double($0) + surcharge, delaySeconds: surcharge,
                            delaySecondsPerRequest: Double($0))
                    })
            })
    }

    private mutating func clearing() -> ClearingRecord {
        var awards: [AwardRecord] = []
        var unserved: [UnservedRecord] = []
        var waiting: [UnservedRecord] = []
        for service in experiment.services.indices {
            for k in experiment.classes.indices {
                for region in experiment.regions.indices where generator.unit() < 0.4 {
                    awards.append(
                        AwardRecord(
                            service: service, workloadClass: k, region: region, requests: abs(number()),
                            energyMWh: generator.unit()))
                }
                if generator.unit() < 0.1 {
                    unserved.append(UnservedRecord(service: service, workloadClass: k, requests: abs(number())))
                }
                if generator.unit() < 0.2 {
                    waiting.append(UnservedRecord(service: service, workloadClass: k, requests: abs(number())))
                }
            }
        }
        return ClearingRecord(
            objective: number(), relativeGap: 1e-9, costUSD: number(), energyUSD: number(), frictionUSD: number(),
            switchingUSD: 0, unservedUSD: number(), emissionsKg: number(), awards: awards, unserved: unserved,
            regions: experiment.regions.indices.map { region in
                let energy = awards.filter { $0.region == region }.reduce(0) { $0 + $1.energyMWh }
                return RegionClearing(
                    energyMWh: energy, facilityMWh: 1.25 * energy, gridMWh: energy, energyPriceUSDPerMWh: number(),
                    capacityPriceUSD: [0, generator.unit()])
            },
            coupling: CouplingOutcome(
                rounds: Int(generator.unit() * 30), hasConverged: generator.unit() < 0.5, gap: generator.unit()),
            waiting: waiting)
    }

    private mutating func dispatch(of gridOperator: Int) -> GridDispatch {
        GridDispatch(
            buses: buses(of: gridOperator),
            areas: (0...gridOperator).map {
                AreaOutcome(
                    name: "area-\($0)", demandMW: abs(number()), computeLoadMW: generator.unit(),
                    generationMW: number(),
                    importMW: number(), curtailedMW: generator.unit(), unservedMW: 0, costUSD: number(),
                    emissionsKg: number(), congestionRentUSD: number(), congestedLineCount: Int(generator.unit() * 5),
                    technologies: [
                        TechnologyOutput(technology: "coal", outputMW: number()),
                        TechnologyOutput(technology: "wind", outputMW: 0),
                    ])
            })
    }

    private mutating func settlement() -> [Payment] {
        let last = experiment.agentCount - 1
        return [
            Payment(payer: .agent(last), payee: .agent(0), purpose: .energy, amountUSD: number()),
            Payment(payer: .agent(last), payee: .transport, purpose: .relocation, amountUSD: number()),
            Payment(payer: .agent(last), payee: .carbonFund, purpose: .carbon, amountUSD: number()),
            Payment(payer: .agent(last), payee: .agent(0), purpose: .compute, amountUSD: number()),
        ]
    }

    /// A finite number of any size and sign.
    private mutating func number() -> Double {
        let size = generator.unit()
        let sign: Double = generator.unit() < 0.2 ? -1 : 1
        return sign * (size < 0.1 ? 0 : pow(10, 12 * size - 6) * generator.unit())
    }
}

/// A small generator of numbers (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// A new folder that goes when the value does.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in the folder.
    func path(_ name: String = "run.sqlite") -> String { url.appendingPathComponent(name).path }
}
