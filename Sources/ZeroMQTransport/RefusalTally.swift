/// Counts what was refused, by kind, and says which of it is worth a line: the first few of each kind, then every tenfold.
///
/// So a flood is told in a handful of lines, and neither memory nor output grow with it.
struct RefusalTally {
    /// The most kinds that are told apart; what comes on top counts as one.
    private static let mostKinds = 256

    /// How many of a kind are told one by one.
    let oneByOne: Int
    private var counts: [String: Int] = [:]
    private var others = 0

    init(oneByOne: Int) { self.oneByOne = oneByOne }

    /// Counts one more of a kind; returns the line to tell, nil when it is not worth one.
    mutating func note(_ text: String, kind: String) -> String? {
        let count: Int
        if counts[kind] != nil || counts.count < Self.mostKinds {
            counts[kind, default: 0] += 1
            count = counts[kind]!
        } else {
            others += 1
            count = others
        }
        if count <= oneByOne { return text }
        return Self.isPowerOfTen(count) ? "\(text) (\(count) of the kind so far)" : nil
    }

    private static func isPowerOfTen(_ count: Int) -> Bool {
        var rest = count
        while rest >= 10, rest % 10 == 0 { rest /= 10 }
        return rest == 1
    }
}
