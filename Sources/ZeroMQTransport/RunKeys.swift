/// The keys of one run: made for it, of no use in any other.
public struct RunKeys: Sendable {
    /// What the coordinator is given.
    public let hub: HubKeys
    /// What each of the others is given, by name; those of a group are given the same.
    public let links: [String: LinkKeys]

    /// Makes new keys for a coordinator and the named peers. Throws `system` where libzmq has no CURVE.
    public init(peers names: [String]) throws(ZeroMQError) {
        try self.init(groups: names.map { [$0] })
    }

    /// Makes new keys for a coordinator and peers, one for each group. Throws `system` where libzmq has no CURVE.
    public init(groups: [[String]]) throws(ZeroMQError) {
        let own = try KeyPair.make()
        var links: [String: LinkKeys] = [:]
        for group in groups {
            let keys = try LinkKeys(own: KeyPair.make(), hub: own.publicKey)
            for name in group { links[name] = keys }
        }
        self.links = links
        hub = try HubKeys(own: own, peers: links.mapValues(\.own.publicKey))
    }
}
