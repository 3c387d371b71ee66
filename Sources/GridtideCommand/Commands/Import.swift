internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
internal import Scenarios

/// `gridtide import`: makes a scenario from published data.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a scenario from published data.",
        discussion: """
            `gridtide help import price-taker` and `gridtide help import rts-gmlc` explain their options. Without \
            either name, options are those of price-taker. The folder that comes out holds scenario.yaml, its data \
            files, and SOURCES.txt, which says what was read, changed and assumed, and whom to name.
            """,
        subcommands: [ImportPriceTaker.self, ImportRTSGMLC.self], defaultSubcommand: ImportPriceTaker.self)

    /// What to say of sources or options that are wrong.
    static func refusal(_ error: ScenarioError) -> CommandError {
        let count = "\(error.faults.count) \(error.faults.count == 1 ? "fault" : "faults")"
        let more = error.isCutShort ? " and more, which show once these are gone" : ""
        let total = "\(count)\(more); nothing was written."
        return CommandError(.invalidInput, (error.faults.map(\.description) + [total]).joined(separator: "\n"))
    }
}

/// The folder an imported scenario is written to.
struct ImportFolder {
    /// Path, absolute or from the working directory.
    let path: String

    /// Loads the scenario, so that no folder is written that cannot be run, writes it, and says so. Throws
    /// `CommandError`.
    func write(_ imported: ImportedScenario, _ output: OutputArguments) throws {
        let (console, url) = (output.console, URL(fileURLWithPath: path))
        try check(imported)
        try write(imported.files, to: url)
        for notice in imported.notices { console.note("note: \(notice)") }
        if output.json {
            console.print(try console.json(Outcome(imported, folder: url.path)))
            return
        }
        let power = String(format: "%.0f", imported.meanITMW)
        console.print(
            "\(imported.name): \(imported.zones.count) places, \(imported.ticks) ticks, \(power) MW of IT load on "
                + "average (\(imported.classes.joined(separator: ", ")))")
        console.print("written to \(url.relativePath); what was read, changed and assumed is in its SOURCES.txt")
        console.note("Next: gridtide run \(url.relativePath)")
    }

    private func check(_ imported: ImportedScenario) throws {
        do {
            _ = try Scenario.load(imported.folder, catalogue: ReferenceAgents.catalogue)
        } catch {
            throw CommandError(
                .failed,
                "\(error.description)\nThe scenario that was made does not load; this is a fault of gridtide. "
                    + "Please report it."
            )
        }
    }

    /// Writes files into a folder that is new or empty.
    private func write(_ files: [ImportedScenario.File], to url: URL) throws {
        let manager = FileManager.default
        var isDirectory: ObjCBool = false
        if manager.fileExists(atPath: url.path, isDirectory: &isDirectory) {
            let present = isDirectory.boolValue ? try? manager.contentsOfDirectory(atPath: url.path) : nil
            guard let present, present.isEmpty else {
                throw CommandError(
                    .failed,
                    "\(url.relativePath) is not an empty folder; nothing was written. Name another with --to, or "
                        + "remove it."
                )
            }
        }
        do {
            try manager.createDirectory(at: url, withIntermediateDirectories: true)
            for file in files {
                try Data(file.text.utf8).write(to: url.appendingPathComponent(file.name), options: .withoutOverwriting)
            }
        } catch {
            throw CommandError(cannotMake: url.relativePath, error)
        }
    }

    /// What `--json` prints.
    private struct Outcome: Encodable {
        let folder: String
        let name: String
        let zones: [String]
        let classes: [String]
        let ticks: Int
        let meanITMW: Double
        let notices: [String]

        init(_ imported: ImportedScenario, folder: String) {
            self.folder = folder
            name = imported.name
            zones = imported.zones
            classes = imported.classes
            ticks = imported.ticks
            meanITMW = imported.meanITMW
            notices = imported.notices
        }
    }
}
