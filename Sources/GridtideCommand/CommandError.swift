internal import Foundation

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

extension CommandError {
    /// A file or folder that cannot be made, with the system's cause.
    init(cannotMake path: String, _ error: any Error, remedy: String = "Make room there, or choose another folder") {
        let system = (error as? CocoaError)?.underlying as? POSIXError
        let cause = system.map { String(cString: strerror($0.code.rawValue)) } ?? error.localizedDescription
        self.init(.inputOutput, "\(path) cannot be made: \(cause). \(remedy).")
    }
}
