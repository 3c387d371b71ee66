internal import CoSimulation
internal import RunStore

/// The exit statuses of `gridtide`, as docs/cli.md lists them. From 64 on they are those of sysexits.h.
enum ExitStatus: Int32, CaseIterable {
    /// Everything went well.
    case success = 0
    /// The run or command failed in another way than those below.
    case failed = 1
    /// The scenario or another input is wrong.
    case invalidInput = 2
    /// Two runs differ, or a run does not verify.
    case different = 3
    /// An agent, the coordinator or the recorder was lost, fell silent, could not go on or broke a rule.
    case participantLost = 4
    /// Wrong usage: an unknown command or option, or a missing argument.
    case wrongUsage = 64
    /// A journal or database is damaged, and was left as it is.
    case damaged = 65
    /// The launcher of this process has gone.
    case launcherGone = 70
    /// A file, folder, database, socket or output could not be opened, read or written.
    case inputOutput = 74
    /// Another process is using it: the same command works later.
    case inUse = 75
    /// Stopped by the user.
    case interrupted = 130
}

extension ExitStatus {
    /// The status of a run that ended before its end.
    init(of code: RunError.Code) {
        self =
            switch code {
            case .agentLost, .agentSilent, .agentFailed, .violation: .participantLost
            case .nondeterminism: .different
            case .clearing: .failed
            case .journal, .recorder, .coordinator: .inputOutput
            case .interrupted: .interrupted
            }
    }

    /// The status of a journal that cannot be read, written or believed.
    init(of code: JournalError.Code) {
        self =
            switch code {
            case .exists, .tooLarge: .invalidInput
            case .locked: .inUse
            case .io, .full: .inputOutput
            case .format, .corrupt: .damaged
            }
    }

    /// The status of a database that cannot be read or written.
    init(of code: RunStoreError.Code) {
        self =
            switch code {
            case .exists, .missing, .notARun, .notBegun, .newerVersion, .otherScenario, .otherSweep: .invalidInput
            case .contradiction: .different
            case .notADatabase, .wrongRecord: .damaged
            case .readOnly, .diskFull, .disk, .other: .inputOutput
            case .locked: .inUse
            }
    }
}
