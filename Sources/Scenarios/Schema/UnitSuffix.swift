internal import CoSimulation

/// Brings values from one unit to another.
enum UnitScale {
    /// A value times a factor. Where the factor is one over a whole number the value is divided by it, so that 35 percent
    /// is 0.35 and not the next number.
    static func apply(_ factor: Double, to value: Double) -> Double {
        guard factor < 1 else { return value * factor }
        let divisor = (1 / factor).rounded()
        return (divisor * factor - 1).magnitude < 1e-12 ? value / divisor : value * factor
    }
}

// Units at the end of column names.
extension Unit {
    /// The factor of the unit a column name ends in, nil when it ends in none of this quantity. The longest suffix counts.
    func factor(ofColumn name: String) -> (suffix: String, factor: Double)? {
        let name = name.lowercased()
        let matches = columnSuffixes.filter { name == $0.suffix || name.hasSuffix("_" + $0.suffix) }
        return matches.max { $0.suffix.count < $1.suffix.count }
    }

    /// Suffixes a column may have, in words: "_mw, _kw, _gw or _w".
    var suffixList: String {
        let names = columnSuffixes.map { "_" + $0.suffix }
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The suffix of another quantity that a column name ends in, for messages.
    func foreignSuffix(ofColumn name: String) -> String? {
        let all = Unit.allCases.compactMap { $0.factor(ofColumn: name)?.suffix }
        return all.max { $0.count < $1.count }
    }

    /// Whether the unit counts what happens during a tick, and a column with this suffix what happens between two rows.
    func isCount(suffix: String) -> Bool {
        switch self {
        case .requestsPerTick: suffix != "requests_per_tick"
        case .acceleratorSecondsPerTick: true
        default: false
        }
    }

    /// How keys spell the unit at their end, beyond the suffixes of columns.
    private var spellings: [String] {
        switch self {
        case .milliseconds: ["milliseconds"]
        case .hours: ["hours"]
        case .minutes: ["minutes"]
        case .usdPerTonne: ["usd_per_tonne"]
        case .usdPerKilogram: ["usd_per_kilogram"]
        case .usdPerMillisecond: ["usd_per_millisecond"]
        default: []
        }
    }

    /// Names of a column for a key, each with its factor: the key itself in snake case when it states the unit or the unit
    /// has one scale only, and its stem with every suffix.
    func columnNames(ofKey key: String) -> [(name: String, factor: Double)] {
        let whole = SnakeCase.of(key)
        let endings = columnSuffixes.filter { $0.factor == 1 }.map(\.suffix) + spellings
        let ending = endings.filter { whole == $0 || whole.hasSuffix("_" + $0) }.max { $0.count < $1.count }
        let hasOneScale = columnSuffixes.allSatisfy { $0.factor == 1 }
        var names: [(String, Double)] = ending != nil || hasOneScale ? [(whole, 1)] : []
        var stem = whole
        if let ending { stem = whole == ending ? "" : String(whole.dropLast(ending.count + 1)) }
        names += columnSuffixes.map { (stem.isEmpty ? $0.suffix : stem + "_" + $0.suffix, $0.factor) }
        var seen: Set<String> = []
        return names.filter { seen.insert($0.0).inserted }
    }
}
