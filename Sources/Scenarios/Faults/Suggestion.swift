/// Finds what a misspelt name probably meant.
enum Suggestion {
    /// "Did you mean `x`?" with the nearest of the candidates, nil when none is near.
    static func question(_ word: String, among candidates: [String]) -> String? {
        nearest(word, among: candidates).map { "Did you mean `\($0)`?" }
    }

    /// The nearest candidate, nil when none is near; ties go to the first in ascending order.
    static func nearest(_ word: String, among candidates: [String]) -> String? {
        let letters = Array(word.lowercased().unicodeScalars.prefix(65))
        guard (1...64).contains(letters.count) else { return nil }
        var best: (distance: Int, name: String)?
        for candidate in candidates.sorted() {
            let other = Array(candidate.lowercased().unicodeScalars.prefix(64))
            guard let distance = closeness(letters, other) else { continue }
            if distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.name
    }

    /// Edits between two words, 0 for case alone; nil when they are too different to be a slip.
    private static func closeness(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int? {
        let shorter = min(left.count, right.count)
        if shorter >= 3 && (left.starts(with: right) || right.starts(with: left)) { return 1 }
        let limit = max(1, max(left.count, right.count) / 3)
        guard abs(left.count - right.count) <= limit else { return nil }
        let edits = distance(left, right)
        return edits <= limit ? edits : nil
    }

    /// Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for i in 1...left.count {
            var current = [i]
            for j in 1...right.count {
                let cost = left[i - 1] == right[j - 1] ? 0 : 1
                var least = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
                if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                    least = min(least, before[j - 2] + 1)
                }
                current.append(least)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
