internal import CoSimulation
internal import Foundation
internal import Scenarios
internal import Subprocess

/// Holds a host of a run: sees that it can be reached and has the program, and keeps the keys of its processes there.
///
/// It is a shell on the host that makes a private folder, says where that is, and removes it when its standard input ends:
/// when the run is over, or the launcher is gone. Keys travel on that input, never on a command line.
struct HostKeeper: Sendable {
    /// The folder on the host.
    let folder: String
    private let session: Session

    /// What the shell says.
    private enum Word: Sendable {
        case ready(version: String, folder: String)
        case ended
    }

    /// The shell, for as long as its input lasts.
    private struct Session: Sendable {
        let input: Int32
        let shell: Task<Void, Never>

        /// Ends the input and waits for the shell, which a host that was cut off holds up for some seconds at most.
        func end() async {
            close(input)
            let patience = Task {
                try await Task.sleep(for: .seconds(3))
                shell.cancel()
            }
            await shell.value
            patience.cancel()
        }
    }

    /// Takes hold of a host and brings files there, by name. Throws `RunError` with what is wrong with the host, or
    /// `CommandError`.
    static func hold(_ host: HostsFile.Host, files: [String: String], log: String) async throws -> HostKeeper {
        // Whoever launches a run wants to hear at once that a host is away.
        var once = host
        once.options += ["-o", "ConnectionAttempts=1"]
        let child = Child(
            name: "@host@\(host.name)", title: "host \(host.name)", arguments: ["sh"], log: log, isHeard: true,
            foreignFolder: "/", place: .host(once))
        let ends = try Lifeline.make()
        let (words, sink) = AsyncStream.makeStream(of: Word.self)
        let shell = Task {
            _ = await child.run(
                input: ends.read, started: { _ in }, line: { if let word = word($0) { sink.yield(word) } })
            close(ends.read)
            sink.yield(.ended)
        }
        let session = Session(input: ends.write, shell: shell)
        await write(script(program: host.program, files: files), to: ends.write)
        for await word in words {
            switch word {
            case .ready(Software.version, let folder): return HostKeeper(folder: folder, session: session)
            case .ready(let version, _):
                await session.end()
                throw RunError(
                    .agentLost,
                    "host \(host.name): \(host.program) there is version \(version), and this is \(Software.version). "
                        + "Install the same version.")
            case .ended: break
            }
            break
        }
        await session.end()
        try Task.checkCancellation()
        throw RunError(.agentLost, complaint(about: host, child))
    }

    /// Lets go of the host, which removes the folder.
    func end() async { await session.end() }

    /// Writes on a thread of its own: a pipe takes some kilobytes, and the rest when its reader reads or is gone.
    private static func write(_ text: String, to input: Int32) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                Console.write(text, to: input)
                continuation.resume()
            }
        }
    }

    private static func word(_ line: String) -> Word? {
        let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
        return parts.count == 3 && parts[0] == "gridtide-keeper" ? .ready(version: parts[1], folder: parts[2]) : nil
    }

    private static func complaint(about host: HostsFile.Host, _ child: Child) -> String {
        let words = child.lastWords.map { ": \($0)" } ?? ""
        return
            "host \(host.name) cannot be used\(words). See that 'ssh \(ShellWord.line(host.options + [host.destination])) "
            + "\(ShellWord(host.program)) --version' works without a question."
    }

    /// What the shell on the host does.
    private static func script(program: String, files: [String: String]) -> String {
        // A word that stands in no key file, which are lines of a keyword, a space and a value.
        let end = "GRIDTIDE-END-OF-FILE"
        let lines = files.sorted { $0.key < $1.key }.map { name, text in
            "cat >\"$folder\"/\(ShellWord(name)) <<'\(end)'\n\(text)\n\(end)\n"
        }
        return """
            set -e
            umask 077
            version=$(\(ShellWord(program)) --version </dev/null)
            folder=$(mktemp -d "${TMPDIR:-/tmp}/gridtide-XXXXXXXX")
            trap 'rm -rf "$folder"' EXIT
            trap '' HUP
            \(lines.joined())printf 'gridtide-keeper %s %s\\n' "$version" "$folder"
            cat >/dev/null

            """
    }
}
