internal import Foundation

/// Ties a child's life to its launcher's: the launcher holds the write end of a pipe that is the child's standard input.
///
/// When the launcher dies, even on SIGKILL, the kernel closes the pipe, the child reads the end of it and exits. That
/// works the same for programs in other languages and on every Unix.
enum Lifeline {
    /// Watches standard input on a thread of its own, and when it ends tidies up and ends this process.
    static func watch(tidyUp: @escaping @Sendable () -> Void = {}) {
        let thread = Thread {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                guard count == 0 || (count < 0 && errno != EINTR) else { continue }
                tidyUp()
                _exit(ExitStatus.launcherGone.rawValue)
            }
        }
        thread.stackSize = 64 * 1024
        thread.start()
    }

    /// A pipe whose ends no child inherits unless it is handed one. Throws `CommandError`.
    static func make() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw CommandError(.failed, "no pipe can be made: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
