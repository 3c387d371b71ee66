internal import Foundation
internal import Subprocess
internal import SystemPackage

/// A process of a run: how it is started, and what becomes of it.
struct Child: Sendable {
    /// The name of the coordinator's process; agents and recorder have the names they greet with.
    static let coordinatorName = "coordinator"

    let name: String
    /// How messages name it, such as "compute-region north-1".
    let title: String
    let arguments: [String]
    let log: String
    /// What its environment has beside that of the launcher.
    var environment: [String: String] = [:]
    /// Whether what it prints is told line by line rather than logged.
    var isHeard = false
    /// Whether the first argument names another program than this one, and where that is started.
    var foreignFolder: String?
    /// Where it runs.
    var place = Place.here
    /// What starts it, where it runs on this host; see `AddressLayout`.
    var starter: [String] = []

    /// What a process came to.
    enum Fate: Sendable {
        case ended(TerminationStatus)
        case unlaunchable(String)
    }

    /// Starts the process in a group of its own and waits for its end; nil when the task was cancelled, which ends the group.
    ///
    /// - Parameters:
    ///   - input: its standard input, whose end tells it that the launcher is gone.
    ///   - started: told its process identifier.
    ///   - line: told each line of the standard output of one that is heard; those of others go to their log.
    func run(
        input: Int32, started: @escaping @Sendable (Int32) -> Void, line: @escaping @Sendable (String) -> Void
    ) async -> Fate? {
        do {
            let log = try ProcessLog(path: log).open()
            let standardInput = FileDescriptorInput.fileDescriptor(
                FileDescriptor(rawValue: input), closeAfterSpawningProcess: false)
            guard isHeard else {
                return .ended(
                    try await Subprocess.run(
                        configuration, input: standardInput,
                        output: .fileDescriptor(log, closeAfterSpawningProcess: true), error: .combinedWithOutput
                    ) { execution in started(execution.processIdentifier.value) }.terminationStatus)
            }
            return .ended(
                try await Subprocess.run(
                    configuration, input: standardInput, output: .sequence,
                    error: .fileDescriptor(log, closeAfterSpawningProcess: true)
                ) { execution in
                    started(execution.processIdentifier.value)
                    for try await text in execution.standardOutput.strings() { line(text) }
                }.terminationStatus)
        } catch is CancellationError {
            return nil
        } catch {
            return .unlaunchable("\(error)")
        }
    }

    private var configuration: Configuration {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
        ]
        // A backtrace helper would hold the pipes of a crashed child open; the log has the message of the crash.
        var changes: [Environment.Key: String?] = ["SWIFT_BACKTRACE": "enable=no"]
        guard case .here = place else {
            let words = (foreignFolder == nil ? [place.program] : []) + arguments
            return Configuration(
                executable: .path(FilePath(Self.finder)),
                arguments: Arguments(place.words(for: words, environment: environment, folder: foreignFolder)),
                environment: Environment.inherit.updating(changes), platformOptions: options)
        }
        for (key, value) in environment { changes[.init(stringLiteral: key)] = value }
        let words = starter + [foreignFolder == nil ? place.program : Self.finder] + arguments
        return Configuration(
            executable: .path(FilePath(words[0])), arguments: Arguments(Array(words.dropFirst())),
            environment: Environment.inherit.updating(changes), workingDirectory: foreignFolder.map { FilePath($0) },
            platformOptions: options)
    }

    /// `env` finds a program on PATH or below its folder, and becomes it.
    private static let finder = "/usr/bin/env"

    /// The last line it wrote to its log; what srun adds to the end of a step says nothing new.
    var lastWords: String? {
        let lines = ProcessLog(path: log).lastLines
        return lines.last { !$0.hasPrefix("srun: ") } ?? lines.last
    }
}
