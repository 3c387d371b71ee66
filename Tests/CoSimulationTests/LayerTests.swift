import Foundation
import Testing

/// DESIGN 3: imports only point down. Read from the sources, so that no import slips in through the manifest.
@Suite struct LayerTests {
    /// What each module may import of ours, and which outside modules it may know.
    static let allowed: [String: Set<String>] = [
        "LinearProgram": ["CClp", "CHighs"],
        "PowerGrid": ["LinearProgram"],
        "InferencePlacement": ["LinearProgram"],
        "CoSimulation": ["CSodium", "InferencePlacement", "PowerGrid", "LinearProgram", "SwiftProtobuf"],
        "ZeroMQTransport": ["CZeroMQ", "CoSimulation", "InferencePlacement"],
        "RunStore": ["CoSimulation", "InferencePlacement", "GRDB", "GRDBSQLite"],
        "Scenarios": ["CoSimulation", "InferencePlacement", "PowerGrid", "Yams"],
        "RunAnalysis": ["RunStore", "CoSimulation", "InferencePlacement"],
        "RunReport": ["RunAnalysis", "RunStore", "CoSimulation", "InferencePlacement"],
        "Gridtide": ["CoSimulation", "InferencePlacement", "ZeroMQTransport", "PowerGrid"],
        "Agents": ["Gridtide", "CoSimulation", "InferencePlacement", "PowerGrid"],
        "GridtideCommand": [
            "CoSimulation", "InferencePlacement", "Gridtide", "PowerGrid", "ReferenceAgents", "RunAnalysis",
            "RunReport", "RunStore", "Scenarios", "ZeroMQTransport",
            "ArgumentParser", "Subprocess", "SystemPackage",
        ],
        "GridtideDashboard": ["RunReport", "ArgumentParser", "FlyingFox", "FlyingSocks"],
    ]
    static let platform: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Darwin", "Musl", "Dispatch", "Synchronization", "Testing",
    ]

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func sources(_ module: String) throws -> [URL] {
        let folder = Self.root.appendingPathComponent(module == "Agents" ? "Agents" : "Sources/\(module)")
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (found?.compactMap { $0 as? URL } ?? []).filter {
            $0.pathExtension == "swift" && !$0.path.contains("/python/")
        }
    }

    private func imports(_ file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            // Indented lines are within a declaration or a text.
            guard line.first != " " else { return nil }
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index < 3,
                words.prefix(index).allSatisfy({
                    $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0)
                })
            else { return nil }
            let name =
                ["struct", "class", "enum", "func"].contains(words[index + 1]) ? words[index + 2] : words[index + 1]
            return String(name.split(separator: ".")[0])
        }
    }

    @Test func importsPointDown() throws {
        for (module, allowed) in Self.allowed.sorted(by: { $0.key < $1.key }) {
            let files = try sources(module)
            #expect(!files.isEmpty, "no sources of \(module) were found")
            for file in files {
                for name in try imports(file) where !allowed.contains(name) && !Self.platform.contains(name) {
                    Issue.record("\(module) imports \(name) in \(file.lastPathComponent), which its layer may not know")
                }
            }
        }
    }

    /// Every module is in the table, so that a new one cannot escape it.
    @Test func everyModuleHasALayer() throws {
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appendingPathComponent("Sources").path)
        for module in modules where !module.hasPrefix("C") || module == "CoSimulation" {
            #expect(Self.allowed[module] != nil, "\(module) has no entry in the layer table")
        }
    }

    /// The control: the reader of imports sees all their forms.
    @Test func importsAreSeen() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("layer-\(UUID().uuidString).swift")
        defer { try? FileManager.default.removeItem(at: file) }
        try
            "import A\npublic import B\n@_exported public import C\ninternal import struct D.E\n// import F\nlet g = \"import G\"\n"
            .write(to: file, atomically: true, encoding: .utf8)
        #expect(try imports(file) == ["A", "B", "C", "D"])
    }

    /// DESIGN 5: nothing outside the shells knows wall clock, system random numbers or environment.
    @Test func coreKnowsNoClockAndNoChance() throws {
        let banned = [
            "Date(", "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", ".random(in:", ".shuffled()",
            ".randomElement()", "ProcessInfo", "getenv", "clock_gettime", "UUID(",
        ]
        for module in ["LinearProgram", "PowerGrid", "InferencePlacement", "CoSimulation", "Agents"] {
            for file in try sources(module)
            where !file.path.contains("/Shell/") && file.lastPathComponent != "HighsLibrary.swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                for word in banned where text.contains(word) {
                    Issue.record("\(file.lastPathComponent) of \(module) uses \(word)")
                }
            }
        }
    }
}
