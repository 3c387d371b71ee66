internal import Subprocess
internal import SystemPackage

/// One layout of addresses for all reference agents that a launcher starts on its host.
///
/// Hundreds of processes on few cores take turns, and whoever comes next finds what the processor has learnt of the last
/// one's branches useful only where its code is at the same addresses: with a random layout for each, 64 agents exchange a
/// fifth fewer messages. They listen nowhere, so that a layout nobody can guess protects little; the coordinator, which
/// listens, keeps its own, and so do programs of others, of which nothing is known.
enum AddressLayout {
    private static let program = "/usr/bin/setarch"

    /// What stands in front of the command of an agent; nothing where the system cannot do it or a container forbids it.
    static func sharingWords() async -> [String] {
        #if os(Linux)
            let trial = try? await Subprocess.run(
                .path(FilePath(program)), arguments: ["-R", "true"], output: .discarded, error: .discarded)
            return trial?.terminationStatus.isSuccess == true ? [program, "-R"] : []
        #else
            return []
        #endif
    }
}
