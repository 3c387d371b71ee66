/// The fixed table of a hub's peers: name to slot and slot to name, over raw bytes and without allocation.
struct PeerTable: ~Copyable {
    /// The longest name, in bytes; libzmq allows 255 for a routing id.
    static var longestNameBytes: Int { 200 }

    /// The names by slot.
    let names: [String]

    /// The names' bytes, one after the other, at a fixed address.
    private let bytes: UnsafeMutableRawPointer
    /// Slot `i` has the bytes from `starts[i]` up to `starts[i + 1]`.
    private let starts: UnsafeMutablePointer<Int>
    /// Open addressing: a slot number or -1, at most half full.
    private let buckets: UnsafeMutablePointer<Int32>
    private let mask: Int

    /// Builds the table. Throws `invalidName` or `duplicateName`.
    init(_ names: [String]) throws(ZeroMQError) {
        for (slot, name) in names.enumerated() { try Self.validate(name, slot: slot) }
        var seen: Set<String> = []
        if let slot = names.indices.first(where: { !seen.insert(names[$0]).inserted }) {
            throw ZeroMQError(
                .duplicateName, what: "two peers are named '\(names[slot])'",
                remedy: "give every agent a name of its own", slot: slot)
        }
        self.names = names
        var size = 8
        while size < 2 * names.count { size *= 2 }
        mask = size - 1
        bytes = .allocate(byteCount: max(1, names.reduce(0) { $0 + $1.utf8.count }), alignment: 8)
        starts = .allocate(capacity: names.count + 1)
        buckets = .allocate(capacity: size)
        buckets.initialize(repeating: -1, count: size)
        fill()
    }

    deinit {
        bytes.deallocate()
        starts.deallocate()
        buckets.deallocate()
    }

    /// The bytes of a slot's name; valid as long as the table.
    func name(of slot: Int) -> UnsafeRawBufferPointer {
        precondition(slot >= 0 && slot < names.count, "no such slot")
        return UnsafeRawBufferPointer(start: bytes + starts[slot], count: starts[slot + 1] - starts[slot])
    }

    /// The slot of a name, if it is in the table.
    func slot(of name: UnsafeRawBufferPointer) -> Int? {
        var bucket = Self.hash(name) & mask
        while buckets[bucket] >= 0 {
            let slot = Int(buckets[bucket])
            if self.name(of: slot).elementsEqual(name) { return slot }
            bucket = (bucket + 1) & mask
        }
        return nil
    }

    /// Checks a name. Throws `invalidName`.
    static func validate(_ name: String, slot: Int? = nil) throws(ZeroMQError) {
        let count = name.utf8.count
        guard count < 1 || count > longestNameBytes || name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            return
        }
        let fault = count < 1 ? "is empty" : count > longestNameBytes ? "has \(count) bytes" : "has control characters"
        throw ZeroMQError(
            .invalidName, what: "the name of a peer \(fault)", place: printable(Array(name.utf8.prefix(40))),
            remedy: "use 1 to \(longestNameBytes) bytes of UTF-8 without control characters", slot: slot)
    }

    /// Any bytes as text: what is not printable ASCII is written `\xNN`.
    static func printable(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            if (0x20..<0x7f).contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
    }

    private func fill() {
        starts[0] = 0
        for (slot, name) in names.enumerated() {
            var end = starts[slot]
            for byte in name.utf8 {
                bytes.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
                end += 1
            }
            starts[slot + 1] = end
            var bucket = Self.hash(self.name(of: slot)) & mask
            while buckets[bucket] >= 0 { bucket = (bucket + 1) & mask }
            buckets[bucket] = Int32(slot)
        }
    }

    /// FNV-1a; names are few and fixed, so a flood of collisions is no concern.
    private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7fff_ffff)
    }
}
