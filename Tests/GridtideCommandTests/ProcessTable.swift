import Foundation

/// The processes of the machine as `/proc` or `ps` tells them.
enum ProcessTable {
    /// A process.
    struct Entry: CustomStringConvertible {
        let pid: pid_t
        let parent: pid_t
        /// When it started, in words of the system: a process id may be used again.
        let start: String
        /// Its command line.
        let words: [String]

        var description: String { "\(pid) \(words.dropFirst().prefix(2).joined(separator: " "))" }

        /// Whether it is the same process as another entry.
        func isSame(as other: Entry) -> Bool { pid == other.pid && start == other.start }

        /// Whether it is a process of a run in this role, and of this name if one is given.
        func plays(_ role: String, named name: String? = nil) -> Bool {
            words.count > 2 && words[1] == role && (name.map { words.dropFirst(2).contains($0) } ?? true)
        }
    }

    /// All processes that have not ended.
    static func all() -> [Entry] {
        #if os(Linux)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return names.compactMap { Int32($0) }.sorted().compactMap(linuxEntry)
        #else
            return portableEntries()
        #endif
    }

    /// The processes a process has started.
    static func children(of pid: pid_t) -> [Entry] {
        all().filter { $0.parent == pid && $0.words.count > 1 }
    }

    #if os(Linux)
        private static func linuxEntry(_ pid: pid_t) -> Entry? {
            guard let stat = text("/proc/\(pid)/stat"), let line = text("/proc/\(pid)/cmdline"),
                let end = stat.lastIndex(of: ")")
            else { return nil }
            // Behind the name in brackets: state, parent, and as the 20th field the time of the start.
            let fields = stat[stat.index(after: end)...].split(separator: " ").map(String.init)
            guard fields.count > 19, fields[0] != "Z", let parent = pid_t(fields[1]) else { return nil }
            return Entry(
                pid: pid, parent: parent, start: fields[19], words: line.split(separator: "\0").map(String.init))
        }

        private static func text(_ path: String) -> String? {
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        }
    #else
        private static func portableEntries() -> [Entry] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/ps")
            process.arguments = ["-axwwo", "pid=,ppid=,stat=,lstart=,command="]
            let pipe = Pipe()
            process.standardOutput = pipe
            guard (try? process.run()) != nil else { return [] }
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            return output.split(separator: "\n").compactMap { line in
                let fields = line.split(separator: " ").map(String.init)
                guard fields.count > 8, let pid = pid_t(fields[0]), let parent = pid_t(fields[1]),
                    !fields[2].hasPrefix("Z")
                else { return nil }
                return Entry(
                    pid: pid, parent: parent, start: fields[3...7].joined(separator: " "), words: Array(fields[8...]))
            }
        }
    #endif
}
