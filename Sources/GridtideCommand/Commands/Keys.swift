internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import Scenarios

/// `gridtide keys`: the keys of a run whose processes are started by hand.
struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the keys of a run whose processes are started by hand over tcp.",
        discussion: """
            Writes a folder 'keys' beside the run, for this user alone, with a file for the coordinator, the recorder and each process of \
            agents: give each its file with --key. Older keys of the run are of no use afterwards. 'gridtide run' does this by itself.
            """, shouldDisplay: false)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String

    func run() throws {
        let folder = try RunFolder.existing(folder)
        let isPlanned = FileManager.default.fileExists(atPath: folder.plan)
        let options = isPlanned ? try RunPlan(of: folder).options : RunOptions()
        let groups = AgentGroup.all(of: try JournalReader(folder.journal).experiment, options: options)
        _ = try KeyFolder(for: groups, at: folder.keys)
        Console(isQuiet: false).print(folder.keys.path)
    }
}
