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
