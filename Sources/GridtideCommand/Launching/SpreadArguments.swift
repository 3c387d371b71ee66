internal import ArgumentParser
internal import Scenarios

/// What a run that is spread over hosts or nodes asks for, as `gridtide run` does.
struct SpreadArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Processes the agents of each host are shared out among: one for all unless given, or the scenario says.",
            valueName: "per-agent|per-role|N"), transform: Run.processes)
    var processes: RunOptions.Processes?
    @Option(help: "Folder that holds the folders of runs.")
    var runs = "runs"
    @Option(
        help: ArgumentHelp(
            "Kill, stop and delay processes at random while the run goes on; the result stays the same.",
            valueName: "seed"))
    var chaos: UInt64?
    @Flag(help: "Serve a live dashboard of the run, as 'gridtide watch' does; at a terminal it stays until Ctrl-C.")
    var watch = false
    @Flag(inversion: .prefixedNo, help: "Also run with everything at home.")
    var baseline = true

    /// An option of these that was given; nil without any.
    func givenOption(besidesProcesses: Bool) -> String? {
        if processes != nil, !besidesProcesses { return "--processes" }
        if runs != "runs" { return "--runs" }
        if chaos != nil { return "--chaos" }
        if watch { return "--watch" }
        return baseline ? nil : "--no-baseline"
    }

    /// The options of a run. Chaos is there to be survived: where the scenario is silent, what is struck is started again.
    func options(_ options: RunOptions) -> RunOptions {
        var options = options
        if chaos != nil, options.onLoss == nil { options.onLoss = .restart }
        if let processes { options.processes = processes }
        return options
    }
}
