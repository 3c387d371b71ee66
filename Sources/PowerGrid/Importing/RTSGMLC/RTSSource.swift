import Foundation

/// The files of the RTS-GMLC system.
public struct RTSSource: Sendable, Equatable {
    /// bus.csv.
    public var buses: SourceFile
    /// branch.csv.
    public var branches: SourceFile
    /// gen.csv.
    public var generators: SourceFile
    /// dc_branch.csv.
    public var dcBranches: SourceFile
    /// storage.csv.
    public var storage: SourceFile
    /// DAY_AHEAD_regional_Load.csv: MW by area.
    public var load: SourceFile
    /// Series whose units can make up to so much: DAY_AHEAD_wind.csv and DAY_AHEAD_pv.csv.
    public var available: [SourceFile]
    /// Series whose units make exactly so much: DAY_AHEAD_hydro.csv and DAY_AHEAD_rtpv.csv.
    public var fixed: [SourceFile]

    /// The system from its files.
    public init(
        buses: SourceFile, branches: SourceFile, generators: SourceFile, dcBranches: SourceFile, storage: SourceFile,
        load: SourceFile, available: [SourceFile], fixed: [SourceFile]
    ) {
        self.buses = buses
        self.branches = branches
        self.generators = generators
        self.dcBranches = dcBranches
        self.storage = storage
        self.load = load
        self.available = available
        self.fixed = fixed
    }

    /// Reads the files of a folder with `SourceData` and `timeseries` or, as published, `timeseries_data_files`.
    public init(folder: String) throws(ImportError) {
        func table(_ name: String) throws(ImportError) -> SourceFile {
            try SourceFile(path: "\(folder)/SourceData/\(name).csv")
        }
        func series(_ folderName: String, _ name: String) throws(ImportError) -> SourceFile {
            let path = "\(folder)/timeseries/DAY_AHEAD_\(name).csv"
            guard !FileManager.default.fileExists(atPath: path) else { return try SourceFile(path: path) }
            return try SourceFile(path: "\(folder)/timeseries_data_files/\(folderName)/DAY_AHEAD_\(name).csv")
        }
        self.init(
            buses: try table("bus"), branches: try table("branch"), generators: try table("gen"),
            dcBranches: try table("dc_branch"), storage: try table("storage"),
            load: try series("Load", "regional_Load"),
            available: [try series("WIND", "wind"), try series("PV", "pv")],
            fixed: [try series("HYDRO", "hydro"), try series("RTPV", "rtpv")])
    }
}
