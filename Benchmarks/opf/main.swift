import Foundation
import PowerGrid
import Support

let usage = """
    usage: opf REPEATS CASE.m...
    Solves DC optimal power flows by the convention of MATPOWER; prints milliseconds of processor time, a line of JSON
    each: reading the file, the first solve, and solves from the last basis after every demand has changed by 3 %.
    """

func measure(_ path: String, repeats: Int) throws {
    var random = SplitMix(seed: 1)
    var (read, cold, warm): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<repeats {
        let (milliseconds, network) = try timed { try MatpowerCase(path: path).network }
        read.append(milliseconds)
        // A power flow is made for its first solve, so that both count together.
        var (first, flow) = try timed { () throws -> DCOptimalPowerFlow in
            var flow = try DCOptimalPowerFlow(network, convention: .matpower)
            try require(flow.solve(), of: path)
            return flow
        }
        cold.append(first)
        let demandMW = network.buses.map(\.demandMW)
        for _ in 0..<5 {
            let changed = demandMW.map { $0 * (1 + 0.03 * (2 * random.uniform() - 1)) }
            let (again, _) = try timed {
                flow.setDemand(changed)
                try require(flow.solve(), of: path)
            }
            warm.append(again)
        }
    }
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    Program.report(name, [("read", read), ("cold", cold), ("warm", warm)])
}

func require(_ outcome: DispatchOutcome, of path: String) throws {
    guard outcome.dispatch != nil else { throw Fault(description: "\(path) is \(outcome.status)") }
}

Program.run("opf") { words in
    guard words.count >= 2, let repeats = Int(words[0]), repeats > 0 else { throw Fault(description: usage) }
    for path in words.dropFirst() { try measure(path, repeats: repeats) }
}
