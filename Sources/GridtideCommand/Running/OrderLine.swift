internal import Foundation
internal import ZeroMQTransport

/// What the launcher tells the coordinator: one JSON object per line of its standard input, whose end is the launcher's.
enum OrderLine: Codable, Equatable {
    /// A process is gone; another will come in its place and play the same agents.
    case awaitSuccessor(names: [String])
    /// A process is gone, and the run goes on without its agents.
    case goOnWithout(names: [String])

    /// The order in a line, nil for anything else.
    init?(line: String) {
        guard let order = try? JSONDecoder().decode(OrderLine.self, from: Data(line.utf8)) else { return nil }
        self = order
    }

    /// What the coordinator's service is given.
    var order: CoordinatorService.Order {
        switch self {
        case .awaitSuccessor(let names): .awaitSuccessor(names: names)
        case .goOnWithout(let names): .goOnWithout(names: names)
        }
    }

    /// Writes the line at once. A coordinator that is gone reads nothing; its end is seen elsewhere.
    func send(to descriptor: Int32) {
        guard let data = try? JSONEncoder().encode(self) else { return }
        Console.write(String(decoding: data, as: UTF8.self) + "\n", to: descriptor)
    }
}
