/// A resolved setting of an agent: what a scenario says once files are read, defaults filled in and ranges checked.
///
/// The tree is what travels to an agent process at its start, so it holds values only, never file names.
public indirect enum ParameterValue: Sendable, Equatable {
    /// A yes or no.
    case boolean(Bool)
    /// A number in the unit its field states; whole numbers too.
    case number(Double)
    /// A text, a choice or a name.
    case text(String)
    /// One value per tick of the run, in the unit the field states.
    case series([Double])
    /// Values in the order of the scenario.
    case list([ParameterValue])
    /// Named values.
    case section(Parameters)
}

/// Named settings in ascending order of name, so that equal settings have equal bytes.
public struct Parameters: Sendable, Equatable {
    /// Name and value pairs, ascending by name, no name twice.
    public private(set) var entries: [(name: String, value: ParameterValue)]

    /// Settings from pairs in any order; a later pair replaces an earlier one of the same name.
    public init(_ pairs: [(String, ParameterValue)] = []) {
        entries = []
        for (name, value) in pairs { self[name] = value }
    }

    /// The value of a name; setting nil removes it.
    public subscript(name: String) -> ParameterValue? {
        get {
            let index = position(of: name)
            return index < entries.count && entries[index].name == name ? entries[index].value : nil
        }
        set {
            let index = position(of: name)
            let present = index < entries.count && entries[index].name == name
            switch (present, newValue) {
            case (true, let value?): entries[index].value = value
            case (true, nil): entries.remove(at: index)
            case (false, let value?): entries.insert((name, value), at: index)
            case (false, nil): break
            }
        }
    }

    private func position(of name: String) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether both hold the same names and values.
    public static func == (left: Parameters, right: Parameters) -> Bool {
        left.entries.elementsEqual(right.entries) { $0.name == $1.name && $0.value == $1.value }
    }
}

// Look-ups for strategies. A scenario is checked against the strategy's fields before a run starts, so a missing
// value or one of another kind here means that the strategy reads what it never declared: a fault, which traps.
extension Parameters {
    /// A number the strategy's fields declare.
    public func number(_ name: String) -> Double {
        guard case .number(let value)? = self[name] else { undeclared(name, "number") }
        return value
    }

    /// A number the strategy's fields declare as optional, nil when the scenario leaves it out.
    public func numberIfPresent(_ name: String) -> Double? {
        self[name] == nil ? nil : number(name)
    }

    /// A whole number the strategy's fields declare.
    public func integer(_ name: String) -> Int {
        Int(number(name))
    }

    /// A yes or no the strategy's fields declare.
    public func boolean(_ name: String) -> Bool {
        guard case .boolean(let value)? = self[name] else { undeclared(name, "boolean") }
        return value
    }

    /// A text or choice the strategy's fields declare.
    public func text(_ name: String) -> String {
        guard case .text(let value)? = self[name] else { undeclared(name, "text") }
        return value
    }

    /// A series the strategy's fields declare: one value per tick; a constant in the scenario arrives as one value.
    public func series(_ name: String) -> Series {
        switch self[name] {
        case .series(let values)?: return Series(values)
        case .number(let value)?: return Series(constant: value)
        default: undeclared(name, "series")
        }
    }

    /// A series the strategy's fields declare as optional, nil when the scenario leaves it out.
    public func seriesIfPresent(_ name: String) -> Series? {
        self[name] == nil ? nil : series(name)
    }

    /// The sections of a list the strategy's fields declare; empty when the scenario leaves it out.
    public func sections(_ name: String) -> [Parameters] {
        guard let value = self[name] else { return [] }
        guard case .list(let values) = value else { undeclared(name, "list") }
        return values.map { value in
            guard case .section(let section) = value else { undeclared(name, "list of sections") }
            return section
        }
    }

    /// A section the strategy's fields declare; empty when the scenario leaves it out.
    public func section(_ name: String) -> Parameters {
        guard let value = self[name] else { return Parameters() }
        guard case .section(let section) = value else { undeclared(name, "section") }
        return section
    }

    /// The texts of a list the strategy's fields declare; empty when the scenario leaves it out.
    public func texts(_ name: String) -> [String] {
        guard let value = self[name] else { return [] }
        guard case .list(let values) = value else { undeclared(name, "list") }
        return values.map { value in
            guard case .text(let text) = value else { undeclared(name, "list of texts") }
            return text
        }
    }

    private func undeclared(_ name: String, _ kind: String) -> Never {
        preconditionFailure(
            "parameter '\(name)' is not a \(kind) here; declare it in the strategy's fields. Present: \(entries.map(\.name))"
        )
    }
}
