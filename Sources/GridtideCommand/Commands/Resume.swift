internal import ArgumentParser
internal import CoSimulation
internal import Foundation

/// `gridtide resume`: goes on with a run that was stopped, failed or killed.
struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go on with a run that was stopped, failed or killed.",
        discussion: """
            Checks every digest of the run's journal, cuts off an end that was not written whole, recomputes the ticks it holds, lets \
            the agents answer their past again, and runs on. The result is that of a run nobody disturbed: the same digest, and the same \
            database but for timings and events. A journal that is damaged before its end is refused. A run that is complete is \
            reported again.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @OptionGroup var output: OutputArguments

    func run() async throws {
        let folder = try RunFolder.existing(folder)
        let session = RunSession(
            plan: try RunPlan(of: folder), folder: folder, interruption: Interruption(), output: output)
        try await session.resume()
    }
}
