internal import CoSimulation
internal import Subprocess

/// The loss of a process: who, and how it showed.
struct Loss: Sendable {
    let name: String
    let title: String
    let code: RunError.Code
    /// What happened, as the line that names it ends: "was killed by signal 9".
    private let cause: String
    /// The whole line, where the coordinator wrote it.
    private let text: String?

    /// The end of a process that should not have ended.
    init(of child: Child, _ status: TerminationStatus) {
        name = child.name
        title = child.title
        code = .agentLost
        switch status {
        case .exited(0): cause = "exited before the end of the run"
        case .exited(let code): cause = Self.quoting(child, "exited with status \(code)")
        case .signaled(let signal): cause = Self.quoting(child, "was killed by signal \(signal)")
        }
        text = nil
    }

    private static func quoting(_ child: Child, _ how: String) -> String {
        child.lastWords.map { "\(how): \($0)" } ?? how
    }

    /// A process that was found stopped.
    init(stopped child: Child) {
        name = child.name
        title = child.title
        code = .agentSilent
        cause = "is stopped by a signal and was killed"
        text = nil
    }

    /// A process the coordinator has given up, and the line it says so with.
    init(name: String, title: String, code: RunError.Code, text: String) {
        self.name = name
        self.title = title
        self.code = code
        cause = ""
        self.text = text
    }

    /// The line that names it; what was done about it goes last.
    func line(tick: Int, phase: String, _ done: String = "") -> String {
        let line = text ?? "tick \(tick)\(phase.isEmpty ? "" : ", \(phase)"): \(title) \(cause)"
        return done.isEmpty ? line : "\(line); \(done)"
    }
}
