internal import RunReport

/// Whether a run is to stand between two ticks, as the file `hold` in its folder says; looked up at most every 50 ms.
final class HoldWatch {
    private let file: HoldFile
    private var ticks: Int?
    private var nextLook = SuspendingClock.now

    init(folder: String) {
        file = HoldFile(inFolder: folder)
    }

    /// Whether it is to stand after so many ticks.
    func holds(_ finishedTicks: Int) -> Bool {
        let now = SuspendingClock.now
        if now >= nextLook {
            ticks = file.ticks
            nextLook = now + .milliseconds(50)
        }
        return ticks.map { $0 <= finishedTicks } ?? false
    }
}
