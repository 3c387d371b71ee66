internal import Foundation
internal import Yams

/// Reads YAML into nodes with places. Anchors, aliases, tags and repeated keys are refused, so a small text stays small.
struct YAMLReader {
    let file: String
    let limits: ScenarioLimits

    /// What is wrong with the text as YAML.
    struct Problem: Error {
        let code: ScenarioFault.Code
        let place: SourcePlace
        let problem: String
        let remedy: String
    }

    /// The document of a text; an empty text is an empty map.
    func read(_ text: String) throws(Problem) -> ScenarioNode {
        // With every & turned into a ! no anchor can be defined, so an alias cannot expand: it is an error of its own,
        // and an anchor shows as a tag. Only a text free of both is read as it stands.
        if text.utf8.contains(UInt8(ascii: "&")) {
            let defused = text.replacing("&", with: "!")
            _ = try compose(defused, original: text)
        }
        return try compose(text, original: text)
    }

    private func compose(_ text: String, original: String) throws(Problem) -> ScenarioNode {
        do {
            guard let root = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
                return ScenarioNode(content: .map([]), place: SourcePlace(file: file, line: 1, column: 1))
            }
            return try node(root, depth: 1)
        } catch let error as Problem {
            throw error
        } catch let error as YamlError {
            throw problem(error, original: original)
        } catch {
            throw Problem(
                code: .invalidYAML, place: SourcePlace(file: file), problem: "the text is not YAML.",
                remedy: "Check it.")
        }
    }

    private func node(_ node: Node, depth: Int) throws(Problem) -> ScenarioNode {
        let place = SourcePlace(file: file, line: node.mark?.line, column: node.mark?.column)
        guard depth <= limits.yamlDepth else { throw tooDeep(place) }
        switch node {
        case .scalar(let scalar):
            try checkTag(scalar.tag, [.implicit, .str], place)
            return ScenarioNode(
                content: .scalar(scalar.string, scalar.style == .plain ? .plain : .quoted), place: place)
        case .sequence(let sequence):
            try checkTag(sequence.tag, [.implicit, .seq], place)
            var values: [ScenarioNode] = []
            for value in sequence { values.append(try self.node(value, depth: depth + 1)) }
            return ScenarioNode(content: .list(values), place: place)
        case .mapping(let mapping):
            try checkTag(mapping.tag, [.implicit, .map], place)
            var entries: [ScenarioNode.Entry] = []
            for (key, value) in mapping { entries.append(try entry(key, value, depth: depth + 1)) }
            return ScenarioNode(content: .map(entries), place: place)
        case .alias:
            throw anchorOrTag(place)
        }
    }

    private func entry(_ key: Node, _ value: Node, depth: Int) throws(Problem) -> ScenarioNode.Entry {
        let name = try node(key, depth: depth)
        guard let text = name.text else {
            throw Problem(
                code: .invalidYAML, place: name.place, problem: "a key must be a single word.",
                remedy: "Write `key: value`; braces and brackets cannot be keys.")
        }
        guard text != "<<" else { throw anchorOrTag(name.place) }
        return ScenarioNode.Entry(key: text, keyPlace: name.place, value: try node(value, depth: depth))
    }

    private func checkTag(_ tag: Tag, _ allowed: [Tag.Name], _ place: SourcePlace) throws(Problem) {
        guard allowed.contains(where: { $0.rawValue == tag.rawValue }) else { throw anchorOrTag(place) }
    }

    private func anchorOrTag(_ place: SourcePlace) -> Problem {
        Problem(
            code: .anchorOrTag, place: place,
            problem: "anchors (&), aliases (*), merges (<<) and tags (!) are not accepted.",
            remedy:
                "Write the value out, put repeated rows into a CSV file, or quote a text that begins with one of these."
        )
    }

    private func tooDeep(_ place: SourcePlace) -> Problem {
        Problem(
            code: .tooDeep, place: place, problem: "the text is nested deeper than \(limits.yamlDepth) levels.",
            remedy: "A scenario needs fewer than ten; check the brackets and the indentation.")
    }
}

// What the parser says, in the words of a scenario.
extension YAMLReader {
    private func problem(_ error: YamlError, original: String) -> Problem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return problemInWords(problem, at: mark, original: original)
        case .reader(let problem, let offset, _, _):
            return Problem(
                code: .invalidYAML, place: place(ofCharacter: offset, in: original), problem: "\(problem).",
                remedy: "Remove the character; tabs and line ends are the only control characters a text may hold.")
        case .duplicatedKeysInMapping(let keys, let context):
            return Problem(
                code: .duplicateKey,
                place: SourcePlace(file: file, line: context.mark.line, column: context.mark.column),
                problem: "\(Excerpt.list(keys.map { "`\($0)`" })) is given more than once in this section.",
                remedy: "Keep one of them; the first stands here.")
        case .memory:
            return tooDeep(SourcePlace(file: file))
        default:
            return Problem(
                code: .invalidYAML, place: SourcePlace(file: file), problem: "the text is not YAML.",
                remedy: "Check it.")
        }
    }

    private func problemInWords(_ problem: String, at mark: Mark, original: String) -> Problem {
        let place = SourcePlace(file: file, line: mark.line, column: mark.column)
        if problem.contains("nesting level") { return tooDeep(place) }
        let isAnchor = character(at: mark, in: original).map { "&*!".unicodeScalars.contains($0) } ?? false
        if problem.contains("alias") || problem.contains("anchor") || problem.contains("tag") || isAnchor {
            return anchorOrTag(place)
        }
        if problem.contains("another document") {
            return Problem(
                code: .invalidYAML, place: place, problem: "the file holds more than one document.",
                remedy: "Remove the line `---`, or put the second scenario into a file of its own.")
        }
        let remedy =
            switch problem {
            case _ where problem.contains("mapping values are not allowed"):
                "Check the indentation; a text that holds a colon and a space needs quotes."
            case _ where problem.contains("cannot start any token"):
                "Indent with spaces, not tabs, and put a text that begins with @, ` or % in quotes."
            default: "Check the indentation, the colons, brackets and quotes here and on the line before."
            }
        return Problem(code: .invalidYAML, place: place, problem: "not YAML: \(problem).", remedy: remedy)
    }

    private func character(at mark: Mark, in text: String) -> Unicode.Scalar? {
        var line = 1
        var column = 1
        for scalar in text.unicodeScalars {
            if line == mark.line && column == mark.column { return scalar }
            if line > mark.line { return nil }
            column += 1
            if scalar == "\n" {
                line += 1
                column = 1
            }
        }
        return nil
    }

    private func place(ofCharacter offset: Int?, in text: String) -> SourcePlace {
        guard let offset else { return SourcePlace(file: file) }
        let before = text.prefix(offset)
        let line = before.unicodeScalars.count(where: { $0 == "\n" }) + 1
        let column = before.unicodeScalars.reversed().prefix { $0 != "\n" }.count + 1
        return SourcePlace(file: file, line: line, column: column)
    }
}
