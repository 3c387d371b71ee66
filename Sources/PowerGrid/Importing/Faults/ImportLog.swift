/// Faults and notices of an import as they are found.
struct ImportLog {
    private(set) var faults: [ImportFault] = []
    private(set) var notices: [ImportNotice] = []
    /// Whether no more faults are kept, so that looking for them is in vain.
    private(set) var isFull = false

    /// Whether nothing is wrong so far.
    var isClean: Bool { faults.isEmpty }

    /// Keeps a fault.
    mutating func fault(
        _ file: String, _ line: Int?, _ field: String = "", value: String? = nil, _ rule: String, remedy: String
    ) {
        guard !isFull else { return }
        faults.append(ImportFault(file: file, line: line, field: field, value: value, rule: rule, remedy: remedy))
        isFull = faults.count == ImportLimits.faults
    }

    /// Keeps a notice.
    mutating func note(_ file: String, _ line: Int?, _ text: String) {
        guard notices.count < ImportLimits.notices else { return }
        notices.append(ImportNotice(file: file, line: line, text: text))
    }

    /// Throws what is wrong, if anything is.
    func throwIfFaulty() throws(ImportError) {
        if !faults.isEmpty { throw ImportError(faults: faults, isCutShort: isFull) }
    }
}
