import CoSimulation
import Foundation
import Scenarios
import Testing

@Suite("Hosts files")
struct HostsFileTests {
    private static let agents = ["north", "south", "north-1", "stockholm"]

    private func load(_ text: String) throws -> HostsFile {
        try HostsFile.load(.memory(["hosts.yaml": text]), file: "hosts.yaml", agents: Self.agents)
    }

    private func faults(_ text: String) -> [ScenarioFault] {
        do {
            _ = try load(text)
            return []
        } catch {
            return (error as? ScenarioError)?.faults ?? []
        }
    }

    @Test("Everything arrives; what is left out gets its default")
    func goodFile() throws {
        let file = try load(
            """
            gridtide: 1
            address: 10.0.0.1
            port: 7000
            program: /opt/gridtide/bin/gridtide
            hosts:
              - name: east
                ssh: me@10.0.0.2
                options: [-p, "2222"]
                folder: /home/me/it's here
                agents: [north-1, south]
              - {name: west, program: gridtide}
            """)
        #expect(file.address == "10.0.0.1" && file.port == 7000)
        #expect(
            file.hosts == [
                HostsFile.Host(
                    name: "east", destination: "me@10.0.0.2", options: ["-p", "2222"],
                    program: "/opt/gridtide/bin/gridtide", folder: "/home/me/it's here", agents: ["north-1", "south"]),
                HostsFile.Host(name: "west", destination: "west", program: "gridtide"),
            ])
        let least = try load("{gridtide: 1, address: \"fd00::1\", hosts: [{name: a}]}")
        #expect(
            least == HostsFile(address: "fd00::1", hosts: [HostsFile.Host(name: "a", destination: "a")]))
    }

    @Test("The example of the documentation is right")
    func documentedFile() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/launch.md"), encoding: .utf8)
        let block = try #require(page.firstMatch(of: /(?s)```yaml\n(# hosts\.yaml\n.*?)```/)?.1)
        let file = try load(String(block))
        #expect(file.hosts.map(\.name) == ["east", "west"] && file.hosts[0].agents == ["north-1", "stockholm"])
    }

    @Test("All faults come at once, each with its line, its rule and a remedy")
    func allFaults() throws {
        let faults = faults(
            """
            gridtide: 1
            address: head.example
            port: 70000
            hosts:
              - {name: east, ssh: "-oProxyCommand=x", agents: [north-1, nroth]}
              - {name: east, agents: [north-1], user: me}
              - {ssh: two words}
            """)
        let found = faults.map { "\($0.line ?? 0) \($0.path) \($0.code.rawValue)" }
        #expect(
            found == [
                "2 address wrong-kind", "3 port out-of-range", "5 hosts[0].ssh invalid-name",
                "5 hosts[0].agents[1] unknown-reference", "6 hosts[1].name duplicate-name",
                "6 hosts[1].agents[0] duplicate-name", "6 hosts[1].user unknown-key", "7 hosts[2].name missing-key",
                "7 hosts[2].ssh invalid-name",
            ])
        #expect(faults.allSatisfy { !$0.problem.isEmpty && !$0.remedy.isEmpty })
        #expect(faults.first { $0.code == .unknownReference }?.remedy.contains("north") == true)
    }

    @Test("A file without hosts, of another version, or that is no YAML is refused")
    func noHosts() {
        #expect(faults("{gridtide: 1, address: 10.0.0.1, hosts: []}").map(\.path) == ["hosts"])
        #expect(faults("{gridtide: 2}").map(\.code) == [.unsupportedVersion])
        #expect(faults("hosts: [").map(\.code) == [.invalidYAML])
    }
}
