internal import Foundation
internal import RunReport

/// What the launcher of a run lets those know who watch: the file `live.json` in the run's folder.
///
/// A run does not depend on it: where it cannot be written, that is said once.
final class LiveBoard {
    private let folder: RunFolder
    private let complain: (String) -> Void
    private var state = LaunchState(machine: Machine.description)
    private var written: LaunchState?
    private var hasComplained = false

    init(of folder: RunFolder, complain: @escaping (String) -> Void) {
        self.folder = folder
        self.complain = complain
    }

    /// Changes what is known; the next `publish` tells it.
    func change(_ change: (inout LaunchState) -> Void) {
        change(&state)
    }

    /// Changes how far the launcher is, and tells it at once; when all is over there are no processes.
    func enter(_ phase: LaunchState.Phase) {
        state.phase = phase
        if phase == .ended { (state.processes, state.waiting) = ([], nil) }
        publish()
    }

    /// Tells what has changed since the last time.
    func publish() {
        guard state != written else { return }
        do {
            try state.write(inFolder: folder.url.path)
            written = state
        } catch {
            guard !hasComplained else { return }
            hasComplained = true
            complain("note: who watches the run sees less of it: \(CommandError(cannotMake: folder.live, error))")
        }
    }
}
