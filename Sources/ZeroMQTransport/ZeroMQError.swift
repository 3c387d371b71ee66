import CZeroMQ

/// An expected failure of the transport: what failed, where, why, and what to do about it.
public struct ZeroMQError: Error, Sendable, Hashable {
    /// The kind of failure, for programs; kinds may be added later.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as one word, stable between releases.
        public let description: String

        /// The text is not a usable endpoint.
        public static let invalidEndpoint = Code(description: "invalidEndpoint")
        /// The socket file's path is longer than the system allows.
        public static let pathTooLong = Code(description: "pathTooLong")
        /// The folder of a socket file is open to other users.
        public static let directoryNotPrivate = Code(description: "directoryNotPrivate")
        /// A tcp endpoint was to be used without keys.
        public static let keysMissing = Code(description: "keysMissing")
        /// The text or file is not a key, or keys do not fit each other.
        public static let invalidKey = Code(description: "invalidKey")
        /// A file with a secret key is open to other users.
        public static let fileNotPrivate = Code(description: "fileNotPrivate")
        /// Another process is listening at this endpoint.
        public static let addressInUse = Code(description: "addressInUse")
        /// A peer's name is empty, too long, or has control characters.
        public static let invalidName = Code(description: "invalidName")
        /// Two peers of one hub have the same name.
        public static let duplicateName = Code(description: "duplicateName")
        /// The peer is not connected (never was, or has vanished).
        public static let peerUnreachable = Code(description: "peerUnreachable")
        /// The other side does not read: the queue of messages to it is full.
        public static let congested = Code(description: "congested")
        /// The message is larger than the limit.
        public static let messageTooLarge = Code(description: "messageTooLarge")
        /// The hub, link or context has been closed or shut down.
        public static let closed = Code(description: "closed")
        /// The context still has open sockets.
        public static let socketsOpen = Code(description: "socketsOpen")
        /// Any other failure that libzmq or the system reports.
        public static let system = Code(description: "system")
    }

    /// The kind of failure.
    public let code: Code
    /// What was attempted and why it failed, in lower case, without a full stop.
    public let what: String
    /// The endpoint, peer or path concerned; empty when there is none.
    public let place: String
    /// What the reader can do about it; empty when nothing can be said.
    public let remedy: String
    /// The slot of the peer concerned, if the failure concerns one peer of a hub.
    public let slot: Int?

    package init(_ code: Code, what: String, place: String = "", remedy: String = "", slot: Int? = nil) {
        self.code = code
        self.what = what
        self.place = place
        self.remedy = remedy
        self.slot = slot
    }
}

extension ZeroMQError: CustomStringConvertible {
    /// The failure in one line: place, what, remedy.
    public var description: String {
        (place.isEmpty ? "" : "\(place): ") + what + (remedy.isEmpty ? "" : "; \(remedy)")
    }
}

extension ZeroMQError {
    /// The failure libzmq reported for the call that has just returned, as an error that names the operation.
    static func last(_ operation: String, place: String = "") -> ZeroMQError {
        ZeroMQError(number: zmq_errno(), operation, place: place)
    }

    /// A message that is larger than a limit.
    init(messageOfBytes bytes: Int, limit: Int) {
        self.init(
            .messageTooLarge, what: "cannot send a message of \(bytes) bytes; the limit is \(limit)",
            remedy: "send less, or raise Limits.maximumMessageBytes on both sides")
    }

    /// A failure from an `errno` value of libzmq or the system.
    init(number: Int32, _ operation: String, place: String) {
        let reason = String(cString: zmq_strerror(number))
        let what = "cannot \(operation): \(reason)"
        switch number {
        case EADDRINUSE:
            self.init(
                .addressInUse, what: "cannot \(operation): the address is already in use", place: place,
                remedy: "stop the process that holds it, or take port 0 to let the system choose a free one")
        case ENODEV, EADDRNOTAVAIL:
            self.init(
                .invalidEndpoint, what: "cannot \(operation): no network interface of this machine has that address",
                place: place, remedy: "give a numeric address of this machine, 127.0.0.1, or * for all interfaces")
        case EINVAL, EPROTONOSUPPORT:
            self.init(.invalidEndpoint, what: what, place: place, remedy: "see Endpoint for the accepted forms")
        case ETERM, ENOTSOCK:
            self.init(.closed, what: "cannot \(operation): the transport has been closed", place: place)
        case EMFILE, ENFILE:
            self.init(
                .system, what: what, place: place,
                remedy: "raise the limit of open files (ulimit -n) or use fewer peers")
        default:
            self.init(.system, what: what, place: place)
        }
    }
}
