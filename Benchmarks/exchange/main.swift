import Glibc
import ZeroMQTransport

let usage = """
    usage: exchange ipc|tcp|inproc AGENTS BYTES SECONDS [FOLDER [PROCESSES]]
    Measures lock-step ticks with two round trips between a hub and as many agents, each a process, or a thread where the
    transport is inproc; prints ticks per second. With fewer processes than agents, agents share them.
    """

func run(_ words: [String]) throws {
    if words.count == 4, words[0] == "agent", let messageBytes = Int(words[3]) {
        return try Agent.run(name: words[1], endpoint: Endpoint(parsing: words[2]), messageBytes: messageBytes)
    }
    guard words.count >= 4, let agents = Int(words[1]), let messageBytes = Int(words[2]),
        messageBytes >= Frame.headerBytes + 8, let seconds = Double(words[3])
    else { throw Fault(description: usage) }
    let folder = words.count > 4 ? words[4] : "/tmp"
    let processes = words.count > 5 ? Int(words[5]) ?? 0 : agents
    guard agents > 0, (1...agents).contains(processes) else { throw Fault(description: usage) }
    let endpoint: Endpoint =
        switch words[0] {
        case "tcp": .tcp(host: "127.0.0.1", port: 0)
        case "inproc": .inproc(name: "exchange")
        default: .ipc(path: "\(folder)/exchange-\(getpid())/hub.sock")
        }
    let rate = try Coordinator.measure(
        agents: agents, processes: processes, endpoint: endpoint, messageBytes: messageBytes, seconds: seconds)
    print((rate * 10).rounded() / 10)
}

do {
    try run(Array(CommandLine.arguments.dropFirst()))
} catch {
    let line = Array("exchange: \(error)\n".utf8)
    _ = write(2, line, line.count)
    exit(2)
}
