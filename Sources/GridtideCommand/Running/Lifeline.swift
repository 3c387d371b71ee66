internal import Foundation

/// Ties a child's life to its launcher's: the launcher holds the write end of a pipe that is the child's standard input.
///
/// When the launcher dies, even on SIGKILL, the kernel closes the pipe, the child reads the end of it and exits. That
/// works the same for programs in other languages and on every Unix.
enum Lifeline {
    /// A pipe whose ends no child inherits unless it is handed one. Throws `CommandError`.
    static func make() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw CommandError(.inputOutput, "no pipe can be made: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
