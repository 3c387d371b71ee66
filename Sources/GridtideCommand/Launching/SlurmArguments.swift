internal import ArgumentParser

/// What only Slurm is asked for.
struct SlurmArguments: ParsableArguments {
    @Option(help: "Nodes of the job, for --on slurm; 2 unless given.")
    var nodes: Int?
    @Option(help: ArgumentHelp("Longest time of the job as sbatch reads it, for --on slurm.", valueName: "time"))
    var time: String?
    @Option(
        help: ArgumentHelp(
            "Address of the first node in numbers, as the others reach it, for --on slurm; the one Slurm knows unless given."
        ))
    var address: String?
    @Option(
        name: .customLong("sbatch"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A further option for sbatch, for --on slurm; may be repeated.", valueName: "option"))
    var options: [String] = []
    @Flag(help: "Print the batch script and submit nothing, for --on slurm.")
    var dryRun = false

    func validate() throws {
        if let nodes, nodes < 1 { throw ValidationError("--nodes must be at least 1.") }
    }

    /// An option of these that was given; nil without any.
    var givenOption: String? {
        if nodes != nil { return "--nodes" }
        if time != nil { return "--time" }
        if address != nil { return "--address" }
        if !options.isEmpty { return "--sbatch" }
        return dryRun ? "--dry-run" : nil
    }
}
