import Testing

@testable import LinearProgram

@Suite("Loading HiGHS")
struct HighsLibraryTests {
    @Test("A library that is missing is an error that says where and what to do")
    func missing() {
        let result = HighsLibrary.open(["/nowhere/libhighs.so", "/etc/hostname"])
        #expect(throws: SolverError.self) { try result.get() }
        guard case .failure(let error) = result else { return }
        #expect(error.code == .libraryUnavailable)
        #expect(error.description.contains("/nowhere/libhighs.so"))
        #expect(error.description.contains("/etc/hostname"))
        #expect(error.remedy.contains("./gridtide setup"))
    }

    @Test("A library of something else is refused by its missing function")
    func foreign() {
        guard case .failure(let error) = HighsLibrary.open(["libClp.so.1"]) else {
            Issue.record("Clp was taken for HiGHS")
            return
        }
        #expect(error.what.contains("Highs_") || error.what.contains("cannot open"))
    }

    @Test("A path that is named is the only one tried")
    func named() {
        #expect(HighsLibrary.candidates(explicit: "/opt/highs.so") == ["/opt/highs.so"])
        #expect(!HighsLibrary.candidates(explicit: nil).isEmpty)
    }

    @Test("Loading from many tasks yields one library", .enabled(if: Backend.hasHighs, "HiGHS not found"))
    func concurrent() async throws {
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { try HighsLibrary.load().path } }
            var paths: Set<String> = []
            for try await path in group { paths.insert(path) }
            #expect(paths.count == 1)
        }
    }
}
