internal import Dispatch
internal import Foundation
internal import Synchronization

/// Whether the user asked to stop: by Ctrl-C, SIGTERM or a closed terminal. From when it is made, these end nothing by
/// themselves.
final class Interruption: @unchecked Sendable {
    private struct State {
        var isRaised = false
        var handlers: [@Sendable () -> Void] = []
    }

    private static let signals = [SIGINT, SIGTERM, SIGHUP]
    private let state = Mutex(State())
    /// Of its own: the shared queues may have no thread to spare while every core computes.
    private let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
    /// Kept for as long as signals are watched; set once.
    private var sources: [any DispatchSourceSignal] = []

    /// Starts to watch.
    init() {
        for number in Self.signals {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in self?.raise() }
            source.resume()
            sources.append(source)
        }
    }

    /// Whether the user asked to stop.
    var isRaised: Bool { state.withLock { $0.isRaised } }

    /// Calls back when the user asks to stop, at once if that has been.
    func onRaise(_ handler: @escaping @Sendable () -> Void) {
        let isRaised = state.withLock { state in
            state.handlers.append(handler)
            return state.isRaised
        }
        if isRaised { handler() }
    }

    private func raise() {
        let handlers = state.withLock { state in
            state.isRaised = true
            return state.handlers
        }
        for handler in handlers { handler() }
    }
}
