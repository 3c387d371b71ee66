import Scenarios
import Testing

@Suite("SOURCES.txt")
struct SourcesTextTests {
    @Test("x") func x() throws {
        var sample = ImportSample()
        sample.editPrices("2024-07-08 03:00:00,13", "2024-07-08 03:00:00,")
        sample.options.missing = .interpolate
        print("<<<<"); print(try sample.build().files[4].text, terminator: ""); print(">>>>")
    }
}
