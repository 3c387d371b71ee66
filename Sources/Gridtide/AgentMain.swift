internal import Foundation

extension AgentProcess {
    /// Plays the agent that the environment names, with one of the strategies, and ends this process: with 0 when the run is
    /// over, 1 when it failed, 4 when the coordinator was lost. The whole main of a package of one's own.
    public static func main(_ strategies: CatalogueEntry...) -> Never {
        let environment = ProcessInfo.processInfo.environment
        guard let name = environment["GRIDTIDE_NAME"], let place = environment["GRIDTIDE_ENDPOINT"] else {
            end(
                1,
                "GRIDTIDE_NAME and GRIDTIDE_ENDPOINT must say which agent, and where. Name this program in a scenario: strategy: {exec: [./my-agent]}."
            )
        }
        let hasLauncher = environment["GRIDTIDE_LIFELINE"] == "1"
        if hasLauncher { followLauncher() }
        do {
            let keyFile = environment["GRIDTIDE_KEY_FILE"].flatMap { $0.isEmpty ? nil : $0 }
            let scenario = environment["GRIDTIDE_SCENARIO"].flatMap { Digest(hexadecimal: $0) }
            try run(
                names: [name], endpoint: try Endpoint(parsing: place), scenario: scenario,
                catalogue: AgentCatalogue(strategies), keys: try keyFile.map { try KeyFile.linkKeys(at: $0) },
                insecure: environment["GRIDTIDE_INSECURE"] == "1", watchesCoordinator: !hasLauncher)
        } catch let error as AgentError where error.code == .coordinatorLost {
            end(4, "\(error)")
        } catch {
            end(1, "\(error)")
        }
        end(0, nil)
    }

    /// Watches standard input on a thread of its own, and when it ends tidies up and ends this process with 70: it is the
    /// launcher's, which the kernel closes even when that is killed.
    public static func followLauncher(tidyUp: @escaping @Sendable () -> Void = {}) {
        let thread = Thread {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                guard count == 0 || (count < 0 && errno != EINTR) else { continue }
                tidyUp()
                _exit(70)
            }
        }
        thread.stackSize = 64 * 1024
        thread.start()
    }

    private static func end(_ status: Int32, _ text: String?) -> Never {
        if let text { FileHandle.standardError.write(Data((text + "\n").utf8)) }
        exit(status)
    }
}
