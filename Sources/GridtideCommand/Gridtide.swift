internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import InferencePlacement
internal import PowerGrid
internal import RunAnalysis
internal import RunReport
internal import RunStore
internal import Scenarios
internal import ZeroMQTransport

/// The `gridtide` command.
@main
struct GridtideMain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gridtide",
        abstract: "Co-simulate electricity grids and relocatable AI inference.",
        discussion: """
            A run takes a scenario, lets grid operators, compute regions and service nodes exchange prices and bids tick by tick, and \
            records what happened. Start with: gridtide run Scenarios/two-region

            Exit status: 0 success, 1 the run failed, 2 wrong scenario or input, 3 runs differ, 4 a process of the run was lost, 64 wrong \
            usage, 65 damaged file, 74 disk, folder or output, 75 in use by another process, 130 interrupted.
            """,
        version: Software.version,
        subcommands: [
            Run.self, Resume.self, Replay.self, BranchCommand.self, SweepCommand.self, Frontier.self, Validate.self,
            Import.self, Compare.self, ReportCommand.self, Watch.self, Top.self, Hold.self, Metrics.self, Profile.self,
            Verify.self, Agents.self, AgentCommand.self, Tournament.self, OPF.self, VirtualLinks.self,
            Transmission.self,
            Launch.self, Schema.self,
            CoordinatorCommand.self,
            RecorderCommand.self, Keys.self,
        ])

    static func main() async {
        StandardStreams.prepare()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try Console.checkOutput()
        } catch {
            end(with: error)
        }
    }

    /// The one place that turns errors into words and exit statuses.
    private static func end(with error: any Error) -> Never {
        let (status, text): (ExitStatus, String)
        switch error {
        case let error as CommandError: (status, text) = (error.status, error.description)
        case let error as ScenarioError: (status, text) = (.invalidInput, error.description)
        case let error as RunError where error.code == .interrupted: (status, text) = (.interrupted, error.description)
        case let error as RunError:
            (status, text) = (ExitStatus(of: error.code), "The run failed. \(error.description)")
        case let error as JournalError: (status, text) = (ExitStatus(of: error.code), error.description)
        case let error as RunStoreError: (status, text) = (ExitStatus(of: error.code), error.description)
        case let error as ImportError: (status, text) = (.invalidInput, error.description)
        case let error as PowerFlowError: (status, text) = (.failed, "\(error.what). \(error.remedy)")
        case let error as VirtualLinkMarketError: (status, text) = (.failed, error.description)
        case let error as RunAnalysisError: (status, text) = (.invalidInput, error.description)
        case let error as RunReportError: (status, text) = (.failed, error.description)
        case let error as ClearingError: (status, text) = (.failed, error.description)
        case let error as AgentError:
            (status, text) = (error.code == .coordinatorLost ? .participantLost : .failed, error.description)
        case let error as ZeroMQError: (status, text) = (.inputOutput, error.description)
        default: answer(error)
        }
        if !text.isEmpty { Console.write(text + "\n", to: .error) }
        Foundation.exit(status.rawValue)
    }

    /// What the parser of the command line has to say: help, the version, or wrong usage.
    private static func answer(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        Console.write(fullMessage(for: error) + "\n", to: code.isSuccess ? .output : .error)
        do {
            try Console.checkOutput()
        } catch {
            end(with: error)
        }
        Foundation.exit(code.rawValue)
    }
}
