import Foundation
import Testing

extension CommandTests {
    /// Runs and sweeps on Slurm, with programs in the place of its commands that do at once and here what they are told.
    /// `Tests/slurm/run` does the same with a Slurm of two nodes.
    @Suite struct SlurmRunTests {
        /// Takes a step's options off and runs it.
        private static let srun = """
            #!/bin/sh
            printf '%s\\n' "$*" >>"$SLURM_LOG"
            while :; do
                case $1 in --*) shift ;; *) exec "$@" ;; esac
            done
            """
        private static let scontrol = """
            #!/bin/sh
            [ "$1 $2" = "show hostnames" ] && printf 'n1\\nn2\\n' || echo "NodeName=$4 Arch=x86_64 NodeAddr=127.0.0.1 Port=1"
            """
        /// Runs a script to its end, or each task of an array but the one that is to be lost.
        private static let sbatch = """
            #!/bin/bash
            for script; do :; done
            printf 'sbatch %s\\n' "$*" >>"$SLURM_LOG"
            export SLURM_JOB_ID=17 SLURM_JOB_NODELIST='n[1-2]' SLURMD_NODENAME=n1 SLURM_CPUS_ON_NODE=1
            last=$(sed -n 's/^#SBATCH --array=1-//p' "$script" | tail -1)
            for task in $(seq "${last:-1}"); do
                [ "$task" = "${LOST_TASK:-}" ] && [ -n "$last" ] && continue
                SLURM_ARRAY_TASK_ID=$task bash "$script" >>"$SLURM_LOG.output" 2>&1
            done
            echo 17
            """
        private static let squeue = """
            #!/bin/sh
            cat "$SLURM_LOG.queue" 2>/dev/null || :
            """

        private let sandbox: Sandbox

        init() throws {
            sandbox = try Sandbox()
            try FileManager.default.createDirectory(atPath: sandbox.path("bin"), withIntermediateDirectories: true)
            let commands = [
                ("srun", Self.srun), ("scontrol", Self.scontrol), ("sbatch", Self.sbatch), ("squeue", Self.squeue),
            ]
            for (name, text) in commands {
                try sandbox.write(text, to: "bin/\(name)")
                chmod(sandbox.path("bin/\(name)"), 0o755)
            }
            try sandbox.write(
                """
                gridtide: 1
                name: prices
                scenario: Scenarios/two-region
                axes:
                  - {name: price, set: mechanism.carbonPriceUSDPerTonne, range: {from: 0, to: 60, step: 10}}
                """, to: "sweep.yaml")
        }

        private func gridtide(_ words: [String], _ settings: [String: String] = [:]) async throws
            -> RunningProgram.Result
        {
            let path = sandbox.environment["PATH"] ?? "/usr/bin:/bin"
            let own = ["PATH": "\(sandbox.path("bin")):\(path)", "SLURM_LOG": sandbox.path("slurm")]
            let environment = sandbox.environment.merging(own) { $1 }.merging(settings) { $1 }
            return try await RunningProgram(
                try Program.path(), words, in: sandbox.folder, environment: environment
            ).result()
        }

        private func text(_ name: String) -> String {
            (try? String(contentsOfFile: sandbox.path(name), encoding: .utf8)) ?? ""
        }

        private let job = ["SLURM_JOB_ID": "17", "SLURM_JOB_NODELIST": "n[1-2]", "SLURMD_NODENAME": "n1"]
        private let launch = ["launch", "--on", "slurm", "Scenarios/two-region", "--no-baseline"]

        @Test func withinAJobAStepRunsOnEachNode() async throws {
            let wanted = try await sandbox.run("--in-process", "--no-baseline")
            let result = try await gridtide(launch, job)
            #expect(result.status == 0 && result.output.value(of: "digest") == wanted, "\(result.notes)")
            #expect(result.notes.contains("all agents in 2 processes on 2 hosts"), "\(result.notes)")
            let steps = text("slurm").split(separator: "\n")
            #expect(steps.count == 2)
            #expect(Set(steps.compactMap { $0.firstMatch(of: /--nodelist=(\S+)/)?.1 }) == ["n1", "n2"], "\(steps)")
            #expect(steps.allSatisfy { $0.contains("--endpoint tcp://127.0.0.1:") }, "\(steps)")
            #expect(!FileManager.default.fileExists(atPath: sandbox.path("runs/two-region-2/keys")), "keys are left")
        }

        @Test func outsideOfAJobOneIsSubmittedThatGoesOnWithTheRun() async throws {
            let wanted = try await sandbox.run("--in-process", "--no-baseline")
            let result = try await gridtide(
                launch + ["--runs", "my runs", "--time", "10", "--sbatch", "--comment=a b"])
            #expect(result.status == 0, "\(result.notes)")
            #expect(result.output == "run     my runs/two-region-1\njob     17\n")
            let script = text("my runs/two-region-1/job.sh")
            for line in ["--nodes=2", "--time=10", "'--comment=a b'", "--requeue"] {
                #expect(script.contains("\n#SBATCH \(line)\n"), "\(line) is not in: \(script)")
            }
            #expect(text("slurm.output").value(of: "digest") == wanted, "\(text("slurm.output"))")
            let again = try await gridtide(["resume", "my runs/two-region-1", "-q"])
            #expect(again.status == 0 && again.output.value(of: "digest") == wanted, "\(again.notes)")
        }

        @Test func aDryRunSubmitsNothing() async throws {
            let result = try await gridtide(launch + ["--dry-run"])
            #expect(result.status == 0 && result.output == text("runs/two-region-1/job.sh"), "\(result.notes)")
            #expect(result.output.hasPrefix("#!/bin/bash\n#SBATCH --job-name=two-region\n"))
            #expect(text("slurm").isEmpty)
        }

        private let sweep = ["sweep", "sweep.yaml", "--on", "slurm", "--tasks", "3"]

        @Test func aSweepIsSharedOutAndPutTogether() async throws {
            let here = try await gridtide(["sweep", "sweep.yaml", "--database", "here.sqlite", "--json"])
            let submitted = try await gridtide(sweep)
            #expect(submitted.status == 0 && submitted.output == "job     17\nmerge   17\n", "\(submitted.notes)")
            #expect(submitted.notes.contains("7 points in 3 tasks"), "\(submitted.notes)")
            let result = try await gridtide(sweep + ["--json"])
            #expect(result.status == 0 && result.output == here.output, "\(result.notes)")
            #expect(sandbox.names(in: "sweeps") == ["prices.sqlite"])
        }

        @Test func whatALostTaskDidNotDoIsRunAgainAndNothingElse() async throws {
            let here = try await gridtide(["sweep", "sweep.yaml", "--database", "here.sqlite", "--json"])
            _ = try await gridtide(sweep, ["LOST_TASK": "2"])
            #expect(text("slurm.output").contains("2 points are missing"), "\(text("slurm.output"))")
            let again = try await gridtide(sweep)
            #expect(again.notes.contains("0 points from 2 databases\n2 points in 2 tasks"), "\(again.notes)")
            #expect(text("sweeps/prices.parts/points") == "1\n4\n")
            let result = try await gridtide(sweep + ["--json"])
            #expect(result.status == 0 && result.output == here.output, "\(result.notes)")
        }

        @Test func aMergeWithoutAnyDatabaseSaysWhatIsMissing() async throws {
            let submitted = try await gridtide(
                ["sweep", "sweep.yaml", "--on", "slurm", "--tasks", "1"], ["LOST_TASK": "1"])
            #expect(submitted.status == 0, "\(submitted.notes)")
            for line in ["0 points from 0 databases", "7 points are missing"] {
                #expect(text("slurm.output").contains(line), "\(text("slurm.output"))")
            }
        }

        @Test func anOptionForTheArrayIsNotForTheMerge() async throws {
            let options = ["--sbatch", "--array=1-2", "--sbatch", "-a1-2", "--sbatch", "--comment=x"]
            let submitted = try await gridtide(sweep + options)
            #expect(submitted.status == 0, "\(submitted.notes)")
            let merge = text("sweeps/prices.parts/collect.sh")
            #expect(merge.contains("\n#SBATCH --comment=x\n") && !merge.contains("1-2"), "\(merge)")
            #expect(text("slurm.output").matches(of: /points from 2 databases/).count == 1, "\(text("slurm.output"))")
        }

        @Test func aSweepThatIsUnderWayIsLeftAlone() async throws {
            _ = try await gridtide(sweep, ["LOST_TASK": "2"])
            try sandbox.write("  17\n", to: "slurm.queue")
            let calls = text("slurm")
            for words in [sweep, sweep + ["--anew"]] {
                let result = try await gridtide(words)
                #expect(
                    result.status == 75 && result.notes.contains("Job 17 of the sweep is under way"), "\(result.notes)")
            }
            #expect(text("slurm") == calls, "something was submitted")
        }

        @Test func sharesByHandMakeTheSweepToo() async throws {
            let here = try await gridtide(["sweep", "sweep.yaml", "--database", "here.sqlite", "--json"])
            for share in ["1/2", "2/2"] {
                let name = "\(share.prefix(1)).sqlite"
                let result = try await gridtide(["sweep", "sweep.yaml", "--share", share, "--database", name])
                #expect(result.status == 0 && result.output.isEmpty, "\(result.notes)")
            }
            let half = try await gridtide(["sweep", "sweep.yaml", "--merge", "1.sqlite", "--json"])
            #expect(half.status == 1 && half.notes.contains("3 points are missing"), "\(half.notes)")
            let whole = try await gridtide(["sweep", "sweep.yaml", "--json", "--merge", "2.sqlite", "1.sqlite"])
            #expect(whole.status == 0 && whole.output == here.output, "\(whole.notes)")
            // A folder stands for what is in it, but for the database that takes it over.
            let folder = ["--merge", ".", "--database", "all.sqlite"]
            for count in ["7 points from 3 databases", "0 points from 3 databases"] {
                let all = try await gridtide(["sweep", "sweep.yaml", "--json"] + folder)
                #expect(all.status == 0 && all.notes.contains(count) && all.output == here.output, "\(all.notes)")
            }
            let wrong = try await gridtide(["sweep", "sweep.yaml", "--share", "3/2"])
            #expect(wrong.status == 64 && wrong.notes.contains("'3/2' is no share"), "\(wrong.notes)")
        }
    }
}
