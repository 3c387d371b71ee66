/// One connection between a process and the hub: in order each way, and lost as a whole.
final class SimulatedConnection {
    /// What the hub makes of it.
    enum Standing {
        /// Not seen by the hub yet.
        case coming
        /// It has its name: what is sent to that name goes here.
        case holding
        /// Its name was taken when it came; nothing of it is heard.
        case ignored
        /// Another took its name since.
        case nameless
    }

    let name: String
    var standing = Standing.coming
    /// What has arrived and the hub has not taken.
    var inbound: [(agent: Int?, bytes: [UInt8])] = []
    /// Nothing more arrives.
    var isClosed = false
    /// What is under way either way is lost.
    var isCut = false
    /// When the last message each way arrives.
    var lastArrival = 0
    var lastDelivery = 0
    /// Where messages go; to one of a group, with the number of the agent.
    let deliver: (Int?, [UInt8]) -> Void
    /// Called when the hub has dropped it.
    let dropped: () -> Void

    init(name: String, deliver: @escaping (Int?, [UInt8]) -> Void, dropped: @escaping () -> Void) {
        self.name = name
        self.deliver = deliver
        self.dropped = dropped
    }
}
