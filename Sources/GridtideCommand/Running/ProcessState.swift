internal import Foundation

/// What the system says of a process.
enum ProcessState {
    /// Whether it is stopped, by SIGSTOP for example: it lives and does nothing. Known on Linux; elsewhere its silence shows it.
    static func isStopped(_ pid: Int32) -> Bool {
        #if os(Linux)
            guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let end = text.lastIndex(of: ")")
            else { return false }
            return text[end...].dropFirst(2).first == "T"
        #else
            return false
        #endif
    }
}
