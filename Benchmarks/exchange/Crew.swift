import Foundation
import ZeroMQTransport

/// The agents of an exchange: processes of their own, or threads where the endpoint is one of this process.
struct Crew {
    private var children: [pid_t] = []

    /// Starts an agent for every peer of a hub.
    init(of hub: Hub, messageBytes: Int) throws {
        for name in hub.peerNames {
            if case .inproc = hub.endpoint {
                Self.start(name, hub.endpoint, messageBytes, hub.context)
            } else {
                let words = ["agent", name, hub.endpoint.description, "\(messageBytes)"]
                children.append(try Self.spawn([CommandLine.arguments[0]] + words))
            }
        }
    }

    /// Waits until every process has ended; for threads, closing their context waits.
    func wait() {
        for child in children { waitpid(child, nil, 0) }
    }

    private static func start(_ name: String, _ endpoint: Endpoint, _ messageBytes: Int, _ context: Context) {
        Thread.detachNewThread {
            do {
                try Agent.run(name: name, endpoint: endpoint, messageBytes: messageBytes, context: context)
            } catch {
                fatalError("\(name): \(error)")
            }
        }
    }

    private static func spawn(_ words: [String]) throws -> pid_t {
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child: pid_t = 0
        let number = posix_spawn(&child, words[0], nil, nil, &pointers, environ)
        guard number == 0 else { throw Fault(description: "cannot start an agent: error \(number)") }
        return child
    }
}

/// A failure in words.
struct Fault: Error, CustomStringConvertible {
    let description: String
}
