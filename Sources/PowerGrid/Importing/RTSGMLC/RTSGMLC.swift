/// The RTS-GMLC test system of NREL: its network, its units and a year of hours.
///
/// Bus demand is the regional load shared out by the buses' `MW Load`. Wind and PV can make what their series say;
/// hydro and rooftop PV make exactly that, as in NREL's own runs. Storage, and the solar-thermal unit, whose inflow is
/// not among the files, are out of service.
public struct RTSGMLC: Sendable, Equatable {
    /// The network at the loads of bus.csv, the annual peak of each area.
    public let network: Network
    /// What gen.csv and storage.csv say and the network does not, in the order of its generators.
    public let units: [RTSUnit]
    /// Demand and output by hour.
    public let series: NetworkSeries
    /// What was assumed or left out.
    public let notices: [ImportNotice]

    /// Reads the system; throws all that is wrong with its files.
    public init(_ source: RTSSource) throws(ImportError) {
        var builder = RTSBuilder(source)
        network = builder.buildNetwork()
        units = builder.units
        let built = builder.buildSeries(network)
        notices = builder.log.notices
        try builder.log.throwIfFaulty()
        guard let built else { preconditionFailure("a series without faults") }
        series = built
    }

    /// Reads the system from a folder with `SourceData` and `timeseries` or, as published, `timeseries_data_files`.
    public init(folder: String) throws(ImportError) {
        try self.init(RTSSource(folder: folder))
    }
}
