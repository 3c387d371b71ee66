internal import CoSimulation
internal import Foundation
internal import ZeroMQTransport

/// A program under trial with a hub of its own, from its start to its end.
final class Rehearsal {
    /// What comes from the program.
    enum Event {
        /// A message.
        case message(Message)
        /// Bytes that are no message, or not from whom they should be.
        case violation(String)
        /// The process ended.
        case ended(status: Int32, isSignal: Bool)
        /// Nothing, for as long as was allowed.
        case silence
    }

    private let hub: Hub
    private let process: Process
    private let lifeline = Pipe()
    private let sockets: SocketFolder
    private let folder: URL

    /// Starts a program as a run would, in an empty folder. Throws when it cannot be started.
    init(command: [String], name: String, scenario: String) throws {
        sockets = try SocketFolder()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        hub = try Hub(at: try Endpoint(parsing: sockets.endpoint), peers: [name])
        let call = ForeignCall(agent: name, endpoint: hub.endpoint.description, scenario: scenario)
        process = try call.start(
            command, in: folder, lifeline: lifeline.fileHandleForReading, log: Self.log(in: folder))
        // The write end is ours alone, so that the program's input ends when it is closed here.
        try? lifeline.fileHandleForReading.close()
    }

    /// Kills what is left and removes its folders.
    func close() {
        kill()
        try? hub.close()
        sockets.remove()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Ends the process at once, as a crash does.
    func kill() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Lets its standard input end.
    func cutLifeline() { try? lifeline.fileHandleForWriting.close() }

    /// Sends a message.
    func send(_ message: Message) throws { try send(kind: message.kind, message.body()) }

    /// Sends a frame with any body.
    func send(kind: UInt8, _ body: [UInt8]) throws { try send(bytes: Frame.encoding(kind: kind, body: body)) }

    /// Sends any bytes; a program that has gone shows in what comes next.
    func send(bytes: [UInt8]) throws {
        do {
            try hub.send(bytes: bytes, to: 0)
        } catch  where error.code == .peerUnreachable {}
    }

    /// What comes next, waiting for so long at most.
    func next(within patience: Duration) throws -> Event {
        let deadline = SuspendingClock.now + patience
        var hasEnded = false
        while .now < deadline {
            switch try hub.receive(timeoutMilliseconds: hasEnded ? 50 : 10) {
            case .message(_, let kind):
                do {
                    return .message(
                        try hub.withBody { (bytes) throws(WireError) in try Message(kind: kind, body: bytes, agent: 0) }
                    )
                } catch {
                    return .violation("a message of kind \(kind) that cannot be read: \(error)")
                }
            case .violation(let violation): return .violation("\(violation)")
            case .timedOut:
                // What it sent before it ended has been heard when nothing more comes.
                if hasEnded { return .ended(status: process.terminationStatus, isSignal: isSignal) }
                hasEnded = !process.isRunning
            case .woken, .closed, .lost: break
            }
        }
        return .silence
    }

    private var isSignal: Bool { process.terminationReason == .uncaughtSignal }

    private static func log(in folder: URL) -> URL { folder.appendingPathComponent("log") }

    /// An event in words.
    func describe(_ event: Event) -> String {
        switch event {
        case .message(.failure(let text, _)): "it sent Failure: \(text)"
        case .message(let message): "it sent a message of kind \(message.kind)"
        case .violation(let text): "it sent \(text)"
        case .ended(let status, let isSignal):
            "it ended with \(isSignal ? "signal" : "status") \(status)\(ForeignCall.lastWords(in: Self.log(in: folder)))"
        case .silence: "it was silent"
        }
    }
}
