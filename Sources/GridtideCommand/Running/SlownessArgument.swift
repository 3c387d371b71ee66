internal import ArgumentParser
internal import Scenarios

/// A slow agent on the command line of the coordinator: `name:fromTick:toTick:seconds`.
struct SlownessArgument: ExpressibleByArgument, CustomStringConvertible {
    let slowness: RunOptions.Slowness

    init(_ slowness: RunOptions.Slowness) {
        self.slowness = slowness
    }

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4, let from = Int(parts[1]), let to = Int(parts[2]), from < to,
            let seconds = Double(parts[3]), seconds >= 0, seconds.isFinite
        else { return nil }
        slowness = RunOptions.Slowness(agent: String(parts[0]), fromTick: from, toTick: to, seconds: seconds)
    }

    var description: String { "\(slowness.agent):\(slowness.fromTick):\(slowness.toTick):\(slowness.seconds)" }
}
