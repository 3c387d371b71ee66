import CoSimulation
import Foundation
import Scenarios
import TestKit
import Testing

@testable import GridtideCommand

/// Who runs where, and what is started for it: all of it worked out without a host or a job.
@Suite("Spreading")
struct SpreadingTests {
    private static let nasty = [
        "plain", "", "two words", "it's", "\"quoted\"", "$HOME", "`id`", "a;b|c&d", "*", "~", "=ls", "back\\slash",
        "new\nline", "ümläut", "-n", "#no comment", "!1",
    ]

    /// What a shell makes of a line: its words.
    private func words(ofLine line: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }

    @Test("Whatever a word holds, a shell reads it back as it was")
    func shellWords() throws {
        #expect(try words(ofLine: "printf '%s\\0' " + ShellWord.line(Self.nasty)) == Self.nasty)
        #expect(ShellWord("tcp://10.0.0.1:7000").description == "tcp://10.0.0.1:7000")
    }

    // MARK: Seats

    private let agents = ["north", "south", "north-1", "south-1", "stockholm", "frankfurt"]

    private func host(_ name: String, _ agents: [String]? = nil) -> HostsFile.Host {
        HostsFile.Host(name: name, destination: name, agents: agents)
    }

    @Test("Agents are where they are named; the rest goes in turn to hosts that name none, or stays here")
    func seats() {
        let shared = Seating(of: agents, over: [host("a", ["south", "stockholm"]), host("b"), host("c")])
        #expect(shared.seats == [1, 0, 2, 1, 0, 2])
        #expect(shared.places.map(\.name) == ["a", "b", "c"])
        let rest = Seating(of: agents, over: [host("a", ["south"]), host("b", ["north"])])
        #expect(rest.seats == [1, 0, 2, 2, 2, 2])
        #expect(rest.places.last == .here)
        #expect(Seating(of: agents, over: [host("a")]).seats == [0, 0, 0, 0, 0, 0])
        let nodes = Seating(agentCount: 5, over: ["n1", "n2"])
        #expect(nodes.seats == [0, 1, 0, 1, 0] && nodes.places == [.node("n1"), .node("n2")])
        for seating in [shared, rest, nodes] {
            let all = seating.places.indices.flatMap(seating.agents(at:))
            #expect(all.sorted() == Array(seating.seats.indices), "each agent has one seat")
        }
    }

    @Test("A process has agents of one host; on another host all have one unless said otherwise")
    func groups() {
        let experiment = SampleExperiment.make(size: 2)
        let names = (0..<6).map { experiment.agent($0).name }
        let seating = Seating(of: names, over: [host("east", [names[3], names[4]])])
        func groups(_ processes: RunOptions.Processes?) -> [AgentGroup] {
            var options = RunOptions()
            options.processes = processes
            return AgentGroup.all(of: experiment, options: options, seating: seating)
        }
        func numbers(_ processes: RunOptions.Processes?) -> [[Int]] {
            groups(processes).map { $0.agents.map { names.firstIndex(of: $0)! } }
        }
        #expect(numbers(nil) == [[3, 4], [0], [1], [2], [5]])
        #expect(groups(nil).map(\.name) == ["@1@east", names[0], names[1], names[2], names[5]])
        #expect(groups(nil)[0].title == "process @1 of 2 agents on east")
        #expect(groups(.perAgent)[0].title == "compute-region \(names[3]) on east")
        #expect(numbers(.perRole) == [[3], [4], [0, 1], [2], [5]])
        #expect(numbers(.count(2)) == [[3], [4], [0, 2], [1, 5]])
        #expect(Set(groups(.count(1)).map(\.name)) == ["@1@east", "@1"])
    }

    // MARK: Commands

    @Test("ssh gets one line, in which every word survives; options of the user come first")
    func sshCommand() throws {
        let host = HostsFile.Host(
            name: "east", destination: "me@10.0.0.2", options: ["-p", "2222"], program: "/opt/it's here/gridtide")
        let words = Place.host(host).words(
            for: ["printf", "%s\\0"] + Self.nasty, environment: ["GRIDTIDE_NAME": "a b'c"], folder: "/")
        #expect(words.prefix(3) == ["ssh", "-p", "2222"])
        #expect(words.contains("BatchMode=yes") && words[words.count - 2] == "me@10.0.0.2")
        let line = try #require(words.last)
        #expect(line.hasPrefix("cd / && exec env SWIFT_BACKTRACE=enable=no 'GRIDTIDE_NAME=a b'\\''c' printf "))
        #expect(try self.words(ofLine: line) == Self.nasty)
        #expect(Place.host(host).program == "/opt/it's here/gridtide" && Place.host(host).name == "east")
    }

    @Test("srun gets the words as they are, in a shell that leaves SIGTERM to the launcher")
    func srunCommand() throws {
        let words = Place.node("n2").words(
            for: ["printf", "%s\\0"] + Self.nasty, environment: ["GRIDTIDE_NAME": "a b'c"], folder: "/some folder")
        let shell = try #require(words.firstIndex(of: "sh"))
        #expect(words.first == "srun" && words[..<shell].contains("--nodelist=n2"))
        #expect(words[..<shell].contains("--overlap") && words[..<shell].contains("--chdir=/some folder"))
        #expect(try self.words(ofLine: ShellWord.line(Array(words[shell...]))) == Self.nasty)
        #expect(words.suffix(Self.nasty.count + 3).first == "GRIDTIDE_NAME=a b'c")
    }

    @Test("Here, a command is what it is")
    func localCommand() {
        #expect(Place.here.words(for: ["a", "b c"]) == ["a", "b c"] && Place.here.name == nil)
    }

    // MARK: Batch scripts

    @Test("A batch script has its options in it, those of the user last, and becomes its command")
    func batchScript() throws {
        let script = BatchScript(
            name: "two-region", nodes: 3, time: "1:00:00", log: "/data/100% mine/job.log",
            options: ["--partition=debug", "--comment=it's mine"], remarks: ["A remark."],
            command: ["/opt/my programs/gridtide", "resume", "/data/100% mine/it's"])
        let lines = script.text.split(separator: "\n").map(String.init)
        #expect(lines.first == "#!/bin/bash")
        #expect(
            lines.dropFirst().dropLast() == [
                "#SBATCH --job-name=two-region", "#SBATCH --nodes=3", "#SBATCH --ntasks-per-node=1",
                "#SBATCH '--output=/data/100%% mine/job.log'", "#SBATCH --open-mode=append", "#SBATCH --requeue",
                "#SBATCH --signal=B:TERM@60", "#SBATCH --time=1:00:00", "#SBATCH --partition=debug",
                "#SBATCH '--comment=it'\\''s mine'", "# A remark.",
            ])
        #expect(lines.last == "exec '/opt/my programs/gridtide' resume '/data/100% mine/it'\\''s'")
    }
}
