import Glibc
import Testing

@testable import ZeroMQTransport

@Suite struct KeyFileTests {
    /// A private folder, and what is in it.
    struct Place {
        let folder = TemporaryFolder()
        var file: String { folder.path + "/a.key" }

        func mode(of path: String) -> UInt32 {
            var status = stat()
            return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : 0
        }

        func text() throws -> String { try PrivateFile.read(file) }

        func remove() {
            unlink(file)
            folder.remove()
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        let place = Place()
        let keys = try RunKeys(peers: ["a", "node 1", "é"])
        // A file that is there is replaced, whatever its mode was.
        close(open(place.file, O_WRONLY | O_CREAT, 0o666))
        chmod(place.file, 0o666)
        try KeyFile.write(keys.links["a"]!, of: "a", to: place.file)
        #expect(place.mode(of: place.file) == 0o600)
        #expect(try KeyFile.linkKeys(at: place.file) == keys.links["a"]!)
        #expect(try place.text().hasPrefix("# The key of a in one run"))
        try KeyFile.write(keys.hub, to: place.file)
        #expect(try KeyFile.hubKeys(at: place.file) == keys.hub)
        #expect(throws: ZeroMQError.self) { try KeyFile.linkKeys(at: place.file) }
        place.remove()
    }

    @Test func keysOfEveryRunAreNew() throws {
        let (one, two) = (try RunKeys(peers: ["a", "b"]), try RunKeys(peers: ["a", "b"]))
        let secrets = [one, two].flatMap { $0.links.values.map(\.own.secretKey) + [$0.hub.own.secretKey] }
        #expect(Set(secrets).count == 6)
        #expect(one.hub.peers.mapValues { $0.count } == ["a": 40, "b": 40])
        #expect(try KeyPair(secretKey: one.hub.own.secretKey) == one.hub.own)
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o666] as [mode_t])
    func fileThatOthersCanOpenIsRefused(_ mode: mode_t) throws {
        let place = Place()
        try KeyFile.write(RunKeys(peers: ["a"]).links["a"]!, of: "a", to: place.file)
        _ = try KeyFile.linkKeys(at: place.file)
        chmod(place.file, mode)
        let error = #expect(throws: ZeroMQError.self) { try KeyFile.linkKeys(at: place.file) }
        #expect(error?.code == .fileNotPrivate && error?.description.contains("chmod 600") == true)
        place.remove()
    }

    @Test func wrongFilesAreNamed() throws {
        let place = Place()
        let missing = #expect(throws: ZeroMQError.self) { try KeyFile.linkKeys(at: place.file) }
        #expect(missing?.place == place.file)
        let folder = #expect(throws: ZeroMQError.self) { try KeyFile.linkKeys(at: place.folder.path) }
        #expect(folder?.code == .invalidKey)
        let keys = try RunKeys(peers: ["a", "b"])
        try KeyFile.write(keys.links["a"]!, of: "a", to: place.file)
        let good = try place.text()
        let (own, other) = (keys.links["a"]!.own, keys.links["b"]!.own)
        let wrong = [
            "", "secret-key", good + good, good.replacing(own.publicKey, with: other.publicKey),
            good.replacing(own.secretKey, with: "x"), good.replacing("coordinator-key", with: "coordinator"),
            good.replacing(keys.hub.own.publicKey, with: String(repeating: "\"", count: 40)),
        ]
        for text in wrong {
            try PrivateFile.write(text, to: place.file)
            let error = #expect(throws: ZeroMQError.self) { try KeyFile.linkKeys(at: place.file) }
            #expect(error?.code == .invalidKey, "\(text)")
            #expect(error.map { !"\($0)".contains(own.secretKey) } == true, "a secret is repeated")
        }
        place.remove()
    }

    /// No way of printing a pair shows the secret.
    @Test func descriptionsKeepTheSecret() throws {
        let pair = try KeyPair.make()
        var dumped = ""
        dump(pair, to: &dumped)
        for text in ["\(pair)", String(reflecting: pair), dumped, "\([pair])"] {
            #expect(text.contains(pair.publicKey) && !text.contains(pair.secretKey))
        }
    }

    /// Peers with one key are a group, and its holder is called by the first of their names.
    @Test func aGroupHasOneKey() throws {
        let keys = try RunKeys(groups: [["b", "a"], ["c"]])
        #expect(keys.links["a"] == keys.links["b"] && keys.links["a"] != keys.links["c"])
        #expect(["a", "b", "c", "d"].map { keys.hub.holder(of: $0) } == ["a", "a", "c", nil])
        let place = Place()
        defer { place.remove() }
        try KeyFile.write(keys.hub, to: place.file)
        #expect(try KeyFile.hubKeys(at: place.file) == keys.hub)
    }

    @Test func tallyTellsFewOfMany() {
        var tally = RefusalTally(oneByOne: 3)
        let lines = (1...2_000).compactMap { _ in tally.note("x", kind: "k") }
        #expect(
            lines == [
                "x", "x", "x", "x (10 of the kind so far)", "x (100 of the kind so far)", "x (1000 of the kind so far)",
            ])
        // However many kinds there are, memory and lines have an end.
        let kinds = (0..<100_000).compactMap { tally.note("y", kind: "\($0)") }
        #expect(kinds.count < 300)
    }
}
