/// Why a command did not do what it was asked to.
struct CommandError: Error, CustomStringConvertible {
    /// The exit status the program ends with.
    let status: ExitStatus
    /// What happened and what to do about it, as the user reads it.
    let description: String

    init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}

/// The exit statuses of `gridtide`, as the manual lists them.
enum ExitStatus: Int32 {
    /// Everything went well.
    case success = 0
    /// The run or command failed.
    case failed = 1
    /// The scenario or another input is wrong.
    case invalidInput = 2
    /// Two runs differ, or a run does not verify.
    case different = 3
    /// The launcher of this process has gone.
    case launcherGone = 70
    /// Stopped by the user.
    case interrupted = 130
}
