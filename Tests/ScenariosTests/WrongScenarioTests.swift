import Scenarios
import Testing

@Suite("Wrong scenarios")
struct WrongScenarioTests {
    static let corpus = WrongScenario.texts + WrongScenario.sections + WrongScenario.agents + WrongScenario.csvFiles

    @Test("there are a hundred of them and more, each with a name of its own")
    func size() {
        #expect(Self.corpus.count >= 150)
        #expect(Set(Self.corpus.map(\.name)).count == Self.corpus.count)
    }

    @Test("each is refused, where it is wrong and in plain words", arguments: corpus)
    func refused(_ wrong: WrongScenario) {
        let faults = GoodScenario.faults(wrong.files, overrides: wrong.overrides)
        let report = faults.map(\.description).joined(separator: "\n")
        #expect(
            faults.map(\.code.rawValue).sorted() == ([wrong.code] + wrong.also).map(\.rawValue).sorted(), "\(report)")
        let fault = faults.first { $0.code == wrong.code && $0.description.contains(wrong.fragment) }
        #expect(fault != nil, "no \(wrong.code.rawValue) says `\(wrong.fragment)`: \(report)")
        #expect(fault?.file == wrong.file, "\(report)")
        if let line = wrong.line { #expect(fault?.line == line, "\(report)") }
    }

    @Test("each fault has a remedy and at most three lines", arguments: corpus)
    func readable(_ wrong: WrongScenario) {
        for fault in GoodScenario.faults(wrong.files, overrides: wrong.overrides) {
            #expect(!fault.remedy.isEmpty && !fault.problem.isEmpty)
            #expect(fault.description.split(separator: "\n").count <= 3)
            #expect(fault.description.hasSuffix("[\(fault.code.rawValue)]"))
            #expect(fault.description.count < 700)
        }
    }

    @Test("every code has a scenario that shows it")
    func codes() {
        let shown = Set(Self.corpus.flatMap { [$0.code] + $0.also })
        let elsewhere: Set<ScenarioFault.Code> = [.tooLarge, .notUTF8]
        #expect(shown.union(elsewhere) == Set(ScenarioFault.Code.allCases))
    }
}
