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
    static func length(_ header: ArraySlice<UInt8>) -> Int? {
        func word(_ start: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(header[header.startIndex + start + $1]) << (8 * UInt32($1)) }
        }
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
    /// Bytes of a torn end that were cut off when it was opened.
    public let cutBytes: Int
    /// The file.
    public let path: String
    /// Largest payload written; tests lower it.
    var payloadLimit = JournalFormat.payloadLimit
    private let file: JournalFile
    private var pace: SyncPace

    /// Begins a journal with an experiment, which is on the disk then. Throws `JournalError`; `exists` if there is a file
    /// of that name.
    ///
    /// - Parameter pace: how long finished ticks may wait to reach the disk.
    public init(creating path: String, experiment: Experiment, pace: SyncPace = SyncPace()) throws(JournalError) {
        self.path = path
        self.pace = pace
        file = try JournalFile(creating: path)
        let payload = experiment.canonicalBytes()
        digest = Digest(of: payload)
        recordCount = 0
        cutBytes = 0
        do {
            try checkSize(of: payload, "the scenario with its series")
            try file.append(JournalFormat.magic + JournalFormat.frame(payload, digest: digest))
            try file.sync()
            try file.syncFolder()
        } catch {
            // A file without a whole head is no journal, and would be in the way of one.
            file.remove()
            throw error
        }
    }

    /// Goes on with a journal: checks every digest of it, and cuts off an end that was not written whole.
    ///
    /// Throws `JournalError` when it cannot be opened, another process writes it, or what is broken is not its end.
    public init(continuing path: String, pace: SyncPace = SyncPace()) throws(JournalError) {
        self.path = path
        self.pace = pace
        file = try JournalFile(appending: path)
        let reader = try JournalReader(path)
        do {
            while try reader.nextFrame() != nil {}
        } catch  where error.code == .corrupt {
            guard try !reader.hasFrame(after: reader.position) else {
                throw JournalError(
                    .corrupt, path,
                    "\(error.problem), and whole ticks follow: this is no torn end, and the run cannot be gone on with")
            }
        }
        let size = try file.size()
        cutBytes = size - reader.position
        if cutBytes > 0 { try file.truncate(to: reader.position) }
        digest = reader.digest
        recordCount = reader.recordCount
    }

    /// Appends a record and returns its bytes with the digest of the chain.
    ///
    /// Throws `JournalError`. Unless it was the sync that failed, the journal is then as it was: mend the cause and call again.
    public func append(_ record: TickRecord) throws(JournalError) -> (bytes: [UInt8], digest: Digest) {
        let payload = record.canonicalBytes()
        try checkSize(of: payload, "tick \(record.tick)")
        let chained = digest.chained(with: payload)
        try file.append(JournalFormat.frame(payload, digest: chained))
        digest = chained
        recordCount += 1
        if pace.isDue() { try sync() }
        return (payload, digest)
    }

    /// No reader believes more.
    private func checkSize(of payload: [UInt8], _ what: String) throws(JournalError) {
        guard payload.count > payloadLimit else { return }
        throw JournalError(
            .tooLarge, path, "\(what) has \(payload.count) bytes, and \(payloadLimit) are the most")
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
    /// Number of records read so far.
    public private(set) var recordCount = 0
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
        let start = position
        guard let frame = try nextFrame() else { return nil }
        do {
            let record = try TickRecord(canonicalBytes: frame.bytes, experiment: experiment)
            return (record, frame.bytes, frame.digest)
        } catch {
            throw JournalError(.corrupt, path, "the frame at byte \(start) cannot be read: \(error)")
        }
    }

    /// The next frame, its digest checked; nil at the end, also where the last frame is torn. Throws `JournalError`.
    func nextFrame() throws(JournalError) -> (bytes: [UInt8], digest: Digest)? {
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
        digest = expected
        position += frame.size
        recordCount += 1
        return (frame.payload, digest)
    }

    /// Whether something like a whole frame begins after a byte: a header whose frame ends at another header or with the
    /// file. By chance that is met once in 2^32 bytes.
    func hasFrame(after start: Int) throws(JournalError) -> Bool {
        let size = try file.size()
        var offset = start + 1
        while offset + JournalFormat.headerCount <= size {
            let bytes = try file.read(1 << 20, at: offset)
            for index in 0...max(0, bytes.count - JournalFormat.headerCount) {
                guard let length = JournalFormat.length(bytes[index...].prefix(JournalFormat.headerCount)) else {
                    continue
                }
                let end = offset + index + JournalFormat.headerCount + length + Digest.byteCount
                if end == size { return true }
                guard end < size else { continue }
                if JournalFormat.length(try file.read(JournalFormat.headerCount, at: end)[...]) != nil { return true }
            }
            offset += max(1, bytes.count - JournalFormat.headerCount + 1)
        }
        return false
    }

    /// A whole frame; nil at the end of the file or within a torn frame.
    private static func frame(
        _ file: JournalFile, _ path: String, at position: Int
    ) throws(JournalError) -> (payload: [UInt8], digest: Digest, size: Int)? {
        let header = try file.read(JournalFormat.headerCount)
        guard header.count == JournalFormat.headerCount else { return nil }
        guard let length = JournalFormat.length(header[...]) else {
            throw JournalError(.corrupt, path, "the frame at byte \(position) has no valid length")
        }
        // No memory is taken for what the file cannot hold.
        guard position + JournalFormat.headerCount + length + Digest.byteCount <= (try file.size()) else { return nil }
        let payload = try file.read(length)
        let digest = try file.read(Digest.byteCount)
        guard payload.count == length, let digest = Digest(bytes: digest) else { return nil }
        return (payload, digest, JournalFormat.headerCount + length + Digest.byteCount)
    }
}
