import Foundation
import ZeroMQTransport

/// The agents of an exchange: spread over processes, or threads where the endpoint is one of this process.
struct Crew {
    /// The slots of each process or thread; the first one's name is that of its connection.
    let groups: [Range<Int>]
    private var children: [pid_t] = []

    /// Starts an agent for every peer of a hub, in so many processes.
    init(of hub: Hub, processes: Int, messageBytes: Int) throws {
        let count = hub.peerNames.count
        groups = (0..<processes).map { $0 * count / processes..<($0 + 1) * count / processes }
        for group in groups {
            let name = hub.peerNames[group.lowerBound]
            if case .inproc = hub.endpoint {
                Self.start(name, hub.endpoint, messageBytes, hub.context)
            } else {
                let words = ["agent", name, hub.endpoint.description, "\(messageBytes)"]
                children.append(try Self.spawn(Self.starter + [CommandLine.arguments[0]] + words))
            }
        }
    }

    /// Waits until every process has ended; for threads, closing their context waits.
    func wait() {
        for child in children { waitpid(child, nil, 0) }
    }

    /// Agents have one layout of addresses, as those have that `gridtide run` starts, where the system can do that.
    private static let starter: [String] = {
        let words = ["/usr/bin/setarch", "-R"]
        var status: Int32 = -1
        guard let trial = try? spawn(words + ["true"]), waitpid(trial, &status, 0) == trial else { return [] }
        return status == 0 ? words : []
    }()

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
