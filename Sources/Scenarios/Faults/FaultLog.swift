/// Faults and notices as they are found, in no particular order and without repeats.
struct FaultLog {
    /// At most so many faults are kept; what comes after is counted.
    static let faultLimit = 1000

    private(set) var faults: [ScenarioFault] = []
    private(set) var notices: [ScenarioNotice] = []
    private(set) var omittedCount = 0
    private var seen: Set<String> = []

    /// Whether nothing is wrong so far.
    var isClean: Bool { faults.isEmpty }

    /// Keeps a fault, unless the same one at the same place is known.
    mutating func add(
        _ code: ScenarioFault.Code, at place: SourcePlace, _ path: String, value: String? = nil, _ problem: String, remedy: String
    ) {
        let key = "\(code.rawValue)\u{0}\(place)\u{0}\(place.line == nil ? path : "")\u{0}\(problem)"
        guard seen.insert(key).inserted else { return }
        guard faults.count < FaultLog.faultLimit else {
            omittedCount += 1
            return
        }
        let brief = value.map { Excerpt.brief($0) }
        faults.append(ScenarioFault(code: code, place: place, path: path, value: brief, problem: problem, remedy: remedy))
    }

    /// Keeps a notice.
    mutating func note(at place: SourcePlace, _ path: String, _ text: String) {
        let notice = ScenarioNotice(place: place, path: path, text: text)
        if notices.count < FaultLog.faultLimit && !notices.contains(notice) { notices.append(notice) }
    }

    /// Throws what is wrong, if anything is.
    func throwIfFaulty() throws(ScenarioError) {
        if !faults.isEmpty { throw ScenarioError(faults: faults, omittedCount: omittedCount) }
    }
}
