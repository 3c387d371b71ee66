/// A message that broke the transport's rules: who sent it and what was wrong.
///
/// The message has been discarded and counted; nothing else has happened. What to do with the sender is the caller's
/// decision.
public struct TransportViolation: Sendable, Hashable {
    /// Who sent the message.
    public enum Sender: Sendable, Hashable {
        /// A peer from the hub's table.
        case slot(Int)
        /// A sender that is not in the table; bytes of its routing id that are not printable are written `\xNN`.
        case unknown(name: String)
        /// The hub, seen from a link.
        case hub
    }

    /// What was wrong.
    public enum Reason: Sendable, Hashable {
        /// The sender's name is not in the hub's table.
        case unknownPeer
        /// The sender never gave a name, or its name has since been taken over (`Hub.allowTakeover`).
        case nameless
        /// The sender connected under a name that another connection holds, and its first frame was taken for its name.
        ///
        /// libzmq discards a second connection of a name without a word to either side. Most often nothing of it is
        /// ever seen; when libzmq then mistakes its next message for a new name, this is how it shows.
        case duplicateName
        /// The sender connected under a name that its key does not belong to.
        case foreignName(holder: String, name: String)
        /// The message had more than one part.
        case multipart(parts: Int)
        /// The message was larger than the limit.
        case tooLarge(bytes: Int)
        /// The bytes are not a frame.
        case notAFrame(Frame.Fault)
        /// A frame of a batch is in the name of an agent that its connection does not speak for.
        case foreignAgent(number: Int)
    }

    /// Who sent the message.
    public let sender: Sender
    /// What was wrong.
    public let reason: Reason

    package init(sender: Sender, reason: Reason) {
        self.sender = sender
        self.reason = reason
    }
}

extension TransportViolation: CustomStringConvertible {
    /// The violation in one line.
    public var description: String {
        switch sender {
        case .slot(let slot): description(of: "the peer in slot \(slot)")
        case .unknown(let name): description(of: "an unknown peer '\(name)'")
        case .hub: description(of: "the hub")
        }
    }

    /// The violation in one line, with the sender in other words.
    func description(of who: String) -> String {
        switch reason {
        case .unknownPeer: "\(who) sent a message; its name is not in the hub's table"
        case .nameless: "\(who) sent a message; it has no name, or its name was taken over since"
        case .duplicateName: "\(who) sent a message after connecting under a name that is already connected"
        case .foreignName(let holder, let name):
            "the holder of the key of '\(holder)' sent a message under the name '\(name)'"
        case .multipart(let parts): "\(who) sent a message of \(parts) parts; a message has one"
        case .tooLarge(let bytes): "\(who) sent a message of \(bytes) bytes, more than the limit"
        case .notAFrame(let fault): "\(who) sent bytes that are no frame: \(fault)"
        case .foreignAgent(let number): "\(who) sent a frame for agent \(number), which its connection does not play"
        }
    }
}
