internal import Dispatch
internal import Foundation
internal import Synchronization

/// Turns Ctrl-C and SIGTERM into calls, as long as it lives.
final class InterruptionWatch {
    private let sources: [any DispatchSourceSignal]

    init(_ onSignal: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: onSignal)
            source.resume()
            return source
        }
    }

    func stop() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}

/// Whether the user asked to stop; for loops that look now and then.
final class InterruptionFlag: Sendable {
    private let isRaised = Atomic(false)

    /// Whether it was raised.
    var value: Bool { isRaised.load(ordering: .relaxed) }

    /// Raises it.
    func raise() { isRaised.store(true, ordering: .relaxed) }
}
