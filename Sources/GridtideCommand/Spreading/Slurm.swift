internal import Foundation

/// What Slurm says of itself, by its own commands.
enum Slurm {
    /// The job this process is in.
    struct Allocation {
        /// Its number.
        let job: String
        /// Names of its nodes.
        let nodes: [String]
        /// The address of this host, in numbers, as the others reach it.
        let address: String
    }

    /// Whether this process is in a job.
    static var isInJob: Bool { ProcessInfo.processInfo.environment["SLURM_JOB_ID"] != nil }

    /// The job this process is in. Throws `CommandError` where there is none, or Slurm does not say what it must.
    ///
    /// - Parameter address: the address to take in place of the one that Slurm knows.
    static func allocation(address: String?) throws -> Allocation {
        let environment = ProcessInfo.processInfo.environment
        guard let job = environment["SLURM_JOB_ID"], let list = environment["SLURM_JOB_NODELIST"] else {
            throw CommandError(.invalidInput, "This is no Slurm job: SLURM_JOB_ID and SLURM_JOB_NODELIST are not set.")
        }
        let names = try call(["scontrol", "show", "hostnames", list]).split(separator: "\n").map(String.init)
        return Allocation(
            job: job, nodes: names, address: try address ?? ownAddress(node: environment["SLURMD_NODENAME"]))
    }

    /// The address of this host, in numbers: where Slurm reaches it if it is a node, else the one of its name, as of a host
    /// on which salloc was called.
    private static func ownAddress(node: String?) throws -> String {
        var name = ProcessInfo.processInfo.hostName
        if let node {
            let words = try call(["scontrol", "--oneliner", "show", "node", node]).split(separator: " ")
            name = words.first { $0.hasPrefix("NodeAddr=") }.map { String($0.dropFirst("NodeAddr=".count)) } ?? node
        }
        guard let address = resolved(name) else {
            throw CommandError(
                .invalidInput, "The name of this host, \(name), has no address. Give one in numbers with --address.")
        }
        return address
    }

    /// A host name as an address in numbers, of the first kind that it has.
    private static func resolved(_ name: String) -> String? {
        var hints = addrinfo()
        hints.ai_socktype = numericCast(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(found) }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard
            getnameinfo(
                first.pointee.ai_addr, first.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
                == 0
        else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Submits a script and returns the number of its job. Throws `CommandError`.
    static func submit(_ script: String, options: [String] = []) throws -> String {
        let answer = try call(["sbatch", "--parsable"] + options + [script])
        return String(answer.prefix { $0.isNumber })
    }

    /// Whether a job waits or runs. Throws `CommandError`.
    static func isUnderWay(_ job: String) throws -> Bool {
        // squeue calls a job that is long over an error, unless it looks for it among all.
        let jobs = try call(["squeue", "--noheader", "--me", "--format=%F"])
        return jobs.split(separator: "\n").contains { $0.trimmingCharacters(in: .whitespaces) == job }
    }

    /// What a command of Slurm prints. Throws `CommandError` with what it said when it fails.
    private static func call(_ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw CommandError(.failed, "\(words[0]) cannot be started: \(error.localizedDescription)")
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let words = ShellWord.line(words)
            let why = complaint.trimmingCharacters(in: .whitespacesAndNewlines)
            throw CommandError(
                .failed,
                "Slurm: '\(words)' failed with status \(process.terminationStatus)\(why.isEmpty ? "" : ": \(why)")")
        }
        return text
    }
}
