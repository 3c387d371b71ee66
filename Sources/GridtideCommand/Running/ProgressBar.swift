internal import Foundation

/// A bar with rate and time left, on a terminal only.
struct ProgressBar {
    private let label: String
    private let total: Int
    private let unit: String
    private let isShown: Bool
    /// When the first ticks were done, and how many: what came before is the start of processes, not the run's pace.
    private var start: (instant: SuspendingClock.Instant, ticks: Int)?
    private var lastDrawn: SuspendingClock.Instant?

    /// A bar for a number of ticks, or of what `unit` says; nothing is drawn when standard error is no terminal or
    /// `isQuiet`.
    init(label: String, total: Int, unit: String = "ticks", isQuiet: Bool) {
        self.label = label
        self.total = total
        self.unit = unit
        isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    }

    /// Shows that so many ticks are done; at most 20 times a second.
    mutating func show(_ done: Int) {
        guard isShown else { return }
        let now = SuspendingClock.now
        if let lastDrawn, now - lastDrawn < .milliseconds(50), done < total { return }
        lastDrawn = now
        let start = start ?? (now, done)
        self.start = start
        let rate = Double(done - start.ticks) / max((now - start.instant) / .seconds(1), 1e-3)
        let width = 28
        let filled = total > 0 ? done * width / total : width
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let pace = rate > 0 ? "  \(Int(rate))/s  \(Int((Double(total - done) / rate).rounded(.up))) s left " : ""
        let text = "\r\u{1B}[K\(label) \(bar) \(done)/\(total) \(unit)\(pace)"
        Console.write(text, to: STDERR_FILENO)
    }

    /// Clears the line.
    func finish() {
        guard isShown else { return }
        Console.write("\r\u{1B}[K", to: STDERR_FILENO)
    }
}
