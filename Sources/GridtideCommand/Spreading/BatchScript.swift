/// A script for sbatch: its options stand in it, so that it can be submitted again by hand.
struct BatchScript {
    /// Name of the job.
    let name: String
    /// Nodes it needs.
    var nodes = 1
    /// Longest time, as `sbatch --time` reads it; nil for that of the partition.
    var time: String?
    /// Tasks of a job array, such as `0-3`; nil of a single job.
    var array: String?
    /// Where its output goes.
    let log: String
    /// Further options, as on the command line of sbatch; they win.
    var options: [String] = []
    /// What a reader of the script should know, a line each.
    var remarks: [String] = []
    /// The command, and what stands behind it as shell.
    let command: [String]
    var tail = ""

    /// The text of the script.
    ///
    /// The command takes the place of the shell, so that it gets the signal Slurm sends a minute or two before the time is over. The
    /// job is begun again by Slurm when a node fails.
    var text: String {
        var own = [
            "--job-name=\(name)", "--nodes=\(nodes)", "--ntasks-per-node=1",
            "--output=\(log.replacing("%", with: "%%"))\(array == nil ? "" : "-%a")", "--open-mode=append", "--requeue",
            "--signal=B:TERM@60",
        ]
        if let time { own.append("--time=\(time)") }
        if let array { own.append("--array=\(array)") }
        let lines = (own + options).map { "#SBATCH \(ShellWord($0))" } + remarks.map { "# \($0)" }
        return """
            #!/bin/bash
            \(lines.joined(separator: "\n"))
            exec \(ShellWord.line(command))\(tail)

            """
    }
}
