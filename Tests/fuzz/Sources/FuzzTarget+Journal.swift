import CoSimulation
import Foundation

extension FuzzTarget {
    /// Reads bytes as the file of a journal: what it hands out must have the digests it says.
    func readJournal(_ bytes: [UInt8]) {
        let path = Self.path
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            fatalError("\(path) cannot be written")
        }
        guard let journal = try? JournalReader(path) else { return }
        var digest = journal.digest
        do {
            while let entry = try journal.next() {
                digest = digest.chained(with: entry.bytes)
                precondition(entry.digest == digest, "a record has another digest than its bytes give")
            }
        } catch {
            precondition(!error.description.isEmpty, "a journal is refused without words")
        }
        precondition(journal.position <= bytes.count, "more of a journal was read than there is")
        precondition(!journal.isTorn || journal.position < bytes.count, "a whole journal counts as torn")
    }

    /// A file of this process, in memory where the system has such a folder.
    private static let path: String = {
        let memory = "/dev/shm"
        let folder = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
        return "\(folder)/gridtide-fuzz-\(ProcessInfo.processInfo.processIdentifier).journal"
    }()

    /// A journal with right lengths and digests around payloads that each follow two bytes of length, written down from
    /// docs/database.md and not by the code that is tested.
    static func journal(of bytes: [UInt8]) -> [UInt8] {
        var file = Array("gridtide journal".utf8)
        var rest = bytes[...]
        var digest: Digest?
        while rest.count >= 2 {
            let length = Int(rest[rest.startIndex]) + Int(rest[rest.startIndex + 1]) << 8
            let payload = Array(rest.dropFirst(2).prefix(length))
            rest = rest.dropFirst(2 + length)
            digest = digest.map { $0.chained(with: payload) } ?? Digest(of: payload)
            for word in [UInt32(payload.count), ~UInt32(payload.count)] {
                for shift in stride(from: 0, to: 32, by: 8) { file.append(UInt8(truncatingIfNeeded: word >> shift)) }
            }
            file += payload + digest!.bytes
        }
        return file
    }
}
