/// What a link needs to be known by its key and to know the hub by its own: its pair, and the hub's public key.
public struct LinkKeys: Sendable, Hashable {
    /// The link's own pair.
    public let own: KeyPair
    /// The hub's public key; a hub that does not have its secret key is not talked to.
    public let hub: String

    /// Keys from their parts. Throws `invalidKey`.
    public init(own: KeyPair, hub: String) throws(ZeroMQError) {
        try KeyPair.validate(hub)
        self.own = own
        self.hub = hub
    }
}
