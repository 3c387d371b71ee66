internal import CoSimulation
internal import Foundation

/// The hosts a run is spread over, read from a file, checked in full and found right.
public struct HostsFile: Sendable, Equatable, Codable {
    /// A host on which agents run.
    public struct Host: Sendable, Equatable, Codable {
        /// Its name in messages and logs.
        public var name: String
        /// What ssh connects to: a host name or address, with a user before an `@` if need be.
        public var destination: String
        /// Further words for ssh, such as `-p 2222`.
        public var options: [String]
        /// The program there.
        public var program: String
        /// The folder there in which programs of foreign agents are started; nil for the one of the scenario here.
        public var folder: String?
        /// Names of the agents that run there; nil where it takes a share of those that no host names.
        public var agents: [String]?

        /// A host from its parts.
        public init(
            name: String, destination: String, options: [String] = [], program: String = "gridtide",
            folder: String? = nil, agents: [String]? = nil
        ) {
            self.name = name
            self.destination = destination
            self.options = options
            self.program = program
            self.folder = folder
            self.agents = agents
        }
    }

    /// The address at which the coordinator listens, in numbers, as the hosts reach it.
    public var address: String
    /// Its port; 0 for any that is free.
    public var port: UInt16
    /// The hosts, at least one.
    public var hosts: [Host]

    /// Hosts from their parts.
    public init(address: String, port: UInt16 = 0, hosts: [Host]) {
        self.address = address
        self.port = port
        self.hosts = hosts
    }

    /// Reads a hosts file for a scenario with these agents, by number. Throws everything that is wrong at once.
    public static func load(
        _ path: String, agents: [String], limits: ScenarioLimits = ScenarioLimits()
    ) throws(ScenarioError) -> HostsFile {
        let url = URL(fileURLWithPath: path)
        return try load(
            .directory(url.deletingLastPathComponent().path), file: url.lastPathComponent, agents: agents,
            limits: limits)
    }

    /// Reads a hosts file from the files of a folder.
    public static func load(
        _ folder: ScenarioFolder, file: String, agents: [String], limits: ScenarioLimits = ScenarioLimits()
    ) throws(ScenarioError) -> HostsFile {
        let checker = FieldChecker(files: FileCache(folder: folder, limits: limits), limits: limits)
        var builder = ScenarioBuilder(checker: checker, catalogue: AgentCatalogue([]), file: file)
        return try builder.buildHosts(agents: agents)
    }
}
