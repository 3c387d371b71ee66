internal import CoSimulation
internal import Foundation
internal import Scenarios
internal import Subprocess
internal import SystemPackage
internal import ZeroMQTransport

/// A run in separate processes: launches coordinator, recorder and one process per agent, watches them, and leaves
/// nothing behind, whether the run succeeds, fails or is interrupted.
struct ProcessRun {
    /// How the processes talk.
    enum Transport: String, CaseIterable {
        case ipc
        case tcp
    }

    let experiment: Experiment
    let folder: RunFolder
    let transport: Transport
    /// Where the coordinator listens; nil for a place of its own choice.
    let endpoint: String?
    let options: RunOptions
    /// The folder foreign agents are started in.
    let scenarioFolder: URL
    let interruption: Interruption
    /// Told how many ticks are finished.
    let progress: (Int) -> Void
    /// Told what was refused or dropped.
    let notice: (String) -> Void
    /// Told how to start the agents that are started by hand.
    let invitation: (String) -> Void

    /// What the watcher of the processes learns.
    private enum Event: Sendable {
        case status(StatusLine)
        case exited(Child, TerminationStatus)
        case unlaunchable(Child, String)
        case interrupted
        case patienceOver
    }

    /// A process of the run.
    struct Child: Sendable, Hashable {
        let name: String
        /// How messages name it, such as "compute-region north-1".
        let title: String
        let arguments: [String]
        let log: String
        /// What its environment has beside that of the launcher.
        var environment: [String: String] = [:]
        /// Whether the first argument names another program than this one, and where that is started.
        var foreignFolder: String?
    }

    /// Runs to the end and returns the digest. Throws `RunError`.
    func run() async throws -> String {
        let sockets = try SocketFolder()
        defer { sockets.remove() }
        let lifeline = try Lifeline.make()
        defer {
            close(lifeline.read)
            close(lifeline.write)
        }
        let (events, sink) = AsyncStream.makeStream(of: Event.self)
        interruption.onRaise { sink.yield(.interrupted) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            let coordinator = coordinator(endpoint: endpoint ?? sockets.endpoint(transport))
            group.addTask { await ProcessRun.supervise(coordinator, lifeline: lifeline.read, sink) }
            var watch = Watch(experiment: experiment, folder: folder)
            for await event in events {
                switch event {
                case .status(.listening(let endpoint)):
                    invite(to: endpoint)
                    for child in participants(endpoint: endpoint) {
                        group.addTask { await ProcessRun.supervise(child, lifeline: lifeline.read, sink) }
                    }
                case .status(let status): try note(status, in: &watch)
                case .exited(let child, let status): try watch.note(child, status)
                case .unlaunchable(let child, let reason):
                    throw RunError(.agentLost, "\(child.title) cannot be started: \(reason)")
                case .interrupted: throw RunError(.interrupted, "interrupted in tick \(watch.ticks)")
                case .patienceOver: if let doubt = watch.doubt { throw doubt }
                }
                if watch.takeNewDoubt() {
                    group.addTask {
                        try await Task.sleep(for: .milliseconds(400))
                        sink.yield(.patienceOver)
                    }
                }
                if watch.exited == experiment.agentCount + 2 - invited.count { break }
            }
            guard let digest = watch.digest else {
                throw RunError(.agentLost, "tick \(watch.ticks): every process ended before the run did")
            }
            return digest
        }
    }

    private func note(_ status: StatusLine, in watch: inout Watch) throws(RunError) {
        switch status {
        case .progress(let ticks):
            watch.ticks = ticks
            progress(ticks)
        case .notice(let text): notice(text)
        case .started, .listening, .ailing, .released, .caughtUp: break
        case .finished(let digest, let ticks):
            progress(ticks)
            watch.finish(digest)
        case .failed(let code, let text):
            let error = RunError(RunError.Code(rawValue: code) ?? .agentFailed, text)
            // Of an agent or recorder that is gone, its exit says more than its silence.
            guard error.code == .agentLost || error.code == .recorder else { throw error }
            watch.hesitate(error)
        }
    }

    // MARK: Processes

    private func coordinator(endpoint: String) -> Child {
        Child(
            name: "coordinator", title: "the coordinator",
            arguments: [
                "coordinator", folder.url.path, "--endpoint", endpoint, "--tick-deadline",
                String(options.tickDeadlineSeconds), "--arrival-deadline", String(options.arrivalDeadlineSeconds),
                "--lifeline",
            ],
            log: folder.logs.appendingPathComponent("coordinator.log").path)
    }

    private func participants(endpoint: String) -> [Child] {
        let digest = experiment.digest.description
        let recorder = Child(
            name: Hello.recorderName, title: "the recorder",
            arguments: ["recorder", folder.url.path, "--endpoint", endpoint, "--scenario", digest, "--lifeline"],
            log: folder.logs.appendingPathComponent("recorder.log").path)
        let agents = (0..<experiment.agentCount).compactMap { number -> Child? in
            let name = experiment.agent(number).name
            let title = "\(experiment.role(ofAgent: number).rawValue) \(name)"
            let log = folder.logs.appendingPathComponent("\(name).log").path
            switch options.launches[name] {
            case .byHand: return nil
            case .command(let words):
                let call = ForeignCall(agent: name, endpoint: endpoint, scenario: digest)
                return Child(
                    name: name, title: title, arguments: words, log: log, environment: call.environment,
                    foreignFolder: scenarioFolder.path)
            case nil:
                return Child(
                    name: name, title: title,
                    arguments: ["agent", "play", name, "--endpoint", endpoint, "--scenario", digest, "--lifeline"],
                    log: log)
            }
        }
        return [recorder] + agents
    }

    /// The agents somebody else starts.
    private var invited: [String] {
        (0..<experiment.agentCount).map { experiment.agent($0).name }.filter { options.launches[$0] == .byHand }
    }

    /// Says where agents that are started by hand may join.
    private func invite(to endpoint: String) {
        for name in invited {
            let call = ForeignCall(agent: name, endpoint: endpoint, scenario: experiment.digest.description)
            invitation("waiting for \(name): start its program with \(call.text)")
        }
    }

    /// Starts a process and reports what becomes of it. Ends it, group and all, when the task is cancelled.
    private static func supervise(_ child: Child, lifeline: Int32, _ sink: AsyncStream<Event>.Continuation) async {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
        ]
        let input = FileDescriptorInput.fileDescriptor(
            FileDescriptor(rawValue: lifeline), closeAfterSpawningProcess: false)
        do {
            let log = try FileDescriptor.open(
                FilePath(child.log), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite
            )
            let status: TerminationStatus
            // A backtrace helper would hold the pipes of a crashed child open; the log has the message of the crash.
            var changes: [Environment.Key: String?] = ["SWIFT_BACKTRACE": "enable=no"]
            for (key, value) in child.environment { changes[.init(stringLiteral: key)] = value }
            let environment = Environment.inherit.updating(changes)
            // `env` finds a program on PATH or below its folder, and becomes it.
            let program = child.foreignFolder == nil ? executablePath : "/usr/bin/env"
            if child.name == "coordinator" {
                status = try await Subprocess.run(
                    .path(FilePath(executablePath)), arguments: Arguments(child.arguments), environment: environment,
                    platformOptions: options, input: input, output: .sequence,
                    error: .fileDescriptor(log, closeAfterSpawningProcess: true)
                ) { execution in
                    for try await line in execution.standardOutput.strings() {
                        if let status = StatusLine(line: line) { sink.yield(.status(status)) }
                    }
                }.terminationStatus
            } else {
                status = try await Subprocess.run(
                    .path(FilePath(program)), arguments: Arguments(child.arguments), environment: environment,
                    workingDirectory: child.foreignFolder.map { FilePath($0) }, platformOptions: options, input: input,
                    output: .fileDescriptor(log, closeAfterSpawningProcess: true),
                    error: .combinedWithOutput
                ).terminationStatus
            }
            sink.yield(.exited(child, status))
        } catch is CancellationError {
            return
        } catch {
            sink.yield(.unlaunchable(child, "\(error)"))
        }
    }

    /// The program all processes of a run are: this one.
    static let executablePath: String = {
        #if os(Linux)
            if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
        #endif
        return Bundle.main.executablePath ?? CommandLine.arguments[0]
    }()
}

/// Judges exits: which are the end of a run and which are a failure of it.
private struct Watch {
    let experiment: Experiment
    let folder: RunFolder
    var ticks = 0
    private(set) var digest: String?
    private(set) var exited = 0
    /// A failure that something better may still explain or refute: exits and status lines come in any order.
    private(set) var doubt: RunError?
    private var isDoubtNew = false

    init(experiment: Experiment, folder: RunFolder) {
        self.experiment = experiment
        self.folder = folder
    }

    mutating func finish(_ digest: String) {
        self.digest = digest
        doubt = nil
    }

    mutating func hesitate(_ error: RunError) {
        doubt = error
        isDoubtNew = true
    }

    /// Whether there is a doubt that was not there at the last call.
    mutating func takeNewDoubt() -> Bool {
        defer { isDoubtNew = false }
        return isDoubtNew
    }

    /// Throws `RunError` when a process ended that should not have.
    mutating func note(_ child: ProcessRun.Child, _ status: TerminationStatus) throws(RunError) {
        exited += 1
        switch status {
        case .exited(0) where digest != nil: return
        case .exited(0):
            if doubt == nil {
                hesitate(RunError(.agentLost, "tick \(tickUnderWay): \(child.title) exited before the end of the run"))
            }
        case .exited(let code):
            let error = lost(child, "exited with status \(code)")
            // The coordinator says itself why it ends; its line may come after its exit.
            guard child.name == "coordinator" else { throw error }
            if doubt == nil { hesitate(error) }
        case .signaled(let signal): throw lost(child, "was killed by signal \(signal)")
        }
    }

    private func lost(_ child: ProcessRun.Child, _ how: String) -> RunError {
        let lastWords = lastLine(of: child.log).map { ": \($0)" } ?? ""
        return RunError(.agentLost, "tick \(tickUnderWay): \(child.title) \(how)\(lastWords)")
    }

    /// Progress lines come now and then; the journal knows the tick.
    private var tickUnderWay: Int {
        var count = 0
        guard let journal = try? JournalReader(folder.journal) else { return ticks }
        while let entry = try? journal.next() { count = entry.record.tick + 1 }
        return max(count, ticks)
    }

    private func lastLine(of path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").last.map(String.init)
    }
}
