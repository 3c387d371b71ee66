internal import Foundation

/// The sole right to change a run: two launchers in one folder would remove each other's database.
///
/// It is a lock on the run's plan, and ends with the process that holds it, however that dies.
final class RunLock {
    private let descriptor: Int32

    /// Takes the right to change the run in a folder that has its plan. Throws `CommandError`; `inUse` where another
    /// process has it.
    init(of folder: RunFolder) throws {
        descriptor = open(folder.plan, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandError(
                .inputOutput,
                "\(folder.plan) cannot be opened for writing: \(String(cString: strerror(errno))). Make the run's folder "
                    + "writable, or copy it; what it holds can be read as it is: gridtide compare, gridtide verify.")
        }
        guard Self.lock(descriptor) else {
            let number = errno
            close(descriptor)
            guard number == EWOULDBLOCK else {
                throw CommandError(
                    .inputOutput, "\(folder.plan) cannot be locked: \(String(cString: strerror(number))).")
            }
            throw CommandError(.inUse, "\(folder.url.relativePath) is being run. Wait for its end, or stop it.")
        }
    }

    deinit { close(descriptor) }

    /// Takes the lock. Who watches a run looks for an instant whether it is held; that is waited out.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<5 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK else { return false }
            usleep(10_000)
        }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }
}
