/// The files that keys of a run are kept in, one for each participant, readable by their owner alone.
///
/// A file is lines of a word and a value; lines that begin with `#` are for people. docs/protocol.md has the format.
public enum KeyFile {
    private static let publicKey = "public-key"
    private static let secretKey = "secret-key"
    private static let hubKey = "coordinator-key"
    private static let peerKey = "peer-key"

    /// Writes what an agent or recorder needs. The file is there whole or not at all. Throws `ZeroMQError`.
    public static func write(_ keys: LinkKeys, of name: String, to path: String) throws(ZeroMQError) {
        let text = """
            # The key of \(name) in one run of gridtide. Whoever can read this file can play \(name).
            \(publicKey) \(keys.own.publicKey)
            \(secretKey) \(keys.own.secretKey)
            \(hubKey) \(keys.hub)

            """
        try PrivateFile.write(text, to: path)
    }

    /// Writes what a coordinator needs. The file is there whole or not at all. Throws `ZeroMQError`.
    public static func write(_ keys: HubKeys, to path: String) throws(ZeroMQError) {
        let peers = keys.peers.sorted { $0.key < $1.key }.map { "\(peerKey) \($0.value) \($0.key)\n" }
        let text = """
            # The key of the coordinator in one run of gridtide. Whoever can read this file can play the coordinator.
            \(publicKey) \(keys.own.publicKey)
            \(secretKey) \(keys.own.secretKey)
            \(peers.joined())
            """
        try PrivateFile.write(text, to: path)
    }

    /// Reads what an agent or recorder needs.
    ///
    /// Throws `invalidKey`, `fileNotPrivate` or `system`.
    public static func linkKeys(at path: String) throws(ZeroMQError) -> LinkKeys {
        let lines = try lines(of: path)
        return try LinkKeys(own: own(lines, path), hub: value(hubKey, lines, path))
    }

    /// Reads what a coordinator needs.
    ///
    /// Throws `invalidKey`, `fileNotPrivate` or `system`.
    public static func hubKeys(at path: String) throws(ZeroMQError) -> HubKeys {
        let lines = try lines(of: path)
        var peers: [String: String] = [:]
        for line in lines where line.word == peerKey {
            let parts = line.value.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, peers.updateValue(String(parts[0]), forKey: String(parts[1])) == nil else {
                throw fault("a line '\(peerKey)' has no name, or one that came before", path)
            }
        }
        return try HubKeys(own: own(lines, path), peers: peers)
    }

    private static func lines(of path: String) throws(ZeroMQError) -> [(word: String, value: String)] {
        try PrivateFile.read(path).split(separator: "\n").filter { $0.first != "#" }.map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return (String(parts.first ?? ""), parts.count == 2 ? String(parts[1]) : "")
        }
    }

    private static func own(_ lines: [(word: String, value: String)], _ path: String) throws(ZeroMQError) -> KeyPair {
        let pair = try KeyPair(secretKey: value(secretKey, lines, path))
        guard try pair.publicKey == value(publicKey, lines, path) else {
            throw fault("its public key is not that of its secret key", path)
        }
        return pair
    }

    private static func value(
        _ word: String, _ lines: [(word: String, value: String)], _ path: String
    ) throws(ZeroMQError) -> String {
        let found = lines.filter { $0.word == word }
        guard found.count == 1 else { throw fault("it has \(found.count) lines '\(word)' and needs one", path) }
        return found[0].value
    }

    private static func fault(_ text: String, _ path: String) -> ZeroMQError {
        ZeroMQError(
            .invalidKey, what: "not a key file: \(text)", place: path, remedy: "take the file as gridtide wrote it")
    }
}
