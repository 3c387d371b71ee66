internal import CoSimulation
internal import Scenarios

/// The compose file of a run: a service for the coordinator, the recorder, the dashboard and each process of agents.
///
/// The file lies beside the folders `run` and `keys`. Coordinator, recorder and dashboard share the run's folder; every
/// participant gets the file with its own key, and no other.
struct ComposeFile {
    /// What the file says beside what the scenario does.
    struct Settings: Equatable {
        /// Name of the project, by which the engine tells runs apart: lower-case letters, digits, hyphens, underscores.
        var project: String
        /// The image with this program.
        var image: String
        /// Images of agents that are programs of their own, by agent; their entry points start those.
        var agentImages: [String: String] = [:]
        /// User and group of all containers, `uid:gid`, to whom run and keys belong.
        var user: String
        /// Port of this host at which the dashboard is found, on the loopback address alone; 0 for any that is free.
        var dashboardPort: UInt16
    }

    /// User and group of the image, which has no other.
    static let imageUser: UInt32 = 10001
    /// Services that every run has.
    static let commonServices = [Child.coordinatorName, Hello.recorderName, "dashboard"]

    private static let port = 7000
    private static let dashboardPort = 8080
    /// Restarts that an engine has beyond those the coordinator allows: a successor may come before the loss of its
    /// predecessor is known, and is refused then.
    private static let earlyReturns = 5
    private static let runFolder = "/gridtide/run"
    private static let keyFile = "/run/secrets/key"
    private static let endpoint = "tcp://\(Child.coordinatorName):\(port)"

    let parts: RunParts
    let settings: Settings

    /// The whole file.
    var text: String {
        let digest = parts.experiment.digest.description
        let services = commonServices(digest: digest) + parts.groups.map { agents($0, digest: digest) }
        return head + "\nservices:\n" + services.joined(separator: "\n") + "\n" + tail
    }

    /// The service of a process: of one that plays several agents, its name is none that a service may have.
    static func service(of process: String) -> String {
        process.hasPrefix("@") ? "agents-\(process.dropFirst())" : process
    }

    private var head: String {
        """
        # Scenario \(parts.experiment.name), each participant in a container: written by gridtide launch.
        # Its keys are those of this one run. docs/launch.md says how to start it, and what it leaves.
        name: \(YAMLText.scalar(settings.project))

        x-participant: &participant
          image: \(YAMLText.scalar(settings.image))
          user: \(YAMLText.scalar(settings.user))
          read_only: true
          tmpfs: [/tmp]
          cap_drop: [ALL]
          security_opt: ["no-new-privileges:true"]
          networks: [run]
          stop_grace_period: 2s

        """
    }

    private func commonServices(digest: String) -> [String] {
        let shared = "    volumes: [\"./run:\(Self.runFolder)\"]\n"
        let coordinator =
            service(Child.coordinatorName, command: coordinatorCommand) + shared + secret(Child.coordinatorName)
            + (parts.invited.isEmpty
                ? "" : "    networks: [run, outside]\n    ports: [\"\(Self.port):\(Self.port)\"]\n")
        let recorder =
            service(
                Hello.recorderName,
                command: ["recorder", Self.runFolder] + access(to: Self.endpoint, digest: digest))
            + shared + secret(Hello.recorderName) + companion(of: Hello.recorderName)
        let dashboard =
            service(
                "dashboard",
                command: ["watch", Self.runFolder, "--host", "0.0.0.0", "--port", String(Self.dashboardPort)])
            + shared + """
                    networks: [outside]
                    ports: ["127.0.0.1:\(hostPort):\(Self.dashboardPort)"]

                """
        return [coordinator, recorder, dashboard]
    }

    /// The dashboard's port of this host; engines take no port for any that is free, and 0 for a mistake.
    private var hostPort: String { settings.dashboardPort == 0 ? "" : String(settings.dashboardPort) }

    /// Containers take longer to come than processes, and there may be many.
    private var arrivalDeadlineSeconds: Double {
        max(parts.options.arrivalDeadlineSeconds, 60 + 2 * Double(parts.groups.count))
    }

    private var coordinatorCommand: [String] {
        [
            "coordinator", Self.runFolder, "--endpoint", "tcp://*:\(Self.port)", "--key", Self.keyFile,
            "--tick-deadline", String(parts.options.tickDeadlineSeconds), "--arrival-deadline",
            String(arrivalDeadlineSeconds),
        ] + (parts.isDurable ? ["--durable"] : [])
            + parts.options.slowness.flatMap { ["--slow", SlownessArgument($0).description] }
    }

    /// The service of a process of agents; a comment for an agent that somebody starts.
    private func agents(_ group: AgentGroup, digest: String) -> String {
        let name = group.name
        let rest = secret(name) + companion(of: name)
        switch parts.options.launches[name] {
        case .byHand:
            return "  # \(name) is started by hand, with keys/\(name).key and port \(Self.port) of this host.\n"
        case .command:
            var call = ForeignCall(
                agent: name, endpoint: Self.endpoint, scenario: digest, keyFile: Self.keyFile
            ).environment
            // Its standard input is nobody's; some take even an empty text for a yes.
            call["GRIDTIDE_LIFELINE"] = nil
            let environment = call.sorted { $0.key < $1.key }.map { "      \($0.key): \(YAMLText.scalar($0.value))\n" }
            return """
                  \(YAMLText.scalar(name)):
                    <<: *participant
                    image: \(YAMLText.scalar(settings.agentImages[name] ?? settings.image))
                    read_only: false
                    environment:

                """ + environment.joined() + rest
        case nil:
            return service(name, command: ["agent", "play"] + group.agents + access(to: Self.endpoint, digest: digest))
                + rest
        }
    }

    private func service(_ process: String, command: [String]) -> String {
        """
          \(YAMLText.scalar(Self.service(of: process))):
            <<: *participant
            command: \(YAMLText.list(command))

        """
    }

    private func access(to endpoint: String, digest: String) -> [String] {
        ["--endpoint", endpoint, "--scenario", digest, "--key", Self.keyFile]
    }

    private func secret(_ process: String) -> String {
        "    secrets: [{source: \(YAMLText.scalar(Self.service(of: process))), target: key}]\n"
    }

    /// What the coordinator's companions have: they come after it, and again where its policy has them restarted.
    private func companion(of process: String) -> String {
        let mayReturn = parts.policy(of: process) == .restart && parts.options.restartLimit > 0
        return "    depends_on: [\(Child.coordinatorName)]\n"
            + (mayReturn ? "    restart: \"on-failure:\(parts.options.restartLimit + Self.earlyReturns)\"\n" : "")
    }

    private var tail: String {
        let keyed =
            [Child.coordinatorName, Hello.recorderName]
            + parts.groups.map(\.name).filter { !parts.invited.contains($0) }
        let secrets = keyed.map {
            "  \(YAMLText.scalar(Self.service(of: $0))): {file: \(YAMLText.scalar("./keys/\($0).key"))}\n"
        }
        return "secrets:\n" + secrets.joined() + """

            networks:
              # Nothing on it reaches any other network.
              run: {internal: true}
              outside: {}

            """
    }
}
