internal import CoSimulation
internal import Foundation
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
    let tickDeadlineSeconds: Double
    /// Told how many ticks are finished.
    let progress: (Int) -> Void
    /// Told what was refused or dropped.
    let notice: (String) -> Void

    /// What the watcher of the processes learns.
    private enum Event: Sendable {
        case status(StatusLine)
        case exited(Child, TerminationStatus)
        case unlaunchable(Child, String)
        case interrupted
    }

    /// A process of the run.
    struct Child: Sendable, Hashable {
        let name: String
        /// How messages name it, such as "compute-region north-1".
        let title: String
        let arguments: [String]
        let log: String
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
        let interruption = InterruptionWatch { sink.yield(.interrupted) }
        defer { interruption.stop() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            let launch = { (child: Child) in
                group.addTask { await ProcessRun.supervise(child, lifeline: lifeline.read, sink) }
            }
            launch(coordinator(endpoint: sockets.endpoint(transport)))
            var watch = Watch(experiment: experiment, folder: folder)
            for await event in events {
                switch event {
                case .status(.listening(let endpoint)):
                    for child in participants(endpoint: endpoint) { launch(child) }
                case .status(.progress(let ticks)):
                    watch.ticks = ticks
                    progress(ticks)
                case .status(.notice(let text)): notice(text)
                case .status(.started): break
                case .status(.finished(let digest, let ticks)):
                    progress(ticks)
                    watch.digest = digest
                case .status(.failed(let code, let text)):
                    throw RunError(RunError.Code(rawValue: code) ?? .agentFailed, text)
                case .exited(let child, let status): try watch.note(child, status)
                case .unlaunchable(let child, let reason): throw RunError(.agentLost, "\(child.title) cannot be started: \(reason)")
                case .interrupted: throw RunError(.interrupted, "interrupted in tick \(watch.ticks)")
                }
                if watch.exited == experiment.agentCount + 2 { break }
            }
            return watch.digest ?? ""
        }
    }

    // MARK: Processes

    private func coordinator(endpoint: String) -> Child {
        Child(
            name: "coordinator", title: "the coordinator",
            arguments: ["coordinator", folder.url.path, "--endpoint", endpoint, "--tick-deadline", String(tickDeadlineSeconds), "--lifeline"],
            log: folder.logs.appendingPathComponent("coordinator.log").path)
    }

    private func participants(endpoint: String) -> [Child] {
        let digest = experiment.digest.description
        let recorder = Child(
            name: Hello.recorderName, title: "the recorder",
            arguments: ["recorder", folder.url.path, "--endpoint", endpoint, "--scenario", digest, "--lifeline"],
            log: folder.logs.appendingPathComponent("recorder.log").path)
        let agents = (0..<experiment.agentCount).map { number in
            let name = experiment.agent(number).name
            return Child(
                name: name, title: "\(experiment.role(ofAgent: number).rawValue) \(name)",
                arguments: ["agent", name, "--endpoint", endpoint, "--scenario", digest, "--lifeline"],
                log: folder.logs.appendingPathComponent("\(name).log").path)
        }
        return [recorder] + agents
    }

    /// Starts a process and reports what becomes of it. Ends it, group and all, when the task is cancelled.
    private static func supervise(_ child: Child, lifeline: Int32, _ sink: AsyncStream<Event>.Continuation) async {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))]
        let input = FileDescriptorInput.fileDescriptor(FileDescriptor(rawValue: lifeline), closeAfterSpawningProcess: false)
        do {
            let log = try FileDescriptor.open(
                FilePath(child.log), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
            let status: TerminationStatus
            // A backtrace helper would hold the pipes of a crashed child open; the log has the message of the crash.
            let environment = Environment.inherit.updating(["SWIFT_BACKTRACE": "enable=no"])
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
                    .path(FilePath(executablePath)), arguments: Arguments(child.arguments), environment: environment,
                    platformOptions: options, input: input, output: .fileDescriptor(log, closeAfterSpawningProcess: true),
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
    var digest: String?
    private(set) var exited = 0

    init(experiment: Experiment, folder: RunFolder) {
        self.experiment = experiment
        self.folder = folder
    }

    /// Throws `RunError` when a process ended that should not have.
    mutating func note(_ child: ProcessRun.Child, _ status: TerminationStatus) throws(RunError) {
        exited += 1
        if digest != nil, case .exited(0) = status { return }
        let how: String
        switch status {
        case .exited(let code): how = code == 0 ? "exited before the end of the run" : "exited with status \(code)"
        case .signaled(let signal): how = "was killed by signal \(signal)"
        }
        let lastWords = lastLine(of: child.log).map { ": \($0)" } ?? ""
        throw RunError(.agentLost, "tick \(ticks): \(child.title) \(how)\(lastWords)")
    }

    private func lastLine(of path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").last.map(String.init)
    }
}

/// A private folder for socket files, removed at the end of the run.
private struct SocketFolder {
    private let path: String

    init() throws {
        // Paths of sockets are limited to 107 bytes, so that the folder of the run may be too deep for them.
        let base = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? "/tmp"
        var template = Array("\(base)/gridtide-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandError(.failed, "no folder for sockets can be made in \(base): \(String(cString: strerror(errno)))")
        }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    func endpoint(_ transport: ProcessRun.Transport) -> String {
        switch transport {
        case .ipc: Endpoint.ipc(path: "\(path)/hub").description
        case .tcp: Endpoint.tcp(host: "127.0.0.1", port: 0).description
        }
    }

    func remove() {
        // The folder is ours and private; what is left in it is a socket file of a coordinator that was killed.
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Turns Ctrl-C and SIGTERM into calls, as long as it lives.
final class InterruptionWatch {
    private let sources: [any DispatchSourceSignal]

    init(_ onSignal: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: onSignal)
            source.resume()
            return source
        }
    }

    func stop() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
