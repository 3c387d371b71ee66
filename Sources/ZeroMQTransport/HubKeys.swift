/// What a hub needs to know its peers by their keys: its own pair, and the public key of each peer.
///
/// Peers with one key are a group: one process may speak for all of them.
public struct HubKeys: Sendable, Hashable {
    /// The hub's own pair; links know its public key.
    public let own: KeyPair
    /// The public key of each peer, by name.
    public let peers: [String: String]

    /// By public key, what its holder is called: the first of its names.
    let holders: [String: String]

    /// Keys from their parts. Throws `invalidKey`.
    public init(own: KeyPair, peers: [String: String]) throws(ZeroMQError) {
        for key in peers.values { try KeyPair.validate(key) }
        self.own = own
        self.peers = peers
        holders = Dictionary(peers.map { ($1, $0) }, uniquingKeysWith: min)
    }

    /// What the holder of a peer's key is called; nil where the peer has none.
    func holder(of peer: String) -> String? { peers[peer].flatMap { holders[$0] } }
}
