import Glibc
import Testing

@testable import ZeroMQTransport

@Suite struct EndpointTests {
    @Test(arguments: [
        ("ipc:///tmp/a/hub.sock", Endpoint.ipc(path: "/tmp/a/hub.sock")),
        ("ipc://run/hub.sock", .ipc(path: "run/hub.sock")),
        ("tcp://127.0.0.1:0", .tcp(host: "127.0.0.1", port: 0)),
        ("tcp://*:65535", .tcp(host: "*", port: 65_535)),
        ("tcp://[::1]:5555", .tcp(host: "::1", port: 5_555)),
        ("tcp://grid.example.org:80", .tcp(host: "grid.example.org", port: 80)),
        ("inproc://a name", .inproc(name: "a name")),
    ])
    func readsAndPrints(text: String, endpoint: Endpoint) throws {
        #expect(try Endpoint(parsing: text) == endpoint)
        #expect(endpoint.description == text)
    }

    @Test(arguments: [
        "", "hub", "udp://a:1", "tcp://", "tcp://a", "tcp://:5", "tcp://a:", "tcp://a:65536", "tcp://a:-1",
        "tcp://a:+1",
        "tcp://::1:5", "tcp://a b:5", "ipc://", "ipc://*", "ipc://@abstract", "inproc://",
    ])
    func refuses(text: String) {
        #expect { try Endpoint(parsing: text) } throws: { ($0 as? ZeroMQError)?.code == .invalidEndpoint }
    }

    @Test func pathLengthIsCheckedInBytes() throws {
        let longest = "/" + String(repeating: "a", count: Endpoint.longestPathBytes - 1)
        #expect(try Endpoint(parsing: "ipc://\(longest)") == .ipc(path: longest))
        let error = #expect(throws: ZeroMQError.self) { try Hub(at: .ipc(path: longest + "é"), peers: []) }
        #expect(error?.code == .pathTooLong)
        #expect(
            error?.description.hasSuffix(
                "the path of the socket file has 109 bytes; the system allows 107; "
                    + "choose a shorter folder, such as one under /tmp") == true)
    }

    @Test func longestPathWorks() throws {
        let folder = TemporaryFolder()
        let start = folder.path + "/run/"
        let path = start + String(repeating: "a", count: Endpoint.longestPathBytes - start.utf8.count)
        let hub = try Hub(at: .ipc(path: path), peers: ["a"])
        let link = try Link(to: hub.endpoint, name: "a")
        try link.send(kind: 1, [])
        #expect(try hub.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 1))
        try link.close()
        try hub.close()
        folder.remove()
    }

    @Test func portInUse() throws {
        let first = try Hub(at: .tcp(host: "127.0.0.1", port: 0), peers: [], insecure: true)
        guard case .tcp(_, let port) = first.endpoint else { throw TestFailure("not tcp") }
        #expect(port > 0)
        let error = #expect(throws: ZeroMQError.self) { try Hub(at: first.endpoint, peers: [], insecure: true) }
        #expect(error?.code == .addressInUse)
        #expect(
            error?.description == "tcp://127.0.0.1:\(port): cannot listen: the address is already in use; "
                + "stop the process that holds it, or take port 0 to let the system choose a free one")
        try first.close()
        try Hub(at: first.endpoint, peers: [], insecure: true).close()
    }

    @Test func hostThatIsNotOfThisMachine() {
        #expect { try Hub(at: .tcp(host: "grid.invalid", port: 0), peers: [], insecure: true) } throws: {
            ($0 as? ZeroMQError)?.code == .invalidEndpoint
        }
        #expect { try Link(to: .tcp(host: "127.0.0.1", port: 0), name: "a", insecure: true) } throws: {
            ($0 as? ZeroMQError)?.code == .invalidEndpoint
        }
    }

    @Test func socketOfARunningHubIsNotStolen() throws {
        let folder = TemporaryFolder()
        let first = try Hub(at: folder.endpoint(.ipc), peers: ["a"])
        let error = #expect(throws: ZeroMQError.self) { try Hub(at: first.endpoint, peers: [], insecure: true) }
        #expect(error?.code == .addressInUse)
        let link = try Link(to: first.endpoint, name: "a")
        try link.send(kind: 1, [])
        #expect(try first.receive(timeoutMilliseconds: 5_000) == .message(slot: 0, kind: 1))
        try link.close()
        try first.close()
        folder.remove()
    }

    @Test func folderMustBePrivate() throws {
        let folder = TemporaryFolder()
        chmod(folder.path, 0o755)
        let error = #expect(throws: ZeroMQError.self) { try Hub(at: .ipc(path: folder.path + "/a"), peers: []) }
        #expect(error?.code == .directoryNotPrivate)
        chmod(folder.path, 0o700)
        try Hub(at: .ipc(path: folder.path + "/a"), peers: []).close()
        folder.remove()
    }

    @Test func madeFolderIsPrivate() throws {
        let folder = TemporaryFolder()
        let hub = try Hub(at: folder.endpoint(.ipc), peers: [])
        var status = stat()
        #expect(stat(folder.path + "/run", &status) == 0 && status.st_mode & 0o777 == 0o700)
        try hub.close()
        folder.remove()
    }

    @Test func fileInTheWayIsKept() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/precious"
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        let error = #expect(throws: ZeroMQError.self) { try Hub(at: .ipc(path: path), peers: []) }
        #expect(error?.code == .addressInUse)
        #expect(unlink(path) == 0)
        folder.remove()
    }

    @Test func fileOfAKilledHubIsReplaced() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/hub.sock"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        #expect(bound == 0)
        close(descriptor)
        try Hub(at: .ipc(path: path), peers: []).close()
        folder.remove()
    }
}
