// Rows of the first ticks of a run.
extension RunSnapshot {
    /// Reads what happened in balancing areas, ascending by tick, then area.
    public func forEachArea(before end: Int, _ body: (AreaPoint) throws -> Void) throws {
        try forEachArea(in: 0..<end, body)
    }

    /// Reads what happened in compute regions, ascending by tick, then region.
    public func forEachRegion(before end: Int, _ body: (RegionPoint) throws -> Void) throws {
        try forEachRegion(in: 0..<end, body)
    }

    /// Reads placed work, ascending by tick, service node, class, region.
    public func forEachPlacement(before end: Int, _ body: (PlacementPoint) throws -> Void) throws {
        try forEachPlacement(in: 0..<end, body)
    }
}
