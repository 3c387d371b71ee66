internal import Foundation
internal import Subprocess

/// The dashboard of a run as a process beside it, which ends with its launcher.
final class DashboardProcess {
    private let lifeline: (read: Int32, write: Int32)
    private let task: Task<Void, Never>

    /// Starts it; its address is noted when it is there. Throws `CommandError`.
    init(of folder: RunFolder, console: Console) throws {
        _ = try DashboardArguments.program()
        try folder.makeLogs()
        lifeline = try Lifeline.make()
        let child = Child(
            name: "dashboard", title: "the dashboard",
            arguments: ["watch", "--lifeline", "--", folder.url.path],
            log: folder.logs.appendingPathComponent("dashboard.log").path, isHeard: true)
        let input = lifeline.read
        task = Task {
            let fate = await child.run(
                input: input, started: { _ in },
                line: { console.note("watch it at \($0.trimmingCharacters(in: .newlines))") })
            if case .unlaunchable(let reason)? = fate { console.note("note: no dashboard: \(reason)") }
            if case .ended(let status)? = fate, status != .exited(0) {
                console.note("note: the dashboard ended: \(child.lastWords ?? "\(status)")")
            }
        }
    }

    deinit {
        task.cancel()
        close(lifeline.write)
        close(lifeline.read)
    }
}
