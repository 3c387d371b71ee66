internal import ArgumentParser
internal import Foundation
internal import RunReport

/// `gridtide top`: how a run stands, in a terminal.
struct Top: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show how a run stands, in a terminal: progress, load, prices, agents and who is waited for.",
        discussion: "Drawn anew twice a second until the run is over or Ctrl-C; once where the output is no terminal.")

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Flag(help: "Print it once.")
    var once = false

    func run() throws {
        let run = try RunFolder.existing(folder)
        var tap = RunTap(folder: run.url.path)
        var view = try tap.lookAtAll()
        guard !once, isatty(STDOUT_FILENO) == 1 else {
            return Console.write(LiveText(of: view, columns: 100, rows: nil).text, to: .output)
        }
        let interruption = Interruption()
        while !interruption.isRaised {
            let size = Self.terminalSize()
            let text = LiveText(of: view, columns: size.columns, rows: size.rows - 1).text
            // Home, each line cleared to its end, and what is below.
            let lines = text.replacingOccurrences(of: "\n", with: "\u{1B}[K\n")
            Console.write("\u{1B}[H\(lines)\u{1B}[J", to: .output)
            if view.status.isOver { return }
            Thread.sleep(forTimeInterval: 0.5)
            view = try tap.look()
        }
    }

    private static func terminalSize() -> (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (100, 40) }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
