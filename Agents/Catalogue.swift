public import CoSimulation

/// The strategies that come with the program.
public enum ReferenceAgents {
    /// All of them by role and name.
    public static let catalogue = AgentCatalogue([
        .gridOperator("series", SeriesOperator.self),
        .gridOperator("merit-order", MeritOrderOperator.self),
        .gridOperator("scarcity-adder", ScarcityAdderOperator.self),
        .gridOperator("dc-opf", DCOPFOperator.self),
        .gridOperator("zonal", ZonalOperator.self),
        .gridOperator("demand-responsive", DemandResponsiveOperator.self),
        .computeRegion("honest", HonestRegion.self),
        .computeRegion("scarcity-pricing", ScarcityPricingRegion.self),
        .computeRegion("adaptive-margin", AdaptiveMarginRegion.self),
        .computeRegion("price-responsive", PriceResponsiveRegion.self),
        .computeRegion("curtailable", CurtailableRegion.self),
        .serviceNode("honest", HonestNode.self),
        .serviceNode("carbon-aware", CarbonAwareNode.self),
        .serviceNode("deferring", DeferringNode.self),
        .serviceNode("nearby", NearbyNode.self),
    ])
}
