internal import CoSimulation
internal import InferencePlacement

/// Work that metrics are reported for: all of it, that of one class, or that of one origin.
struct WorkGroup {
    /// Whose work.
    let scope: MetricScope
    /// Name of the class, service node or area.
    let name: String
    private let services: Set<Int>
    private let classes: Set<Int>

    /// The system, each class, each service node, each home area; in that order.
    static func all(of experiment: Experiment, areas: RegionAreas) -> [WorkGroup] {
        let services = Set(experiment.services.indices)
        let classes = Set(experiment.classes.indices)
        let system = WorkGroup(scope: .system, name: "system", services: services, classes: classes)
        let byClass = experiment.classes.enumerated().map { index, kind in
            WorkGroup(scope: .workloadClass, name: kind.name, services: services, classes: [index])
        }
        let byService = experiment.services.enumerated().map { index, site in
            WorkGroup(scope: .service, name: site.agent.name, services: [index], classes: classes)
        }
        let byArea = areas.names.enumerated().compactMap { index, name -> WorkGroup? in
            let members = services.filter { areas.areaOfRegion[experiment.services[$0].home] == index }
            return members.isEmpty ? nil : WorkGroup(scope: .area, name: name, services: members, classes: classes)
        }
        return [system] + byClass + byService + byArea
    }

    /// Whether a class of a service node belongs to it.
    func contains(service: Int, workloadClass: Int) -> Bool {
        services.contains(service) && classes.contains(workloadClass)
    }

    /// Its orders in a book, by position.
    func orders(of book: OrderBook) -> [Int] {
        book.orders.indices.filter {
            contains(service: book.orders[$0].service, workloadClass: book.orders[$0].line.workloadClass)
        }
    }
}

/// Which balancing area each region of a run is in, from the dispatches of its records.
struct RegionAreas {
    /// Names for people, as everywhere in the analysis; ascending by grid operator.
    let names: [String]
    /// Index of the area of each region.
    let areaOfRegion: [Int]

    /// The areas as the first dispatch of each operator names them; an operator that never reported is one area.
    ///
    /// `next` gives the records of the run in turn, of which no more are taken than it needs.
    init(_ experiment: Experiment, next: () throws -> TickRecord?) rethrows {
        var dispatches: [GridDispatch?] = experiment.gridOperators.map { _ in nil }
        while dispatches.contains(where: { $0 == nil }), let record = try next() {
            for (number, dispatch) in record.dispatches.enumerated() where dispatches[number] == nil {
                dispatches[number] = dispatch
            }
        }
        let byOperator = AreaMap.names(
            experiment.gridOperators.indices.map { number in
                (experiment.gridOperators[number].agent.name, dispatches[number]?.areas.map(\.name) ?? [])
            })
        names = Array(byOperator.joined())
        var firsts = [0]
        for names in byOperator { firsts.append(firsts.last! + names.count) }
        var next = experiment.gridOperators.map { _ in 0 }
        areaOfRegion = experiment.regions.map { region in
            let number = region.gridOperator
            defer { next[number] += 1 }
            return firsts[number] + (dispatches[number]?.buses[next[number]].area ?? 0)
        }
    }
}
