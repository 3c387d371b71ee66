import Glibc
import Synchronization
import Testing

@testable import ZeroMQTransport

/// The transports every test body runs over.
enum Transport: String, CaseIterable, CustomTestStringConvertible {
    case inproc, ipc, tcp

    var testDescription: String { rawValue }
}

/// A hub and its links in one context and one thread: sends never wait, so a test can play all parts in turn.
///
/// Call `close` at the end; it checks that nothing is left behind.
struct Star {
    let context: Context
    let hub: Hub
    let links: [Link]
    let folder: TemporaryFolder

    init(_ transport: Transport, peers: [String], connecting: [String]? = nil, limits: Limits = Limits()) throws {
        folder = TemporaryFolder()
        context = try Context()
        let context = context
        hub = try Hub(at: folder.endpoint(transport), peers: peers, limits: limits, context: context, insecure: true)
        let endpoint = hub.endpoint
        links = try (connecting ?? peers).map {
            try Link(to: endpoint, name: $0, limits: limits, context: context, insecure: true)
        }
    }

    /// Lets every link greet and waits until the hub has heard all, so that each can be sent to.
    func greet() throws {
        for link in links { try link.send(kind: 0, []) }
        for _ in links {
            guard case .message(_, 0) = try hub.receive(timeoutMilliseconds: 5_000) else {
                throw TestFailure("a greeting is missing")
            }
        }
    }

    func close() throws {
        for link in links { try link.close() }
        try hub.close()
        try context.close()
        folder.remove()
    }
}

/// A folder of its own for one test.
struct TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/gridtide-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    /// An endpoint nobody else has; the socket file's folder is still to be made.
    func endpoint(_ transport: Transport) -> Endpoint {
        switch transport {
        case .inproc: .inproc(name: path)
        case .ipc: .ipc(path: "\(path)/run/hub.sock")
        case .tcp: .tcp(host: "127.0.0.1", port: 0)
        }
    }

    /// Removes the folder, which must be empty: no socket file may be left.
    func remove(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(rmdir(path) == 0, "something is left in \(path)", sourceLocation: sourceLocation)
    }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Runs a closure on a thread of its own.
func onThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Box(body)).toOpaque()
    let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
    }
    pthread_create(&thread, nil, main, argument)
    return thread
}

/// Small repeatable random numbers (SplitMix64).
struct Random {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
