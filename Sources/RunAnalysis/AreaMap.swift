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
        /// Name for people: see `names`.
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
        let operators = agents.filter { $0.role == .gridOperator }
        let areasOfOperator = operators.map { gridOperator in
            areas.filter { $0.gridOperator == gridOperator.number }
        }
        let names = Self.names(zip(operators, areasOfOperator).map { ($0.name, $1.map(\.name)) })
        places = operators.indices.flatMap { index in
            names[index].enumerated().map { place, name in
                let own = areasOfOperator[index]
                return Place(
                    name: name, gridOperator: operators[index].number,
                    area: own.indices.contains(place) ? own[place].number : nil)
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

    /// Names for people: that of the operator where it has one area at most; else that of the area, behind the operator's
    /// where another place is called the same.
    static func names(_ operators: [(name: String, areas: [String])]) -> [[String]] {
        let own = operators.map { $0.areas.count > 1 ? $0.areas : [$0.name] }
        let all = Dictionary(grouping: own.joined(), by: \.self)
        return zip(operators, own).map { gridOperator, names in
            guard gridOperator.areas.count > 1 else { return names }
            return names.map { all[$0]?.count == 1 ? $0 : "\(gridOperator.name)/\($0)" }
        }
    }

    /// The place of a region among `places`.
    func place(ofRegion region: Int) -> Int {
        guard let place = placeOfRegion[region] else { preconditionFailure("region \(region) has no grid operator") }
        return place
    }
}
