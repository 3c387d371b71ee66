import Testing

extension CommandTests {
    /// `gridtide transmission`: what it finds, checked by scenarios with that tie, and where it finds nothing.
    @Suite struct TransmissionTests {
        private static let run = "runs/tie-line-1"
        private static let home = "mechanism={objective: home}"

        /// Generation cost of the tie-line scenario with everything at home and one more tie, $: by reader, recorder and
        /// `compare`, none of which the search uses.
        private func cost(extraMW: Double, _ sandbox: Sandbox) async throws -> Double {
            let backbone =
                "{name: backbone, from: north, to: south, forwardMW: {file: demand.csv, column: tie_mw}}"
            let extra = "{name: extra, from: south, to: north, forwardMW: \(extraMW)}"
            let result = try await sandbox.start([
                "run", "Scenarios/tie-line", "--in-process", "--no-baseline", "--json", "-q", "--set", Self.home,
                "--set", "gridOperators.nordland.ties=[\(backbone), \(extra)]",
            ]).result()
            try #require(result.status == 0, "\(result.notes)")
            let comparison = try #require(try result.output.asJSON()["comparison"] as? [String: Any])
            let grid = try #require((comparison["run"] as? [String: Any])?["grid"] as? [String: Any])
            return try #require(grid["costUSD"] as? Double)
        }

        @Test func capacityBringsTheSaving() async throws {
            let sandbox = try Sandbox(scenarios: ["tie-line"])
            let run = try await sandbox.gridtide("run", "Scenarios/tie-line", "--in-process", "-q")
            try #require(run.status == 0, "\(run.notes)")
            let result = try await sandbox.gridtide(
                "transmission", Self.run, "--from", "north", "--to", "south", "--json", "-q")
            let report = try result.output.asJSON()
            let target = try #require(report["runCostUSD"] as? Double)
            let equivalent = try #require(report["equivalent"] as? [String: Any])
            #expect(equivalent["finding"] as? String == "found")
            let enough = try #require((equivalent["enough"] as? [String: Any])?["capacityMW"] as? Double)
            let tooLittle = try #require((equivalent["tooLittle"] as? [String: Any])?["capacityMW"] as? Double)
            #expect(enough - tooLittle <= 0.1)
            #expect(try await cost(extraMW: enough, sandbox) <= target + 1)
            #expect(try await cost(extraMW: tooLittle, sandbox) > target)
            #expect(abs(try await cost(extraMW: 0, sandbox) - (report["homeCostUSD"] as? Double ?? 0)) < 1e-3)
            let text = try await sandbox.gridtide("transmission", Self.run, "--from", "north", "--to", "south")
            #expect(text.output.contains("between north and south of nordland would save as much"))
            #expect(text.notes.contains(" MW saves "))
        }

        @Test func noTieIsNeededOrEnough() async throws {
            let sandbox = try Sandbox(scenarios: ["tie-line"])
            _ = try await sandbox.run("--in-process", "--no-baseline", "--set", Self.home, as: "Scenarios/tie-line")
            let none = try await sandbox.gridtide("transmission", Self.run, "--from", "north", "--to", "south")
            #expect(none.status == 0 && none.output.contains("no tie is needed"), "\(none.output)")
            // Power costs 12 in the north and 14 in the south. Relocation saves that difference and what PUE makes; a tie that
            // loses half of what it carries would deliver at 24, so it is never used.
            _ = try await sandbox.run(
                "--in-process", "--no-baseline", "--set", "gridOperators.nordland.fleet[3].costUSDPerMWh=14", "--set",
                "gridOperators.nordland.fleet[4].costUSDPerMWh=14", as: "Scenarios/tie-line")
            let little = try await sandbox.gridtide(
                "transmission", "runs/tie-line-2", "--from", "north", "--to", "south", "--loss-share", "0.5")
            #expect(little.status == 0 && little.output.contains("no tie between north and south"), "\(little.output)")
            let nowhere = try await sandbox.gridtide(
                "transmission", "runs/tie-line-2", "--from", "north", "--to", "west")
            #expect(nowhere.status == 2)
            #expect(nowhere.notes.contains("there is no 'west'. Use one of north, south."), "\(nowhere.notes)")
        }

        @Test func operatorsWithoutTiesAreNamed() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let ends = ["transmission", "runs/two-region-1", "--from", "north", "--to", "south"]
            let none = try await sandbox.start(ends).result()
            #expect(none.status == 2 && none.notes.contains("those of this run that take ties: none"), "\(none.notes)")
            let unknown = try await sandbox.start(ends + ["--grid-operator", "west"]).result()
            #expect(unknown.status == 2 && unknown.notes.contains("there is no grid operator 'west'"))
            let unable = try await sandbox.start(ends + ["--grid-operator", "north"]).result()
            #expect(unable.status == 2 && unable.notes.contains("'north' takes no ties"), "\(unable.notes)")
            let usage = try await sandbox.start(ends + ["--tolerance-mw", "0"]).result()
            #expect(usage.status == 64)
        }
    }
}
