import InferencePlacement
import Support

/// A window of Green-LLM's size: areas, data centres, query types and hours, with every figure drawn from a fixed seed.
func window(areas: Int, centres: Int, types: Int, hours: Int, waterLimitLitres: Double = .infinity) -> HorizonWindow {
    var state: UInt64 = 1
    func draw(_ lower: Double, _ upper: Double) -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return lower + (upper - lower) * Double(state >> 11) * 0x1p-53
    }
    let supplies = (0..<hours).map { _ in
        (0..<centres).map { _ in
            let water = draw(500, 4000)
            return RegionSupply(
                capacity: [draw(6e6, 9e6), draw(6e6, 9e6)], connectionMWh: draw(4, 8), pue: draw(1.05, 1.6),
                blocks: [
                    EnergyBlock(
                        limitMWh: draw(0, 1.5), priceUSDPerMWh: 0, emissionsKgPerMWh: 0, isFromGrid: false,
                        waterLitresPerMWh: water),
                    EnergyBlock(
                        limitMWh: .infinity, priceUSDPerMWh: draw(20, 200), emissionsKgPerMWh: draw(50, 900),
                        isFromGrid: true, carbonTaxUSDPerKg: draw(0, 0.1), waterLitresPerMWh: water),
                ])
        }
    }
    let orders = (0..<areas).flatMap { area in
        (0..<types).map { type in
            let options = (0..<centres).map { centre in
                PlacementOption(
                    region: centre, frictionUSDPerRequest: 0, delaySeconds: draw(0.001, 0.1),
                    delaySecondsPerRequest: draw(1e-6, 1e-4))
            }
            let line = BidLine(
                workloadClass: type, requests: draw(50_000, 300_000), arrivedRequests: 0, energyKWhPerRequest: 0.003,
                workPerRequest: [3, 4], valueUSDPerRequest: 10, delayUSDPerSecond: draw(0, 0.5), options: options)
            return HorizonOrder(
                order: WorkOrder(
                    service: area, home: area % centres, line: line, roundTripMilliseconds: options.map { _ in 0 }),
                expectedRequests: (1..<hours).map { _ in draw(50_000, 300_000) })
        }
    }
    return HorizonWindow(tickHours: 1, supplies: supplies, orders: orders, waterLimitLitres: waterLimitLitres)
}

let mechanisms: [(String, Mechanism)] = [
    ("weighted, M0", Mechanism(.weighted, weights: .m0, horizonTicks: 24)),
    (
        "lexicographic, three criteria",
        Mechanism(.lexicographic, priorities: [.energy, .carbon, .delay], horizonTicks: 24)
    ),
]
let day = window(areas: 9, centres: 9, types: 5, hours: 24)
Program.run("horizon") { _ in
    for (name, mechanism) in mechanisms {
        let times = try (0..<5).map { _ in
            var house = HorizonHouse(mechanism: mechanism)
            return try timed { _ = try house.clear(day) }.milliseconds
        }
        Program.report(name, [("day", times)])
    }
}
