internal import CoSimulation
internal import RunStore

/// Balancing areas by name, and which one each compute region is in.
struct AreaMap {
    /// Where work comes from and goes to: the areas of each grid operator as they first appear, or the operator itself
    /// where it never named one; ascending by operator.
    let places: [Place]
    private let placeOfRegion: [Int: Int]

    /// An area, or a grid operator without one.
    struct Place {
        /// Name for people: that of the grid operator where it has one area at most, else operator/area.
        let name: String
        /// Agent number of the grid operator.
        let gridOperator: Int
        /// Number of the area; nil for an operator without one.
        let area: Int?
    }

    /// The areas of a run.
    init(of run: RunSnapshot) throws {
        let agents = try run.agents()
        let areas = try run.areas()
        places = agents.filter { $0.role == .gridOperator }.flatMap { gridOperator in
            let own = areas.filter { $0.gridOperator == gridOperator.number }
            guard own.count > 1 else {
                return [Place(name: gridOperator.name, gridOperator: gridOperator.number, area: own.first?.number)]
            }
            return own.map {
                Place(name: "\(gridOperator.name)/\($0.name)", gridOperator: gridOperator.number, area: $0.number)
            }
        }
        var placeOfRegion: [Int: Int] = [:]
        let areaOfRegion = try run.areaOfRegion()
        for region in agents where region.role == .computeRegion {
            placeOfRegion[region.number] = places.firstIndex {
                $0.gridOperator == region.gridOperator
                    && (areaOfRegion[region.number] == nil || $0.area == areaOfRegion[region.number])
            }
        }
        self.placeOfRegion = placeOfRegion
    }

    /// The place of a region among `places`.
    func place(ofRegion region: Int) -> Int {
        guard let place = placeOfRegion[region] else { preconditionFailure("region \(region) has no grid operator") }
        return place
    }
}
