internal import CoSimulation
internal import Foundation
internal import Scenarios

/// Prepares a run as a Slurm job and submits it.
///
/// The job goes on with the run from wherever its journal ends, which is before the first tick at first. So the same script
/// serves whatever ended it: a time limit, a node that failed, `scancel`.
struct SlurmLaunch {
    let arguments: SlurmArguments
    let output: OutputArguments

    /// What `gridtide launch --on slurm --json` prints.
    private struct Report: Encodable {
        let folder: String
        let script: String
        /// Number of the job; nil where none was submitted.
        let job: String?
        /// Digest of the scenario.
        let scenario: String
    }

    /// Makes the folder of the run with its script, and submits that. Throws `CommandError`, `JournalError` or
    /// `RunStoreError`.
    func submit(_ scenario: Scenario, root: String, plan: RunPlan, runs: String) throws {
        let folder = try RunFolder.make(in: runs, name: scenario.experiment.name)
        try folder.keepScenario(files: scenario.files, root: root)
        try plan.keep(in: folder)
        try folder.begin(scenario.experiment)
        let script = script(for: folder, name: scenario.experiment.name)
        let file = folder.url.appendingPathComponent("job.sh")
        do {
            try Data(script.text.utf8).write(to: file, options: .atomic)
        } catch {
            throw CommandError(cannotMake: file.path, error)
        }
        let job = arguments.dryRun ? nil : try Slurm.submit(file.path)
        try report(
            Report(
                folder: folder.url.path, script: file.path, job: job, scenario: scenario.experiment.digest.description),
            script, run: folder.url.relativePath)
    }

    private func script(for folder: RunFolder, name: String) -> BatchScript {
        BatchScript(
            name: name, nodes: arguments.nodes ?? 2, time: arguments.time,
            log: folder.url.appendingPathComponent("job.log").path, options: arguments.options,
            remarks: ["Goes on with the run from wherever it was left: submit it again after whatever ended it."],
            command: [ProcessRun.executablePath, "resume", folder.url.path] + (output.json ? ["--json"] : []))
    }

    private func report(_ report: Report, _ script: BatchScript, run: String) throws {
        let console = output.console
        if output.json { return console.print(try console.json(report)) }
        guard let job = report.job else {
            console.print(script.text, terminator: "")
            return console.note("nothing was submitted; 'sbatch \(ShellWord(run + "/job.sh"))' does it")
        }
        console.print("run     \(run)")
        console.print("job     \(job)")
        console.note(
            "results will be in \(run)/job.log; 'gridtide top \(run)' shows how it stands, "
                + "'sbatch \(run)/job.sh' goes on with it after a time limit")
    }
}
