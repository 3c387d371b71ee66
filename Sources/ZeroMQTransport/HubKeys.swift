/// What a hub needs to know its peers by their keys: its own pair, and the public key of each peer.
public struct HubKeys: Sendable, Hashable {
    /// The hub's own pair; links know its public key.
    public let own: KeyPair
    /// The public key of each peer, by name.
    public let peers: [String: String]

    /// Keys from their parts. Throws `invalidKey`, also when two peers have one key.
    public init(own: KeyPair, peers: [String: String]) throws(ZeroMQError) {
        for key in peers.values { try KeyPair.validate(key) }
        guard Set(peers.values).count == peers.count else {
            throw ZeroMQError(
                .invalidKey, what: "two peers have one key, so that neither can be told from the other",
                remedy: "make a key for each")
        }
        self.own = own
        self.peers = peers
    }
}
