internal import Scenarios

/// Where a process of a run is: on this host, or on another through a local process that carries input, output and status.
///
/// That process is treated like one that does the work itself: when it is killed, the input of the other ends, and so does
/// the other.
enum Place: Sendable, Equatable {
    case here
    /// On a host that ssh reaches.
    case host(HostsFile.Host)
    /// On a node of the Slurm job that the launcher is in.
    case node(String)

    /// Its name in messages; nil of this host.
    var name: String? {
        switch self {
        case .here: nil
        case .host(let host): host.name
        case .node(let node): node
        }
    }

    /// The program there that all processes of a run are.
    var program: String {
        if case .host(let host) = self { host.program } else { ProcessRun.executablePath }
    }

    /// What is started on this host so that a command runs there, in a folder and with an environment if given. On this host
    /// these are not part of the words.
    func words(for command: [String], environment: [String: String] = [:], folder: String? = nil) -> [String] {
        switch self {
        case .here: command
        case .host(let host): Self.ssh(host, Self.line(command, environment, folder))
        case .node(let node): Self.srun(node, command, environment, folder)
        }
    }

    /// Options of the user come first, since ssh takes the first it is given.
    ///
    /// A host that does not answer is tried once a second for as long as the run waits for the process.
    private static func ssh(_ host: HostsFile.Host, _ line: String) -> [String] {
        let options = ["BatchMode=yes", "ConnectTimeout=10", "ConnectionAttempts=86400"]
        return ["ssh"] + host.options + ["-T"] + options.flatMap { ["-o", $0] } + [host.destination, line]
    }

    /// The line that the shell of another host runs.
    private static func line(_ command: [String], _ environment: [String: String], _ folder: String?) -> String {
        let words = ["exec", "env", "SWIFT_BACKTRACE=enable=no"] + settings(environment) + command
        return (folder.map { "cd \(ShellWord($0)) && " } ?? "") + ShellWord.line(words)
    }

    /// Steps share the job's processors and memory, since agents wait most of the time. Slurm ends a job by a signal to all
    /// its processes at once; agents leave that to the launcher, which ends them by their input.
    private static func srun(
        _ node: String, _ command: [String], _ environment: [String: String], _ folder: String?
    ) -> [String] {
        return [
            "srun", "--overlap", "--quiet", "--nodes=1", "--ntasks=1", "--nodelist=\(node)", "--export=ALL",
            "--cpu-bind=none", "--mpi=none",
        ] + (folder.map { ["--chdir=\($0)"] } ?? []) + ["sh", "-c", "trap '' TERM; exec env \"$@\"", "step"]
            + settings(environment) + command
    }

    /// What `env` is told.
    private static func settings(_ environment: [String: String]) -> [String] {
        environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}
