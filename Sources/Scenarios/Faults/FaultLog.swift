/// Faults and notices as they are found, in no particular order and without repeats.
struct FaultLog {
    /// At most so many faults are kept; with them checking ends.
    static let faultLimit = 1000

    private(set) var faults: [ScenarioFault] = []
    private(set) var notices: [ScenarioNotice] = []
    private var seen: Set<String> = []

    /// Whether no more faults are kept, so that looking for them is in vain.
    private(set) var isFull = false

    /// Whether nothing is wrong so far.
    var isClean: Bool { faults.isEmpty }

    /// Keeps a fault, unless the same one at the same place is known.
    mutating func add(
        _ code: ScenarioFault.Code, at place: SourcePlace, _ path: String, value: String? = nil, _ problem: String,
        remedy: String
    ) {
        guard !isFull else { return }
        let key = "\(code.rawValue)\u{0}\(place)\u{0}\(place.line == nil ? path : "")\u{0}\(problem)"
        guard seen.insert(key).inserted else { return }
        let brief = value.map { Excerpt.brief($0) }
        faults.append(
            ScenarioFault(code: code, place: place, path: path, value: brief, problem: problem, remedy: remedy))
        isFull = faults.count == FaultLog.faultLimit
    }

    /// Keeps a notice.
    mutating func note(at place: SourcePlace, _ path: String, _ text: String) {
        let notice = ScenarioNotice(place: place, path: path, text: text)
        if notices.count < FaultLog.faultLimit && !notices.contains(notice) { notices.append(notice) }
    }

    /// Throws what is wrong, if anything is.
    func throwIfFaulty() throws(ScenarioError) {
        if !faults.isEmpty { throw ScenarioError(faults: faults, isCutShort: isFull) }
    }
}
