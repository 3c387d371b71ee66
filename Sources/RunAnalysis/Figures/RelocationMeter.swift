internal import CoSimulation
internal import InferencePlacement
internal import RunStore

/// Follows placed and unserved work.
struct RelocationMeter {
    private struct Tally {
        var placed = Sum()
        var relocated = Sum()
        var facility = Sum()
        var requests = Sum()
        var unserved = Sum()

        mutating func add(_ point: PlacementPoint, isRelocated: Bool) {
            placed.add(point.energyMWh)
            if isRelocated { relocated.add(point.energyMWh) }
            facility.add(point.facilityMWh)
            requests.add(point.requests)
        }
    }

    private let agents: [RunAgent]
    private let classNames: [String]
    /// Place of the layer of each route in the list of layers, by agent number of service node and region.
    private let layerOfRoute: [[Int]]
    private let areas: AreaMap
    private var total = Tally()
    private var classes: [Tally]
    private var regions: [Tally]
    private var flows: [Tally]
    private var layers = Array(repeating: Sum(), count: RelocationLayer.allCases.count)
    private var sent: [Sum]

    init(agents: [RunAgent], areas: AreaMap, classNames: [String], layerOfRoute: [[RelocationLayer?]]) {
        self.agents = agents
        self.classNames = classNames
        self.layerOfRoute = layerOfRoute.map { routes in
            routes.map { layer in RelocationLayer.allCases.firstIndex { $0 == layer } ?? 0 }
        }
        self.areas = areas
        classes = Array(repeating: Tally(), count: classNames.count)
        regions = Array(repeating: Tally(), count: agents.count)
        flows = Array(repeating: Tally(), count: areas.places.count * areas.places.count)
        sent = Array(repeating: Sum(), count: agents.count)
    }

    /// Adds placed work.
    mutating func add(_ point: PlacementPoint) {
        guard let home = agents[point.service].homeRegion else { return }
        let isRelocated = home != point.region
        total.add(point, isRelocated: isRelocated)
        classes[point.workloadClass].add(point, isRelocated: isRelocated)
        regions[point.region].add(point, isRelocated: isRelocated)
        let flow = areas.place(ofRegion: home) * areas.places.count + areas.place(ofRegion: point.region)
        flows[flow].add(point, isRelocated: isRelocated)
        if isRelocated { sent[home].add(point.energyMWh) }
        layers[layerOfRoute[point.service][point.region]].add(point.energyMWh)
    }

    /// Adds work not served.
    mutating func add(_ point: UnservedPoint) {
        total.unserved.add(point.requests)
        if let home = agents[point.service].homeRegion { regions[home].unserved.add(point.requests) }
        classes[point.workloadClass].unserved.add(point.requests)
    }

    /// IT energy that ran in a region for other homes, and that left it, MWh; requests at home there that were not served.
    func exchange(ofRegion region: Int) -> (receivedMWh: Double, sentMWh: Double, unservedRequests: Double) {
        (regions[region].relocated.value, sent[region].value, regions[region].unserved.value)
    }

    /// How much ran where.
    var figures: RelocationFigures {
        RelocationFigures(
            placedMWh: total.placed.value, relocatedMWh: total.relocated.value, placedRequests: total.requests.value,
            unservedRequests: total.unserved.value,
            layers: zip(RelocationLayer.allCases, layers).map { layer, energy in
                LayerFigures(layer: layer.rawValue, itEnergyMWh: energy.value)
            },
            classes: zip(classNames, classes).map { name, tally in
                ClassFigures(
                    name: name, placedMWh: tally.placed.value, relocatedMWh: tally.relocated.value,
                    placedRequests: tally.requests.value, unservedRequests: tally.unserved.value)
            },
            flows: flows.indices.filter { flows[$0].placed.value != 0 }.map { index in
                let (home, executing) = index.quotientAndRemainder(dividingBy: areas.places.count)
                return RelocationFlow(
                    home: areas.places[home].name, executing: areas.places[executing].name,
                    itEnergyMWh: flows[index].placed.value, facilityEnergyMWh: flows[index].facility.value)
            })
    }
}
