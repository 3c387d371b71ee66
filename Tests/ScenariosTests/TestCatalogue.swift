import CoSimulation
import InferencePlacement
import Scenarios

// A few strategies whose settings cover every kind of field; what they do in a run does not matter here.

struct MeritOrder: GridOperator {
    static let summary = "Stacks generators by cost."
    static let fields: [Field] = [
        .required("demandMW", .series(.nonNegative), unit: .megawatt, "Demand other than compute regions."),
        .required(
            "fleet",
            .rows(
                [
                    .required("name", .text, "Name of the generator."),
                    .required("technology", .text, "Technology, such as wind."),
                    .required("capacityMW", .number(.positive), unit: .megawatt, "Greatest output."),
                    .required("costUSDPerMWh", .number(.any), unit: .usdPerMWh, "Cost of energy."),
                    .required(
                        "emissionsKgPerMWh", .number(.nonNegative), unit: .kilogramPerMWh, "Emissions of energy."),
                    .optional(
                        "availability", .series(.share), unit: .perUnit, default: .number(1),
                        "Share of capacity available."),
                    .optional("mustRun", .boolean, default: .boolean(false), "Whether it always runs."),
                ], minimumCount: 1), "Generators."),
    ]

    init(setup: GridOperatorSetup) throws(ParameterError) {
        for (index, unit) in setup.parameters.sections("fleet").enumerated() where unit.text("name") == "cursed" {
            throw ParameterError(
                path: "fleet[\(index)].name", problem: "the generator is cursed.", remedy: "Choose another.")
        }
    }
    mutating func signal(_ observation: SignalObservation) -> GridSignal { GridSignal(buses: []) }
    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch { preconditionFailure("not run") }
}

struct PriceTaker: GridOperator {
    static let summary = "Publishes given prices."
    static let fields: [Field] = [
        .required("priceUSDPerMWh", .series(.any), unit: .usdPerMWh, "Price of energy."),
        .optional(
            "marginalEmissionsKgPerMWh", .series(.any), unit: .kilogramPerMWh, default: .number(400),
            "Marginal emissions."),
    ]

    init(setup: GridOperatorSetup) throws(ParameterError) {}
    mutating func signal(_ observation: SignalObservation) -> GridSignal { GridSignal(buses: []) }
    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch { preconditionFailure("not run") }
}

struct Honest: ComputeRegion {
    static let summary = "Offers what it has at cost."
    static let fields: [Field] = [
        .required("accelerators", .series(.nonNegative), unit: .accelerators, "Accelerators in service."),
        .required("connectionMW", .series(.nonNegative), unit: .megawatt, "Greatest draw from the grid."),
        .required("pue", .series(.atLeastOne), "Facility power over IT power, such as 1.2."),
        .optional(
            "onSiteRenewableMW", .series(.nonNegative), unit: .megawatt, default: .number(0), "Output made on site."),
    ]

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        if case .number(13)? = setup.parameters["connectionMW"] {
            throw ParameterError(path: "connectionMW", problem: "13 is unlucky.", remedy: "Take 14.")
        }
    }
    mutating func offer(_ observation: RegionObservation) -> CapacityOffer { .nothing(resourceCount: 1) }
}

struct MarkingUp: ComputeRegion {
    static let summary = "Offers blocks with a mark-up."
    static let fields: [Field] =
        Honest.fields + [
            .optional(
                "markUpUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(5), "What it adds to cost."
            ),
            .optional("shares", .list(.number(.share), minimumCount: 1), unit: .share, "Shares of its blocks."),
        ]

    init(setup: ComputeRegionSetup) throws(ParameterError) {}
    mutating func offer(_ observation: RegionObservation) -> CapacityOffer { .nothing(resourceCount: 1) }
}

struct Bidding: ServiceNode {
    static let summary = "Bids its demand as it comes."
    static let fields: [Field] = [
        .required(
            "demand", .map(.series(.nonNegative), keys: "workload classes"), unit: .requestsPerTick,
            "Requests by class.")
    ]

    init(setup: ServiceNodeSetup) throws(ParameterError) {}
    mutating func bid(_ observation: ServiceObservation) -> WorkBid { WorkBid(lines: []) }
}

struct Deferring: ServiceNode {
    static let summary = "Holds work back while prices are high."
    static let fields: [Field] =
        Bidding.fields + [
            .optional(
                "patienceTicks", .integer(NumberRange(0, 24)), unit: .ticks, default: .number(3),
                "Ticks it waits at most."),
            .optional("mode", .choice(["price", "carbon"]), default: .text("price"), "What it waits for."),
            .optional(
                "limits",
                .section([.required("priceUSDPerMWh", .number(.any), unit: .usdPerMWh, "Price it waits below.")]),
                "Limits."),
        ]

    init(setup: ServiceNodeSetup) throws(ParameterError) {}
    mutating func bid(_ observation: ServiceObservation) -> WorkBid { WorkBid(lines: []) }
}

enum TestCatalogue {
    static let catalogue = AgentCatalogue([
        .gridOperator("merit-order", MeritOrder.self), .gridOperator("price-taker", PriceTaker.self),
        .computeRegion("honest", Honest.self), .computeRegion("marking-up", MarkingUp.self),
        .serviceNode("honest", Bidding.self), .serviceNode("deferring", Deferring.self),
    ])

    /// Makes an agent once, as the core's catalogue will.
    @Sendable static func check(_ role: AgentRole, _ strategy: String, _ setup: AgentSetup) -> ParameterError? {
        do throws(ParameterError) {
            switch setup {
            case .gridOperator(let setup) where strategy == "merit-order": _ = try MeritOrder(setup: setup)
            case .computeRegion(let setup) where strategy == "honest": _ = try Honest(setup: setup)
            default: break
            }
            return nil
        } catch {
            return error
        }
    }
}
