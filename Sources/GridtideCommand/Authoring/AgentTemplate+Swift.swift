internal import CoSimulation

extension AgentTemplate {
    /// The files of an agent in Swift, by path.
    var swift: [String: String] {
        [
            "agent.json": manifest(
                exec: [".build/release/\(name)"], build: ["swift", "build", "-c", "release", "--product", name]),
            "Package.swift": swiftPackage,
            "Sources/\(typeName)/\(typeName).swift": fill(swiftStrategy),
            "Sources/\(typeName)/main.swift": swiftMain,
            "Tests/\(typeName)Tests/\(typeName)Tests.swift": fill(swiftTest),
            ".gitignore": ".build/\n",
            "README.md": readme(strategyFile: "Sources/\(typeName)/\(typeName).swift", test: "swift test"),
        ]
    }

    private func fill(_ text: String) -> String {
        text.replacing("TYPE", with: typeName).replacing("SUMMARY", with: summary)
    }

    private var swiftPackage: String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "\(name)",
            platforms: [.macOS(.v15)],
            products: [.executable(name: "\(name)", targets: ["\(typeName)"])],
            dependencies: [.package(name: "gridtide", path: "\(clone)")],
            targets: [
                .executableTarget(
                    name: "\(typeName)", dependencies: [.product(name: "Gridtide", package: "gridtide")]),
                .testTarget(name: "\(typeName)Tests", dependencies: ["\(typeName)"]),
            ]
        )

        """
    }

    private var swiftMain: String {
        let maker =
            switch role {
            case .gridOperator: "gridOperator"
            case .computeRegion: "computeRegion"
            case .serviceNode: "serviceNode"
            }
        return """
            import Gridtide

            AgentProcess.main(.\(maker)("\(name)", \(typeName).self))

            """
    }

    private var swiftStrategy: String {
        switch role {
        case .gridOperator: Self.swiftOperator
        case .computeRegion: Self.swiftRegion
        case .serviceNode: Self.swiftNode
        }
    }

    private var swiftTest: String {
        switch role {
        case .gridOperator: Self.swiftOperatorTest
        case .computeRegion: Self.swiftRegionTest
        case .serviceNode: Self.swiftNodeTest
        }
    }

    private static let swiftNode = #"""
        import Gridtide

        /// SUMMARY
        struct TYPE: ServiceNode {
            static let summary = "SUMMARY"
            static let fields: [Field] = [
                .required(
                    "demand", .map(.series(.nonNegative), keys: "workload classes"), unit: .requestsPerTick,
                    "Requests of each class that arrive per tick."),
                .optional(
                    "toleranceKgPerMWh", .number(.nonNegative), unit: .kilogramPerMWh, default: .number(0),
                    "How much dirtier than home a region may be."),
            ]

            private let setup: ServiceNodeSetup
            private let toleranceKgPerMWh: Double

            init(setup: ServiceNodeSetup) throws(ParameterError) {
                self.setup = setup
                toleranceKgPerMWh = setup.parameters.number("toleranceKgPerMWh")
                let names = setup.classes.map(\.name)
                for entry in setup.parameters.section("demand").entries where !names.contains(entry.name) {
                    throw ParameterError(
                        path: "demand.\(entry.name)", problem: "there is no workload class of that name",
                        remedy: "Use one of \(names.joined(separator: ", ")).")
                }
            }

            mutating func bid(_ observation: ServiceObservation) -> WorkBid {
                let emissions = observation.signals.map(\.marginalEmissionsKgPerMWh)
                let limit = emissions[setup.home] + toleranceKgPerMWh
                let demand = setup.parameters.section("demand")
                var lines: [BidLine] = []
                for (k, kind) in setup.classes.enumerated() {
                    guard let requests = demand.seriesIfPresent(kind.name)?[observation.tick] else { continue }
                    var line = setup.line(workloadClass: k, requests: requests)
                    line.options.removeAll { emissions[$0.region] > limit }
                    lines.append(line)
                }
                return WorkBid(lines: lines)
            }
        }

        """#

    private static let swiftRegion = #"""
        import Gridtide

        /// SUMMARY
        struct TYPE: ComputeRegion {
            static let summary = "SUMMARY"
            static let fields: [Field] = [
                .required("accelerators", .series(.nonNegative), unit: .accelerators, "Accelerators that can run."),
                .required("connectionMW", .series(.nonNegative), unit: .megawatt, "Greatest draw from the grid."),
                .optional("pue", .series(.atLeastOne), unit: .perUnit, default: .number(1.2), "Facility power over IT power."),
                .optional(
                    "scarcityMarkUpUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(5),
                    "What it adds to the cost of energy while headroom is scarce."),
                .optional(
                    "scarceHeadroomMW", .number(.nonNegative), unit: .megawatt, default: .number(100),
                    "Headroom below which it is scarce."),
            ]

            private let setup: ComputeRegionSetup

            init(setup: ComputeRegionSetup) throws(ParameterError) {
                guard setup.resources.count == 1 else {
                    throw ParameterError(
                        path: "accelerators", problem: "it states one of \(setup.resources.count) resources",
                        remedy: "Use one resource.")
                }
                self.setup = setup
            }

            mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
                let settings = setup.parameters
                let (tick, connectionMW) = (observation.tick, settings.series("connectionMW")[observation.tick])
                let isScarce = observation.signal.headroomMW < settings.number("scarceHeadroomMW")
                let markUp = isScarce ? settings.number("scarcityMarkUpUSDPerMWh") : 0
                return CapacityOffer(
                    capacity: [settings.series("accelerators")[tick] * Double(setup.clock.tickSeconds)],
                    connectionMW: connectionMW, pue: settings.series("pue")[tick],
                    blocks: [OfferBlock(source: .grid, limitMW: connectionMW, markUpUSDPerMWh: markUp)])
            }
        }

        """#

    private static let swiftOperator = #"""
        import Gridtide

        /// SUMMARY
        struct TYPE: GridOperator {
            static let summary = "SUMMARY"
            static let fields: [Field] = [
                .required("demandMW", .series(.nonNegative), unit: .megawatt, "Demand other than compute regions."),
                .optional(
                    "expectedComputeLoadMW", .series(.nonNegative), unit: .megawatt, default: .number(0),
                    "Draw of the compute regions that signals count with."),
                .required(
                    "fleet",
                    .rows(
                        [
                            .required("name", .text, "Name of the generator."),
                            .required("technology", .text, "Technology that outputs are added up by."),
                            .required("capacityMW", .number(.nonNegative), unit: .megawatt, "Greatest output."),
                            .required("costUSDPerMWh", .number(.any), unit: .usdPerMWh, "Cost of a MWh."),
                            .required("emissionsKgPerMWh", .number(.any), unit: .kilogramPerMWh, "Emissions of a MWh."),
                        ], minimumCount: 1), "Generators."),
            ]

            private static let unservedUSDPerMWh = 10_000.0
            private let setup: GridOperatorSetup
            private let fleet: [Parameters]

            init(setup: GridOperatorSetup) throws(ParameterError) {
                self.setup = setup
                fleet = setup.parameters.sections("fleet").sorted {
                    $0.number("costUSDPerMWh") < $1.number("costUSDPerMWh")
                }
            }

            mutating func signal(_ observation: SignalObservation) -> GridSignal {
                let expectedMW = setup.parameters.series("expectedComputeLoadMW")[observation.tick]
                let bus = solve(observation.tick, computeMW: expectedMW).bus
                let signal = BusSignal(
                    priceUSDPerMWh: bus.priceUSDPerMWh, marginalEmissionsKgPerMWh: bus.marginalEmissionsKgPerMWh,
                    averageEmissionsKgPerMWh: bus.averageEmissionsKgPerMWh)
                return GridSignal(buses: setup.regions.map { _ in signal })
            }

            mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
                let (bus, area) = solve(observation.tick, computeMW: observation.loadMW.reduce(0, +))
                return GridDispatch(buses: setup.regions.map { _ in bus }, areas: [area])
            }

            /// Cheapest first; the last generator that runs sets price and marginal emissions.
            private func solve(_ tick: Int, computeMW: Double) -> (bus: BusOutcome, area: AreaOutcome) {
                let demandMW = setup.parameters.series("demandMW")[tick]
                var (leftMW, generationMW, cost, emissions) = (demandMW + computeMW, 0.0, 0.0, 0.0)
                var (price, marginal) = (Self.unservedUSDPerMWh, 0.0)
                var outputs: [String: Double] = [:]
                for unit in fleet {
                    let outputMW = min(leftMW, unit.number("capacityMW"))
                    leftMW -= outputMW
                    generationMW += outputMW
                    cost += outputMW * unit.number("costUSDPerMWh")
                    emissions += outputMW * unit.number("emissionsKgPerMWh")
                    outputs[unit.text("technology"), default: 0] += outputMW
                    guard outputMW < unit.number("capacityMW") else { continue }
                    (price, marginal) = (unit.number("costUSDPerMWh"), unit.number("emissionsKgPerMWh"))
                    break
                }
                let hours = setup.clock.tickHours
                let area = AreaOutcome(
                    name: setup.name, demandMW: demandMW, computeLoadMW: computeMW, generationMW: generationMW,
                    unservedMW: leftMW, costUSD: (cost + leftMW * Self.unservedUSDPerMWh) * hours,
                    emissionsKg: emissions * hours,
                    technologies: outputs.sorted { $0.key < $1.key }.map {
                        TechnologyOutput(technology: $0.key, outputMW: $0.value)
                    })
                let average = generationMW > 0 ? emissions / generationMW : 0
                return (
                    BusOutcome(
                        priceUSDPerMWh: price, marginalEmissionsKgPerMWh: marginal, averageEmissionsKgPerMWh: average),
                    area
                )
            }
        }

        """#
}

// Tests: a strategy is a value, made from a setup and asked.
extension AgentTemplate {
    fileprivate static let swiftNodeTest = #"""
        import Gridtide
        import Testing

        @testable import TYPE

        @Suite struct TYPETests {
            /// The regions a node bids for, at home in the second of two with these marginal emissions.
            private func regions(_ emissions: [Double], toleranceKgPerMWh: Double = 0) throws -> [Int] {
                let settings = Parameters([
                    ("demand", .section(Parameters([("batch", .number(1000))]))),
                    ("toleranceKgPerMWh", .number(toleranceKgPerMWh)),
                ])
                let batch = WorkloadClass(
                    name: "batch", latencyBudgetMilliseconds: 1e6, energyKWhPerRequest: 0.01, workPerRequest: [36],
                    valueUSDPerRequest: 0.05)
                var node = try TYPE(
                    setup: ServiceNodeSetup(
                        name: "berlin", clock: Clock(startSeconds: 0, tickSeconds: 3600, tickCount: 24), classes: [batch],
                        regions: ["north-1", "south-1"], home: 1, roundTripMilliseconds: [30, 5], egressUSDPerGB: [0.05, 0],
                        allowed: [[true, true]], parameters: try settings.checked(by: TYPE.fields)))
                let signals = emissions.map {
                    BusSignal(priceUSDPerMWh: 40, marginalEmissionsKgPerMWh: $0, averageEmissionsKgPerMWh: $0)
                }
                let context = TickContext(tick: 0, random: RandomStream(seed: 1, agent: 0, tick: 0, phase: .bidding))
                let bid = node.bid(ServiceObservation(context: context, signals: signals, last: nil))
                #expect(bid.lines[0].requests == 1000)
                return bid.lines[0].options.map(\.region)
            }

            @Test func workMayGoWhereItIsCleaner() throws {
                #expect(try regions([100, 400]) == [0, 1])
            }

            @Test func workStaysWhereItWouldBeDirtier() throws {
                #expect(try regions([400, 100]) == [1])
                #expect(try regions([400, 100], toleranceKgPerMWh: 300) == [0, 1])
            }
        }

        """#

    fileprivate static let swiftRegionTest = #"""
        import Gridtide
        import Testing

        @testable import TYPE

        @Suite struct TYPETests {
            private func markUp(headroomMW: Double) throws -> Double {
                let settings = Parameters([("accelerators", .number(1000)), ("connectionMW", .number(10))])
                var region = try TYPE(
                    setup: ComputeRegionSetup(
                        name: "north-1", clock: Clock(startSeconds: 0, tickSeconds: 3600, tickCount: 24),
                        resources: ["accelerator"], parameters: try settings.checked(by: TYPE.fields)))
                let signal = BusSignal(
                    priceUSDPerMWh: 40, marginalEmissionsKgPerMWh: 100, averageEmissionsKgPerMWh: 100,
                    headroomMW: headroomMW)
                let context = TickContext(tick: 0, random: RandomStream(seed: 1, agent: 0, tick: 0, phase: .bidding))
                let offer = region.offer(RegionObservation(context: context, signal: signal, last: nil))
                #expect(offer.connectionMW == 10)
                return offer.blocks[0].markUpUSDPerMWh
            }

            @Test func scarcePowerIsDearer() throws {
                #expect(try markUp(headroomMW: 500) == 0)
                #expect(try markUp(headroomMW: 50) == 5)
            }
        }

        """#

    fileprivate static let swiftOperatorTest = #"""
        import Gridtide
        import Testing

        @testable import TYPE

        @Suite struct TYPETests {
            private func unit(_ name: String, _ capacityMW: Double, _ cost: Double, _ emissions: Double) -> ParameterValue {
                .section(
                    Parameters([
                        ("name", .text(name)), ("technology", .text(name)), ("capacityMW", .number(capacityMW)),
                        ("costUSDPerMWh", .number(cost)), ("emissionsKgPerMWh", .number(emissions)),
                    ]))
            }

            @Test func theLastGeneratorSetsThePrice() throws {
                let settings = Parameters([
                    ("demandMW", .number(90)), ("fleet", .list([unit("gas", 50, 70, 400), unit("hydro", 100, 20, 0)])),
                ])
                var grid = try TYPE(
                    setup: GridOperatorSetup(
                        name: "north", clock: Clock(startSeconds: 0, tickSeconds: 3600, tickCount: 24),
                        regions: [ConnectedRegion(name: "north-1", bus: "")],
                        parameters: try settings.checked(by: TYPE.fields)))
                let context = TickContext(tick: 0, random: RandomStream(seed: 1, agent: 0, tick: 0, phase: .dispatching))
                let outcome = grid.dispatch(DispatchObservation(context: context, loadMW: [30]))
                #expect(outcome.buses[0].priceUSDPerMWh == 70)
                #expect(outcome.areas[0].generationMW == 120)
                #expect(outcome.areas[0].costUSD == 100 * 20 + 20 * 70)
                #expect(grid.signal(SignalObservation(context: context)).buses[0].priceUSDPerMWh == 20)
            }
        }

        """#
}
