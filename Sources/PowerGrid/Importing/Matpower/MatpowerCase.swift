/// A MATPOWER case file (format version 2), which PGLib-OPF files are too, as a network.
///
/// Buses, branches, generators and direct-current lines stand in the order of their rows, in service or not.
public struct MatpowerCase: Sendable, Equatable {
    /// The network of the file.
    public let network: Network
    /// Cost of a start by generator, $; zero where the file has no costs.
    public let startUSD: [Double]
    /// Cost of a shutdown by generator, $.
    public let shutdownUSD: [Double]
    /// What the file says and the network does not.
    public let notices: [ImportNotice]

    /// Reads a case; throws all that is wrong with it.
    public init(_ file: SourceFile) throws(ImportError) {
        var log = ImportLog()
        let fields = MatpowerParser.parse(file, &log)
        var builder = MatpowerBuilder(file: file.name, fields: fields, log: log)
        network = builder.build()
        startUSD = builder.startUSD
        shutdownUSD = builder.shutdownUSD
        notices = builder.log.notices
        try builder.log.throwIfFaulty()
    }

    /// Reads the case at a path.
    public init(path: String) throws(ImportError) {
        try self.init(SourceFile(path: path))
    }
}
