/// How much work ran away from home, and where (MODEL 1.8 realised, 1.11 and 4).
public struct RelocationFigures: Sendable, Equatable, Codable {
    /// IT energy of all placed work, MWh.
    public var placedMWh: Double
    /// IT energy of work that ran outside its home region, MWh (realised RID, MODEL 1.8).
    public var relocatedMWh: Double
    /// Requests placed.
    public var placedRequests: Double
    /// Requests not served.
    public var unservedRequests: Double
    /// IT energy by layer, in the order local, regional, energy-oriented (MODEL 1.11).
    public var layers: [LayerFigures]
    /// Work by class, in the order of the scenario.
    public var classes: [ClassFigures]
    /// Relocation matrix: energy from home area to executing area, home on the diagonal, ascending by area; none is zero
    /// (MODEL 4).
    public var flows: [RelocationFlow]

    /// Share of the placed energy that ran outside its home region; nil if nothing was placed.
    public var relocatedShare: Double? { placedMWh > 0 ? relocatedMWh / placedMWh : nil }
}

/// Work in one layer.
public struct LayerFigures: Sendable, Equatable, Codable {
    /// Name of the layer: local, regional or energy-oriented.
    public var layer: String
    /// IT energy, MWh.
    public var itEnergyMWh: Double
}

/// Work of one class.
public struct ClassFigures: Sendable, Equatable, Codable {
    /// Name of the class.
    public var name: String
    /// IT energy placed, MWh.
    public var placedMWh: Double
    /// IT energy placed outside home regions, MWh.
    public var relocatedMWh: Double
    /// Requests placed.
    public var placedRequests: Double
    /// Requests not served.
    public var unservedRequests: Double
}

/// Energy of work by home area and executing area.
public struct RelocationFlow: Sendable, Equatable, Codable {
    /// Area of the home region, by the name of its figures; the grid operator where that named no area.
    public var home: String
    /// Area of the region that ran the work.
    public var executing: String
    /// IT energy, MWh.
    public var itEnergyMWh: Double
    /// Facility energy where it ran, MWh.
    public var facilityEnergyMWh: Double
}
