import Foundation
import Testing

extension CommandTests {
    /// `gridtide validate`, `agents`, `schema` and the help: what can be known without a run.
    @Suite struct DescribingTests {
        @Test func goodScenarioIsValid() async throws {
            let sandbox = try Sandbox()
            let text = try await sandbox.gridtide("validate", "Scenarios/two-region")
            #expect(text.status == 0)
            #expect(text.output.hasPrefix("two-region is valid: 2 grid operators, 2 compute regions, 2 service nodes"))
            #expect(text.output.contains("scenario digest "))
            let file = try await sandbox.gridtide("validate", "Scenarios/two-region/scenario.yaml")
            #expect(file.output == text.output, "a file means its folder")
            let json = try await sandbox.gridtide("validate", "Scenarios/two-region", "--json")
            #expect(try json.output.asJSON()["valid"] as? Bool == true)
            #expect(sandbox.names(in: "runs").isEmpty)
        }

        @Test func wrongScenarioIsReportedWhole() async throws {
            let sandbox = try Sandbox()
            let overrides = ["--set", "clock.ticks=0", "--set", "regions.north-1.pue=0.5", "--set", "colour=red"]
            let text = try await sandbox.start(["validate", "Scenarios/two-region"] + overrides).result()
            #expect(text.status == 2 && text.output.isEmpty)
            for word in ["clock.ticks", "pue", "colour", "3 faults"] {
                #expect(text.notes.contains(word), "\(text.notes)")
            }
            let json = try await sandbox.start(["validate", "Scenarios/two-region", "--json"] + overrides).result()
            #expect(json.status == 2)
            let verdict = try json.output.asJSON()
            #expect(verdict["valid"] as? Bool == false)
            let faults = try #require(verdict["faults"] as? [[String: Any]])
            #expect(faults.count == 3)
            for fault in faults {
                #expect(
                    (fault["problem"] as? String)?.isEmpty == false && (fault["remedy"] as? String)?.isEmpty == false)
            }
        }

        @Test func emptyAndForeignFilesAreReported() async throws {
            let sandbox = try Sandbox()
            try sandbox.write("", to: "empty.yaml")
            try sandbox.write("\u{0}\u{1}\u{2}", to: "bytes.yaml")
            try sandbox.write("a: [1, 2", to: "open.yaml")
            try FileManager.default.createDirectory(atPath: sandbox.path("folder"), withIntermediateDirectories: false)
            for name in [
                "empty.yaml", "bytes.yaml", "open.yaml", "folder", "Scenarios/two-region/demand.csv", "/dev/null",
            ] {
                let result = try await sandbox.gridtide("validate", name)
                #expect(result.status == 2, "\(name): \(result.notes)")
                #expect(result.notes.contains("fault"), "\(name): \(result.notes)")
            }
        }

        @Test func agentsAreListedAndDescribed() async throws {
            let sandbox = try Sandbox()
            let list = try await sandbox.gridtide("agents")
            #expect(list.status == 0)
            for word in ["grid-operator", "compute-region", "service-node", "merit-order", "deferring"] {
                #expect(list.output.contains(word))
            }
            let one = try await sandbox.gridtide("agents", "merit-order")
            #expect(one.status == 0 && one.output.contains("demandMW [MW] (required)"))
            let json = try await sandbox.gridtide("agents", "--json")
            let entries = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
            #expect((entries?.count ?? 0) >= 12)
            let unknown = try await sandbox.gridtide("agents", "bogus")
            #expect(unknown.status == 2 && unknown.notes.contains("merit-order"))
        }

        @Test func schemaIsJSON() async throws {
            let sandbox = try Sandbox()
            let result = try await sandbox.gridtide("schema")
            #expect(result.status == 0)
            let schema = try result.output.asJSON()
            #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
            let reference = try await sandbox.gridtide("schema", "--reference")
            #expect(reference.status == 0 && reference.output.contains("|"))
        }

        @Test func helpAndVersion() async throws {
            let sandbox = try Sandbox()
            let version = try await sandbox.gridtide("--version")
            #expect(version.status == 0 && version.output.split(separator: ".").count == 3)
            for command in ["run", "validate", "compare", "verify", "agents", "schema"] {
                let help = try await sandbox.gridtide("help", command)
                #expect(help.status == 0 && help.output.contains("USAGE: gridtide \(command)"))
            }
        }
    }
}
