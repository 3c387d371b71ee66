import Testing

extension CommandTests {
    /// `gridtide transmission` where it can find nothing.
    @Suite struct TransmissionTests {
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
