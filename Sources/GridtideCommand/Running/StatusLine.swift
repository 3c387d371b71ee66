internal import Foundation

/// What the coordinator process tells its launcher: one JSON object per line of its standard output.
enum StatusLine: Codable, Equatable {
    /// It listens at an endpoint; agents may come.
    case listening(endpoint: String)
    /// Everyone is here.
    case started
    /// Ticks finished so far.
    case progress(ticks: Int)
    /// The run stands after so many ticks until it is let go on.
    case held(ticks: Int)
    /// It goes on.
    case wentOn
    /// A phase has waited for these agents for a while.
    case waiting(tick: Int, phase: String, agents: [String])
    /// Something was refused or dropped; the run goes on.
    case notice(String)
    /// A process is there and of no use, and why.
    case ailing(name: String, code: String, text: String)
    /// The loss of a process is known, and where the run was.
    case released(name: String, tick: Int, phase: String)
    /// An agent that was started anew knows its past.
    case caughtUp(name: String, exchanges: Int)
    /// The run is complete.
    case finished(digest: String, ticks: Int)
    /// The run failed.
    case failed(code: String, text: String)

    /// Writes the line at once.
    func emit() {
        // An enum of strings and numbers always encodes; a launcher that is gone reads nothing.
        guard let data = try? JSONEncoder().encode(self) else { return }
        Console.write(String(decoding: data, as: UTF8.self) + "\n", to: STDOUT_FILENO)
    }

    /// The status in a line, nil for anything else.
    init?(line: String) {
        guard let status = try? JSONDecoder().decode(StatusLine.self, from: Data(line.utf8)) else { return nil }
        self = status
    }
}
