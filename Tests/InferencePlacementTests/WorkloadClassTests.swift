import InferencePlacement
import Testing

/// Latency, mask, layers and friction as MODEL 1.3, 1.5 and 1.11 state them.
@Suite struct WorkloadClassTests {
    private let equator = Location(latitudeDegrees: 0, longitudeDegrees: 0)

    /// A place on the equator this far east of the origin.
    private func east(_ kilometres: Double) -> Location {
        Location(latitudeDegrees: 0, longitudeDegrees: kilometres / 6371 * 180 / .pi)
    }

    @Test(arguments: [(0.0, 56.0), (3000, 98), (10_000, 196), (20_000, 336)])
    func roundTrip(kilometres: Double, milliseconds: Double) {
        #expect(abs(equator.distanceKilometres(to: east(kilometres)) - kilometres) < 1e-6 * (1 + kilometres))
        #expect(abs(equator.roundTripMilliseconds(to: east(kilometres)) - milliseconds) < 1e-6 * milliseconds)
    }

    @Test func distanceIsAMetricOnTheSphere() {
        var random = SeededRandom(1)
        func place() -> Location {
            Location(latitudeDegrees: random.uniform(-90, 90), longitudeDegrees: random.uniform(-180, 180))
        }
        for sample in 0..<300 {
            let (a, b, c) = (place(), place(), place())
            let direct = a.distanceKilometres(to: c)
            #expect(abs(direct - c.distanceKilometres(to: a)) < 1e-9 * (1 + direct), "sample \(sample)")
            #expect(direct <= a.distanceKilometres(to: b) + b.distanceKilometres(to: c) + 1e-6, "sample \(sample)")
            #expect(direct >= 0 && direct <= 6371 * Double.pi + 1e-6, "sample \(sample)")
            var turned = c
            turned.longitudeDegrees += 360
            #expect(
                abs(a.distanceKilometres(to: turned) - direct) < 1e-6, "sample \(sample): a full turn is no distance")
        }
        let north = Location(latitudeDegrees: 90, longitudeDegrees: 10)
        let south = Location(latitudeDegrees: -90, longitudeDegrees: -70)
        #expect(abs(north.distanceKilometres(to: south) - 6371 * .pi) < 1e-6)
        #expect(north.distanceKilometres(to: Location(latitudeDegrees: 90, longitudeDegrees: 99)) < 1e-6)
    }

    private func kind(budget: Double) -> WorkloadClass {
        WorkloadClass(
            name: "k", latencyBudgetMilliseconds: budget, clientLegMilliseconds: 8, processingMilliseconds: 64,
            queueingMilliseconds: 4, energyKWhPerRequest: 0.001, valueUSDPerRequest: 1)
    }

    /// A budget is kept when it is met exactly (MODEL 1.3), and each part of the latency counts.
    @Test func budgetIsInclusive() {
        #expect(kind(budget: 132).accepts(roundTripMilliseconds: 56))
        #expect(!kind(budget: 132).accepts(roundTripMilliseconds: 56 + 1e-12))
        #expect(!kind(budget: 132 - 1e-12).accepts(roundTripMilliseconds: 56))
        #expect(kind(budget: 132 + 40).accepts(roundTripMilliseconds: 96), "relaxation adds to the budget")
        #expect(!kind(budget: 75).accepts(roundTripMilliseconds: 0))
        #expect(
            kind(budget: .infinity).accepts(roundTripMilliseconds: .infinity)
                && !kind(budget: 1e9).accepts(roundTripMilliseconds: .nan))
    }

    @Test(arguments: [
        (30.0, RelocationLayer.local), (30.0.nextUp, .regional), (120, .regional), (120.0.nextUp, .energyOriented),
    ])
    func layers(roundTrip: Double, layer: RelocationLayer) {
        #expect(RelocationLayer(isHome: false, roundTripMilliseconds: roundTrip) == layer)
        #expect(RelocationLayer(isHome: true, roundTripMilliseconds: roundTrip) == .local)
        #expect(
            RelocationLayer(
                isHome: false, roundTripMilliseconds: roundTrip, localLimitMilliseconds: 0, regionalLimitMilliseconds: 1
            ) == .energyOriented)
    }

    /// phi = a b + (a B + warm) / N + rho, plus the surcharge per MWh (MODEL 1.5).
    @Test func frictionAddsUp() {
        let friction = Friction(
            payloadGBPerRequest: 0.01, sessionStateGB: 2, requestsPerSession: 50, coldStartUSD: 0.3,
            reliabilityUSDPerRequest: 0.004,
            surchargeUSDPerMWh: 25)
        let expected = 0.08 * 0.01 + (0.08 * 2 + 0.3) / 50 + 0.004 + 25 * 0.002 / 1000
        #expect(abs(friction.costUSDPerRequest(egressUSDPerGB: 0.08, energyKWhPerRequest: 0.002) - expected) < 1e-15)
        #expect(Friction().costUSDPerRequest(egressUSDPerGB: 0.08, energyKWhPerRequest: 0.002) == 0)
        var random = SeededRandom(2)
        for sample in 0..<200 {
            func cost(payload: Double = 0, state: Double = 0, sessions: Double = 1, egress: Double) -> Double {
                Friction(payloadGBPerRequest: payload, sessionStateGB: state, requestsPerSession: sessions)
                    .costUSDPerRequest(egressUSDPerGB: egress, energyKWhPerRequest: 1)
            }
            let (b, state, sessions, a) = (
                random.uniform(), random.uniform(0, 9), random.uniform(1, 99), random.uniform()
            )
            let all = cost(payload: b, state: state, sessions: sessions, egress: a)
            #expect(abs(all - a * (b + state / sessions)) < 1e-12, "sample \(sample)")
            #expect(
                cost(payload: b, state: state, sessions: sessions + 1, egress: a) <= all,
                "sample \(sample): longer sessions")
        }
    }
}
