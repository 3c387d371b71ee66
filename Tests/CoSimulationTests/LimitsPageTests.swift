import Foundation
import Testing

/// docs/limits.md states the numbers of the code. Both are read as text, since no test sees all modules from inside.
@Suite struct LimitsPageTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The source files.
    private let sources: [String] = {
        let folder = root.appendingPathComponent("Sources").path
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") && !$0.hasSuffix(".pb.swift") }.compactMap {
            try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
        }
    }()

    /// The values a constant of a type is given in the sources.
    private func values(of member: String, in type: String) throws -> Set<Int> {
        let home = try Regex("(?:struct|class|enum|extension) \(type)[ :]")
        let given = try Regex<(Substring, Substring, Substring?)>(
            "[ .(]\(member)(?:: Int)? (?:=|\\{)(?:[^}=]*#else)?\\s*([0-9_]+)(?: << ([0-9]+))?")
        var values: Set<Int> = []
        for source in sources where source.contains(member) && source.contains(type) && source.contains(home) {
            for match in source.matches(of: given) {
                let number = try #require(Int(match.output.1.replacing("_", with: "")))
                values.insert(number << (match.output.2.flatMap { Int($0) } ?? 0))
            }
        }
        return values
    }

    @Test func numbersAreThoseOfTheCode() throws {
        let page = try String(contentsOf: Self.root.appendingPathComponent("docs/limits.md"), encoding: .utf8)
        let rows = page.matches(of: /(?m)^\| [^|]+ \| ([0-9,]+) ?(MiB|GiB|)[^|]* \|.* `(\w+)\.(\w+)` \|$/)
        #expect(rows.count > 30, "the rows are not found")
        #expect(page.matches(of: /`\w+\.\w+` \|\n/).count == rows.count, "a row with a constant has no number")
        for row in rows {
            let shift = row.2 == "MiB" ? 20 : row.2 == "GiB" ? 30 : 0
            let stated = try #require(Int(row.1.replacing(",", with: ""))) << shift
            let known = try values(of: String(row.4), in: String(row.3))
            #expect(
                known == [stated], "\(row.3).\(row.4) is \(known.sorted()) in the code, \(stated) in docs/limits.md")
        }
    }

    /// Whoever adds a limit of scenarios states it.
    @Test func noLimitIsLeftOut() throws {
        let page = try String(contentsOf: Self.root.appendingPathComponent("docs/limits.md"), encoding: .utf8)
        let source = try #require(sources.first { $0.contains("public struct ScenarioLimits") })
        let names = source.matches(of: /public var (\w+) =/).map(\.1)
        #expect(names.count > 10)
        for name in names { #expect(page.contains("`ScenarioLimits.\(name)`"), "\(name) is missing") }
    }
}
