internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import Gridtide
internal import InferencePlacement
internal import ReferenceAgents
internal import RunStore
internal import Scenarios
internal import ZeroMQTransport

/// What every process of a run is told.
struct ParticipantArguments: ParsableArguments {
    @Option(help: "Endpoint of the coordinator, such as ipc:///run/hub or tcp://10.0.0.1:7000.")
    var endpoint: String
    @Option(help: ArgumentHelp("Its key file, as a run over tcp needs it.", valueName: "file"))
    var key: String?
    @Flag(help: "Talk over tcp without keys: anybody can listen in and join.")
    var insecure = false
    @Flag(help: "End when standard input ends: it is the launcher's.")
    var lifeline = false

    /// Ties this process to its launcher if it has one, and reads the endpoint. Throws `ZeroMQError`.
    ///
    /// Whoever outlives the launcher removes the folder of sockets, since others may have been killed with it.
    func begin() throws -> Endpoint {
        let endpoint = endpoint
        if lifeline { AgentProcess.followLauncher { SocketFolder.remove(holding: endpoint) } }
        return try Endpoint(parsing: endpoint)
    }

    /// The key of an agent or recorder, if it was given one. Throws `ZeroMQError`.
    func linkKeys() throws -> LinkKeys? { try key.map { try KeyFile.linkKeys(at: $0) } }

    func validate() throws {
        if key != nil, insecure {
            throw ValidationError("--insecure is for a run without keys; leave out one of the two.")
        }
    }
}

/// Which scenario a participant comes for.
struct ScenarioDigestArguments: ParsableArguments {
    @Option(help: "Digest of the scenario it must be; without it, whatever runs.")
    var scenario: String?

    func digest() throws -> Digest? {
        guard let scenario else { return nil }
        guard let digest = Digest(hexadecimal: scenario) else {
            throw CommandError(
                .invalidInput,
                "'\(scenario)' is no digest: it must have 64 hexadecimal digits. 'gridtide validate' prints a scenario's."
            )
        }
        return digest
    }
}

/// `gridtide coordinator`: the coordinator of a run as a process.
struct CoordinatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coordinator", abstract: "Coordinate a run whose folder holds a journal.",
        discussion: "Started by 'gridtide run'; by hand only to spread a run over hosts.", shouldDisplay: false)

    @Argument(help: "Folder of the run.")
    var folder: String
    @OptionGroup var participant: ParticipantArguments
    @Option(help: "Seconds an agent may take to answer; as the run was launched unless given, or 30.")
    var tickDeadline: Double?
    @Option(help: "Seconds all agents may take to arrive; as the run was launched unless given, or 30.")
    var arrivalDeadline: Double?
    @Flag(help: "Sync the journal after every tick.")
    var durable = false
    @Flag(help: "Measure where the time goes.")
    var profile = false
    @Flag(help: "Say of every tick that it is finished.")
    var everyTick = false
    @Option(help: ArgumentHelp("An agent that is slow in some ticks.", valueName: "name:from:to:seconds"))
    var slow: [SlownessArgument] = []

    func run() throws {
        let endpoint = try Endpoint(parsing: participant.endpoint)
        do {
            try coordinate(at: endpoint)
        } catch let error as RunError {
            StatusLine.failed(code: error.code.rawValue, text: error.description).emit()
            throw error
        } catch let error as ClearingError {
            StatusLine.failed(code: RunError.Code.clearing.rawValue, text: error.description).emit()
            throw CommandError(.failed, error.description)
        } catch {
            StatusLine.failed(code: RunError.Code.coordinator.rawValue, text: "the coordinator: \(error)").emit()
            throw error
        }
    }

    private func coordinate(at endpoint: Endpoint) throws {
        let place = try RunFolder.existing(folder)
        let experiment = try JournalReader(place.journal).experiment
        let unattended = participant.lifeline ? nil : try UnattendedRun(of: experiment, in: place)
        let isDurable = durable || unattended?.isDurable == true
        let journal = try JournalWriter(
            continuing: place.journal, pace: SyncPace(interval: isDurable ? .zero : .seconds(1)))
        let teller = StatusTeller(of: experiment, tellsEveryTick: everyTick)
        let hold = HoldWatch(folder: folder)
        let options = try serviceOptions(experiment, unattended)
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: endpoint, expectsRecorder: true, options: options,
            keys: try participant.key.map { try KeyFile.hubKeys(at: $0) }, insecure: participant.insecure,
            watch: { event in
                teller.tell(event)
                unattended?.tell(event)
            }, holds: hold.holds)
        if participant.lifeline { follow(service) }
        StatusLine.listening(endpoint: service.endpoint.description).emit()
        if let unattended { try unattended.carryOut(service) } else { _ = try service.run() }
    }

    /// What its own options say, and where they say nothing, how the run was launched.
    private func serviceOptions(
        _ experiment: Experiment, _ unattended: UnattendedRun?
    ) throws -> CoordinatorService.Options {
        let launched = unattended?.options ?? RunOptions()
        var options = CoordinatorService.Options(
            arrivalDeadline: .seconds(arrivalDeadline ?? launched.arrivalDeadlineSeconds),
            tickDeadline: .seconds(tickDeadline ?? launched.tickDeadlineSeconds))
        let slownesses = slow.isEmpty ? launched.slowness : slow.map(\.slowness)
        options.slowness = try slownesses.map { try slowness($0, experiment) }
        options.isProfiled = profile || unattended?.isProfiled == true
        options.isSupervised = participant.lifeline || unattended != nil
        return options
    }

    private func slowness(_ slow: RunOptions.Slowness, _ experiment: Experiment) throws -> CoordinatorService.Slowness {
        guard let agent = experiment.agent(named: slow.agent) else {
            throw CommandError(.invalidInput, "--slow names '\(slow.agent)', which is no agent of the scenario.")
        }
        return CoordinatorService.Slowness(
            agent: agent, ticks: slow.fromTick..<slow.toTick, delay: .seconds(slow.seconds))
    }

    /// Reads the launcher's orders on a thread of its own; where they end, the launcher is gone.
    private func follow(_ service: CoordinatorService) {
        let orders = service.orderTaker
        let endpoint = participant.endpoint
        let thread = Thread {
            while let line = readLine() {
                if let order = OrderLine(line: line) { orders.give(order.order) }
            }
            SocketFolder.remove(holding: endpoint)
            _exit(ExitStatus.launcherGone.rawValue)
        }
        thread.stackSize = 256 * 1024
        thread.start()
    }
}

/// `gridtide agent`: agents of one's own.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Make an agent of your own, and check that it keeps the protocol.",
        subcommands: [AgentNew.self, AgentCheck.self, AgentPlay.self])
}

/// `gridtide agent play`: one agent of a run as a process.
struct AgentPlay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play", abstract: "Play one agent of a run, or several.",
        discussion: "Started by 'gridtide run'; by hand only to spread a run over hosts.", shouldDisplay: false)

    @Argument(help: "Name of the agent in the scenario, or of several that this process is to play.")
    var names: [String]
    @OptionGroup var participant: ParticipantArguments
    @OptionGroup var scenario: ScenarioDigestArguments

    func run() throws {
        try AgentProcess.run(
            names: names, endpoint: try participant.begin(), scenario: try scenario.digest(),
            catalogue: ReferenceAgents.catalogue, keys: try participant.linkKeys(), insecure: participant.insecure,
            watchesCoordinator: !participant.lifeline)
    }
}

/// `gridtide recorder`: the recorder of a run as a process.
struct RecorderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recorder", abstract: "Record a run in its folder's database.",
        discussion: "Started by 'gridtide run'; by hand only to spread a run over hosts.", shouldDisplay: false)

    @Argument(help: "Folder of the run.")
    var folder: String
    @OptionGroup var participant: ParticipantArguments
    @OptionGroup var scenario: ScenarioDigestArguments

    func run() throws {
        let endpoint = try participant.begin()
        let place = RunFolder(url: URL(fileURLWithPath: folder))
        let head = try JournalReader(place.journal).experiment
        let writer = try RunWriter(continuing: place.database, experiment: head, origin: RunOrigin(of: head))
        let link = try AgentLink(
            names: [Hello.recorderName], endpoint: endpoint, scenario: try scenario.digest(),
            keys: try participant.linkKeys(), insecure: participant.insecure,
            watchesCoordinator: !participant.lifeline)
        defer { link.close() }
        guard
            case .recorder(let experiment)? = try link.greet(patience: .seconds(30), nextTick: writer.nextTick).first
        else {
            throw CommandError(.participantLost, "the recorder was welcomed as an agent")
        }
        do {
            try record(from: link, to: writer, experiment: experiment)
        } catch let error as RunStoreError {
            throw try link.fail(error.description)
        } catch let error as WireError {
            throw try link.fail(error.description)
        } catch let error as AgentError where error.code == .coordinatorLost {
            try writer.flush()
            throw error
        }
    }

    /// Stores ticks until the run is over; what is stored is confirmed, so that the coordinator may forget it.
    private func record(from link: AgentLink, to writer: RunWriter, experiment: Experiment) throws {
        var confirmed = writer.nextTick
        while true {
            switch try link.nextTick(patience: .milliseconds(20)) {
            case .record(let tick):
                let record = try TickRecord(canonicalBytes: tick.bytes, experiment: experiment)
                try writer.append(record: record, digest: tick.digest, telemetry: tick.telemetry)
            case .idle: try writer.flush()
            case .over:
                try writer.finish(writer.nextTick == experiment.clock.tickCount ? .finished : .failed, text: "")
                return
            }
            let stored = (writer.lastCommitted?.tick ?? -1) + 1
            if stored > confirmed {
                try link.send(.receipt(nextTick: stored))
                confirmed = stored
            }
        }
    }
}
