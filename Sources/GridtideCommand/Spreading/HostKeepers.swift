internal import CoSimulation
internal import Foundation
internal import Scenarios

/// The keepers of all hosts of a run.
struct HostKeepers {
    /// Where the keys are on each host, by its name.
    let folders: [String: String]
    private let keepers: [HostKeeper]

    /// Takes hold of all hosts of a run at once. Throws `RunError` or `CommandError`; nothing is held then.
    static func hold(for parts: RunParts, interruption: Interruption) async throws -> HostKeepers {
        let work = Task { try await hold(parts) }
        interruption.onRaise { work.cancel() }
        do {
            return try await work.value
        } catch is CancellationError {
            throw RunError(.interrupted, "interrupted before the first tick")
        }
    }

    private static func hold(_ parts: RunParts) async throws -> HostKeepers {
        var found: [(name: String, keeper: HostKeeper)] = []
        var failure: (any Error)?
        await withTaskGroup(of: (String, Result<HostKeeper, any Error>).self) { group in
            for host in parts.hosts {
                group.addTask {
                    do {
                        let keeper = try await HostKeeper.hold(
                            host, files: try parts.keyFiles(on: host), log: parts.log("@host@\(host.name)"))
                        return (host.name, .success(keeper))
                    } catch {
                        return (host.name, .failure(error))
                    }
                }
            }
            for await (name, result) in group {
                switch result {
                case .success(let keeper): found.append((name, keeper))
                case .failure(let error): failure = failure ?? error
                }
            }
        }
        let keepers = HostKeepers(
            folders: Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.keeper.folder) }),
            keepers: found.map(\.keeper))
        guard let failure else { return keepers }
        await keepers.end()
        throw failure
    }

    /// Lets go of all hosts.
    func end() async {
        await withTaskGroup { group in
            for keeper in keepers { group.addTask { await keeper.end() } }
        }
    }
}
