internal import Foundation

/// Whether somebody runs a run: its launcher holds a lock on the file `plan.json` in its folder for as long as it lives.
enum LaunchLock {
    /// Whether it is held; nil where there is no such file, since the processes were started by hand.
    static func isHeld(inFolder folder: String) -> Bool? {
        let descriptor = open(folder + "/plan.json", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
