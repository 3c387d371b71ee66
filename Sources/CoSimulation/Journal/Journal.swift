/// The journal of a run on disk: the experiment, then one record per finished tick.
///
/// Layout: 16 bytes `gridtide journal`, then frames of length (4 bytes, little endian), the length's complement (4),
/// the payload, and the digest of the chain up to it (32). The first payload is the experiment; its digest is
/// SHA-256 of it, and each further one SHA-256 of the digest before and the payload. So the last digest vouches for
/// every byte, and anyone with SHA-256 can check it. A frame is written at once; a torn last one is no part of the run.
enum JournalFormat {
    static let magic = Array("gridtide journal".utf8)
    static let headerCount = 8
    /// Largest payload believed, bytes.
    static let payloadLimit = 1 << 30

    static func frame(_ payload: [UInt8], digest: Digest) -> [UInt8] {
        let length = UInt32(payload.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + headerCount + Digest.byteCount)
        for word in [length, ~length] {
            for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        bytes += payload
        bytes += digest.bytes
        return bytes
    }

    /// The payload length of a header, nil when the header is not one.
    static func length(_ header: [UInt8]) -> Int? {
        func word(_ start: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(header[start + $1]) << (8 * UInt32($1)) } }
        guard header.count == headerCount, word(0) == ~word(4), word(0) <= payloadLimit else { return nil }
        return Int(word(0))
    }
}

/// Appends finished ticks to a journal and keeps its digest.
public final class JournalWriter {
    /// Digest of the chain so far.
    public private(set) var digest: Digest
    /// Number of records so far.
    public private(set) var recordCount: Int
    private let file: JournalFile

    /// Begins a journal with an experiment. Throws `JournalError`; `exists` if there is a file of that name.
    public init(creating path: String, experiment: Experiment) throws(JournalError) {
        file = try JournalFile(creating: path)
        let payload = experiment.canonicalBytes()
        digest = Digest(of: payload)
        recordCount = 0
        try file.append(JournalFormat.magic + JournalFormat.frame(payload, digest: digest))
        try file.sync()
    }

    /// Goes on with a journal: reads and checks it, cuts a torn last frame off, and hands out what it holds.
    ///
    /// Throws `JournalError` when it cannot be opened or its middle is corrupt.
    public init(
        continuing path: String, _ take: (Experiment, [TickRecord]) throws(JournalError) -> Void
    ) throws(JournalError) {
        file = try JournalFile(appending: path)
        let reader = try JournalReader(path)
        var records: [TickRecord] = []
        while let entry = try reader.next() { records.append(entry.record) }
        if reader.position < (try file.size()) { try file.truncate(to: reader.position) }
        digest = reader.digest
        recordCount = records.count
        try take(reader.experiment, records)
    }

    /// Appends a record and returns its bytes with the digest of the chain. Throws `JournalError`.
    public func append(_ record: TickRecord) throws(JournalError) -> (bytes: [UInt8], digest: Digest) {
        let payload = record.canonicalBytes()
        digest = digest.chained(with: payload)
        try file.append(JournalFormat.frame(payload, digest: digest))
        recordCount += 1
        return (payload, digest)
    }

    /// Waits until everything appended is on the disk. Throws `JournalError`.
    public func sync() throws(JournalError) {
        try file.sync()
    }
}

/// Reads a journal frame by frame and checks the chain.
public final class JournalReader {
    /// What was run.
    public let experiment: Experiment
    /// Digest of the chain up to what was read.
    public private(set) var digest: Digest
    /// Bytes of the file that were read and found good.
    public private(set) var position: Int
    /// Whether the file ended within a frame: the process that wrote it died there.
    public private(set) var isTorn = false
    private let file: JournalFile
    private let path: String

    /// Opens a journal and reads its experiment. Throws `JournalError`.
    public init(_ path: String) throws(JournalError) {
        self.path = path
        file = try JournalFile(reading: path)
        guard try file.read(JournalFormat.magic.count) == JournalFormat.magic else {
            throw JournalError(.format, path, "it does not begin as a journal does")
        }
        let start = try JournalReader.frame(file, path, at: JournalFormat.magic.count)
        guard let start, Digest(of: start.payload) == start.digest else {
            throw JournalError(.corrupt, path, "its head, the experiment, is broken")
        }
        do {
            experiment = try Experiment(canonicalBytes: start.payload)
        } catch {
            throw JournalError(.format, path, "its experiment cannot be read: \(error)")
        }
        digest = start.digest
        position = JournalFormat.magic.count + start.size
    }

    /// The next record with its bytes and digest; nil at the end, also where the last frame is torn.
    ///
    /// Throws `JournalError`: `corrupt` when a frame is whole but not what was written.
    public func next() throws(JournalError) -> (record: TickRecord, bytes: [UInt8], digest: Digest)? {
        guard !isTorn else { return nil }
        guard let frame = try JournalReader.frame(file, path, at: position) else {
            isTorn = position < (try file.size())
            return nil
        }
        let expected = digest.chained(with: frame.payload)
        guard frame.digest == expected else {
            throw JournalError(
                .corrupt, path, "the frame at byte \(position) does not have the digest written behind it")
        }
        let record: TickRecord
        do {
            record = try TickRecord(canonicalBytes: frame.payload, experiment: experiment)
        } catch {
            throw JournalError(.corrupt, path, "the frame at byte \(position) cannot be read: \(error)")
        }
        digest = expected
        position += frame.size
        return (record, frame.payload, digest)
    }

    /// A whole frame; nil at the end of the file or within a torn frame.
    private static func frame(
        _ file: JournalFile, _ path: String, at position: Int
    ) throws(JournalError) -> (payload: [UInt8], digest: Digest, size: Int)? {
        let header = try file.read(JournalFormat.headerCount)
        guard header.count == JournalFormat.headerCount else { return nil }
        guard let length = JournalFormat.length(header) else {
            throw JournalError(.corrupt, path, "the frame at byte \(position) has no valid length")
        }
        let payload = try file.read(length)
        let digest = try file.read(Digest.byteCount)
        guard payload.count == length, let digest = Digest(bytes: digest) else { return nil }
        return (payload, digest, JournalFormat.headerCount + length + Digest.byteCount)
    }
}
