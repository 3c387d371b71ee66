import Scenarios

extension WrongScenario {
    private static let head = "gridtide: 1\nname: two-region\n"

    /// Texts that are no YAML, or YAML of a kind that is refused.
    static let texts: [WrongScenario] = [
        .text(
            "an empty file", "", .missingKey, at: nil, "`name` is missing",
            also: Array(repeating: .missingKey, count: 7)),
        .text("a single word", "hello\n", .wrongKind, at: "hello", "`hello` stands where a section belongs"),
        .text("a list", "- gridtide: 1\n", .wrongKind, at: "gridtide", "a list stands where a section belongs"),
        .text("an open bracket", head + "clock: [1, 2\nseed: 1\n", .invalidYAML, at: "seed", "not YAML"),
        .text("a tab", head + "clock:\n\tstart: 1\n", .invalidYAML, at: "\tstart", "Indent with spaces"),
        .text("a colon in a text", head + "title: one: two\n", .invalidYAML, at: "title", "needs quotes"),
        .text("bad indentation", head + "clock:\n    start: x\n  ticks: 3\n", .invalidYAML, at: "  ticks", "not YAML"),
        .text("a control character", head + "title: a\u{1}b\n", .invalidYAML, at: "title", "control characters"),
        .text("two documents", head + "---\nname: other\n", .invalidYAML, at: "---", "more than one document"),
        .text(
            "a repeated key", head + "name: again\n", .duplicateKey, at: "name: two", "`name` is given more than once"),
        .text(
            "a repeated key below", head + "clock: {ticks: 1, ticks: 2}\n", .duplicateKey, at: "clock",
            "`ticks` is given"),
        .text("a section as a key", head + "? [a, b]\n: 1\n", .invalidYAML, at: "? [a", "a key must be a single word"),
        .text("an anchor", head + "title: &t R&D\n", .anchorOrTag, at: "title", "anchors (&)"),
        .text("an alias", head + "title: *t\n", .anchorOrTag, at: "title", "aliases (*)"),
        .text(
            "an anchor and its alias", head + "title: &t abc\ndescription: *t\n", .anchorOrTag, at: "description",
            "aliases (*)"),
        .text("an anchor on a key", head + "&k title: abc\n", .anchorOrTag, at: "&k", "anchors"),
        .text("a merge", head + "<<: {title: abc}\n", .anchorOrTag, at: "<<", "merges"),
        .text("a tag", head + "seed: !!int 5\n", .anchorOrTag, at: "seed", "tags"),
        .text("a bomb of aliases", bomb, .anchorOrTag, at: "b:", "aliases"),
        .text("deep brackets", String(repeating: "[", count: 100_000), .tooDeep, at: nil, "nested deeper than 64"),
        .text(
            "deep braces", head + "x: " + String(repeating: "{a: ", count: 5000), .tooDeep, at: "x:", "nested deeper"),
        .text("deep dashes", String(repeating: "- ", count: 900) + "x\n", .tooDeep, at: "x", "nested deeper"),
        .text(
            "another version", "gridtide: 2\nnonsense: 1\n", .unsupportedVersion, at: "gridtide",
            "no version this program reads"),
        .text("no version number", "gridtide: one\n", .unsupportedVersion, at: "gridtide", "`gridtide: 1`"),
    ]

    private static var bomb: String {
        var text = head + "a: &a [x,x,x,x,x,x,x,x,x]\n"
        for (left, right) in zip("bcdefghijklmnop", "abcdefghijklmno") {
            text += "\(left): &\(left) [" + Array(repeating: "*\(right)", count: 9).joined(separator: ",") + "]\n"
        }
        return text + "? *p\n: 1\n"
    }
}
