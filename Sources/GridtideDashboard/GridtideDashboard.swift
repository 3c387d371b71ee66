internal import ArgumentParser
internal import FlyingFox
internal import FlyingSocks
internal import Foundation
internal import RunReport

/// `gridtide-dashboard`: serves the live dashboard of runs. Started by `gridtide watch`, which checks what it is given.
@main
struct GridtideDashboard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gridtide-dashboard", abstract: "Serve the live dashboard of runs; started by 'gridtide watch'.")

    @Argument(help: "Folders of runs.")
    var runs: [String]
    @Option(help: "Address to listen at; any but this host's own wants a token, which is made and printed.")
    var host = "127.0.0.1"
    @Option(help: "Port to listen at; 0 takes any that is free.")
    var port: UInt16 = 0
    @Flag(help: "End when standard input ends: it is the launcher's.")
    var lifeline = false

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        if lifeline { Self.followLauncher() }
        do {
            try await serve()
        } catch let error as SocketError {
            let cause = error.errorDescription ?? "\(error)"
            let words =
                "The dashboard cannot listen at \(host), port \(port): \(cause). Choose an address of this host with --host, "
                + "or another --port.\n"
            FileHandle.standardError.write(Data(words.utf8))
            throw ExitCode(74)
        }
    }

    private func serve() async throws {
        let socket: any SocketAddress =
            host.contains(":")
            ? try sockaddr_in6.inet6(ip6: host, port: port) : try sockaddr_in.inet(ip4: host, port: port)
        // The token is made here: what is told on a command line, every user of the machine can read.
        let token = ["127.0.0.1", "::1"].contains(host) ? nil : Self.makeToken()
        let door = Door(host: host, token: token, site: DashboardSite(runs: runs))
        let server = HTTPServer(address: socket, timeout: 15, logger: .disabled, handler: door)
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask {
                try await server.waitUntilListening(timeout: 60)
                let port = Self.port(of: await server.listeningAddress) ?? port
                await door.open(port: port)
                // The launcher and the user's terminal read this line.
                let link = Self.link(host: host, port: port, token: token)
                FileHandle.standardOutput.write(Data("\(link)\n".utf8))
            }
            try await group.waitForAll()
        }
    }

    /// 128 random bits from the system: a secret, and no part of any run.
    private static func makeToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in String(format: "%016llx", generator.next() as UInt64) }.joined()
    }

    private static func port(of address: Socket.Address?) -> UInt16? {
        switch address {
        case .ip4(_, let port), .ip6(_, let port): port
        default: nil
        }
    }

    private static func link(host: String, port: UInt16, token: String?) -> String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "http://\(name):\(port)/" + (token.map { "?token=\($0)" } ?? "")
    }

    /// Ends this process when its standard input ends.
    private static func followLauncher() {
        let thread = Thread {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count == 0 || count < 0 && errno != EINTR { _exit(0) }
            }
        }
        thread.stackSize = 256 * 1024
        thread.start()
    }
}
