/// Where a hub listens and a link connects.
///
/// The text forms are `ipc:///folder/name.sock`, `tcp://host:port`, `tcp://[::1]:port` and `inproc://name`.
public enum Endpoint: Sendable, Hashable {
    /// A Unix socket file. The folder must be private to its owner (mode 0700); a hub makes it if it is missing.
    /// The path is limited to `Endpoint.longestPathBytes` bytes.
    case ipc(path: String)
    /// A TCP address. A hub takes `*` for all interfaces and port 0 for a port the system chooses.
    case tcp(host: String, port: UInt16)
    /// A name inside one process: hub and link must share one `Context`.
    case inproc(name: String)

    /// The longest path of a socket file, in bytes: what `sockaddr_un` holds without its final zero.
    public static var longestPathBytes: Int {
        #if canImport(Darwin)
            103
        #else
            107
        #endif
    }

    /// The longest name of an in-process endpoint, in bytes.
    public static var longestNameBytes: Int { 200 }

    /// Reads an endpoint from its text form.
    ///
    /// Throws `invalidEndpoint` or `pathTooLong`.
    public init(parsing text: String) throws(ZeroMQError) {
        if let rest = text.dropping(prefix: "ipc://") {
            self = .ipc(path: String(rest))
        } else if let rest = text.dropping(prefix: "inproc://") {
            self = .inproc(name: String(rest))
        } else if let rest = text.dropping(prefix: "tcp://") {
            self = try Self.parseTCP(rest, of: text)
        } else {
            throw Self.invalid(text, "the scheme is not known")
        }
        try validate()
    }

    /// Checks what the type cannot: lengths, and characters libzmq gives a meaning of its own.
    ///
    /// Throws `invalidEndpoint` or `pathTooLong`.
    public func validate() throws(ZeroMQError) {
        switch self {
        case .ipc(let path):
            let count = path.utf8.count
            if path.isEmpty || path == "*" || path.utf8.first == UInt8(ascii: "@") || path.utf8.contains(0) {
                throw Self.invalid(description, "an ipc endpoint needs the path of a socket file")
            }
            if count > Self.longestPathBytes {
                throw ZeroMQError(
                    .pathTooLong,
                    what: "the path of the socket file has \(count) bytes; the system allows \(Self.longestPathBytes)",
                    place: description, remedy: "choose a shorter folder, such as one under /tmp")
            }
        case .tcp(let host, _):
            if host.isEmpty || host.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "/") }) {
                throw Self.invalid(description, "a tcp endpoint needs a host")
            }
        case .inproc(let name):
            if name.isEmpty || name.utf8.count > Self.longestNameBytes || name.utf8.contains(0) {
                throw Self.invalid(description, "an inproc name has 1 to \(Self.longestNameBytes) bytes")
            }
        }
    }

    private static func parseTCP(_ rest: Substring, of text: String) throws(ZeroMQError) -> Endpoint {
        guard let colon = rest.lastIndex(of: ":") else { throw invalid(text, "the port is missing") }
        var host = rest[..<colon]
        let digits = rest[rest.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            throw invalid(text, "'\(digits)' is not a port number from 0 to 65535")
        }
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw invalid(text, "an IPv6 address stands in square brackets")
        }
        return .tcp(host: String(host), port: port)
    }

    private static func invalid(_ text: String, _ reason: String) -> ZeroMQError {
        ZeroMQError(
            .invalidEndpoint, what: "not an endpoint: \(reason)", place: "'\(text)'",
            remedy: "write ipc:///folder/name.sock, tcp://host:port or inproc://name")
    }
}

extension Endpoint: CustomStringConvertible {
    /// The endpoint in its text form, as `init(parsing:)` reads it.
    public var description: String {
        switch self {
        case .ipc(let path): "ipc://\(path)"
        case .tcp(let host, let port): host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
        case .inproc(let name): "inproc://\(name)"
        }
    }
}

extension Endpoint {
    /// Whether libzmq must be told to use IPv6 for this endpoint.
    var needsIPv6: Bool {
        if case .tcp(let host, _) = self { host.contains(":") } else { false }
    }

    /// Whether the peers may be on other machines, so that only a heartbeat shows that one has gone.
    var isRemote: Bool {
        if case .tcp = self { true } else { false }
    }

    /// Checks that keys are there where others could listen in or join. Throws `keysMissing`.
    func requireKeys(_ areThere: Bool, orInsecure isInsecure: Bool) throws(ZeroMQError) {
        guard isRemote, !areThere, !isInsecure else { return }
        throw ZeroMQError(
            .keysMissing, what: "over tcp every participant needs the key of its run", place: description,
            remedy: "give its key file (--key or GRIDTIDE_KEY_FILE), or say that the network is trusted (--insecure)")
    }
}

extension String {
    fileprivate func dropping(prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
