import Foundation

/// A process under test, in a process group of its own, with its output in files.
///
/// Files rather than pipes: nothing can block on a reader, and what was written survives a crash. It is waited for by
/// polling, so that no thread of the test runner is held.
final class RunningProgram {
    /// Process id; also the id of its group.
    let pid: pid_t
    private let outputPath: String
    private let errorPath: String
    private var status: Int32?

    /// What a process came to.
    struct Result {
        /// Exit status, or 128 and the signal as a shell reports it.
        let status: Int32
        /// Standard output.
        let output: String
        /// Standard error.
        let notes: String
        /// The signal that ended it, nil when it exited by itself.
        let signal: Int32?
    }

    /// Starts a program. Throws `TestSetupError` when it cannot be started.
    init(_ path: String, _ arguments: [String], in folder: URL, environment: [String: String]) throws {
        let name = UUID().uuidString
        outputPath = folder.appendingPathComponent(".\(name).out").path
        errorPath = folder.appendingPathComponent(".\(name).err").path
        pid = try spawn(
            path, arguments, folder: folder.path, output: outputPath, error: errorPath, environment: environment)
    }

    /// Whether it has not ended yet.
    var isRunning: Bool {
        guard status == nil else { return false }
        var value: Int32 = 0
        if waitpid(pid, &value, WNOHANG) == pid { status = value }
        return status == nil
    }

    /// Sends a signal to the process alone, as `kill PID` does.
    func send(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// What it has written to standard error so far.
    var notesSoFar: String { (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "" }

    /// What it has written to standard output so far.
    var outputSoFar: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }

    /// Waits for the end. Throws `TestSetupError` when it does not come in time; the process and its group are then killed.
    func result(within limit: Duration = .seconds(60)) async throws -> Result {
        let deadline = ContinuousClock.now + limit
        while isRunning {
            guard ContinuousClock.now < deadline else {
                end()
                throw TestSetupError("process \(pid) did not end within \(limit); it wrote: \(notesSoFar)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        let value = status ?? 0
        let signal = value & 0x7f
        let output = (try? Data(contentsOf: URL(fileURLWithPath: outputPath))) ?? Data()
        let text = String(decoding: output, as: UTF8.self)
        return Result(
            status: signal == 0 ? (value >> 8) & 0xff : 128 + signal, output: text, notes: notesSoFar,
            signal: signal == 0 ? nil : signal)
    }

    /// Kills it with its group and takes its end, whatever the test came to.
    func end() {
        guard isRunning else { return }
        kill(-pid, SIGKILL)
        var value: Int32 = 0
        if waitpid(pid, &value, 0) == pid { status = value }
    }

    deinit { end() }
}

#if canImport(Darwin)
    private typealias FileActions = posix_spawn_file_actions_t?
    private typealias SpawnAttributes = posix_spawnattr_t?
#else
    private typealias FileActions = posix_spawn_file_actions_t
    private typealias SpawnAttributes = posix_spawnattr_t
#endif

/// Starts a process with empty standard input, ordinary signals and a group of its own.
private func spawn(
    _ path: String, _ arguments: [String], folder: String, output: String, error: String, environment: [String: String]
) throws -> pid_t {
    #if canImport(Darwin)
        var actions: FileActions = nil
        var attributes: SpawnAttributes = nil
    #else
        var actions = FileActions()
        var attributes = SpawnAttributes()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, error, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    // The call that changes folder is not in every C library's headers; a shell that is replaced by the program is.
    let words = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder, path] + arguments
    let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, words[0], &actions, &attributes, argv, envp)
    guard code == 0 else { throw TestSetupError("\(path) cannot be started: \(String(cString: strerror(code)))") }
    return pid
}
