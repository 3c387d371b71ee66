internal import ArgumentParser
internal import Foundation
internal import RunReport

/// `gridtide hold`: stops a run between two ticks, and lets it go on.
struct Hold: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hold a run between two ticks, take it some ticks on, or let it go on.",
        discussion: """
            Whatever is held comes out as if it had not been. The file 'hold' in the folder of the run is what holds it, so that \
            'touch RUN/hold' and 'rm RUN/hold' do the same from anywhere.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Option(help: "Let it go on for so many ticks, and hold it then.")
    var step: Int?
    @Flag(help: "Let it go on.")
    var off = false

    func validate() throws {
        if let step, step < 1 { throw ValidationError("--step takes a number of ticks, from 1.") }
        if step != nil, off { throw ValidationError("--step and --off exclude each other.") }
    }

    func run() throws {
        let run = try RunFolder.existing(folder)
        var tap = RunTap(folder: run.url.path)
        let view = try tap.look()
        guard off || !view.status.isOver else {
            throw CommandError(
                .invalidInput, "\(folder) is not under way but \(view.status.rawValue): nothing can be held.")
        }
        do {
            if off {
                try run.hold.release()
            } else if let step {
                try run.hold.step(step, finished: view.ticks)
            } else {
                try run.hold.hold(afterTicks: 0)
            }
        } catch let error as CocoaError {
            throw CommandError(cannotMake: run.url.path + "/hold", error, remedy: "Make the run's folder writable")
        }
    }
}
