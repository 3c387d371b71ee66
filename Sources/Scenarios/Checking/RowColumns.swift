internal import CoSimulation

/// Which column of a CSV file gives which field of its rows.
///
/// A number's column states its unit at the end (`capacity_mw` for `capacityMW`); fields of a section are prefixed by its
/// name (`location_latitude`); a series is a number, or a file and column named in `<field>_file` and `<field>_column`;
/// entries of a map stand in one column each (`demand_batch_requests`).
struct RowColumns {
    /// What a column gives.
    struct Target {
        /// Keys from the row to the value.
        let keys: [String]
        /// What brings a number to the field's unit; nil where a text is wanted.
        let factor: Double?
    }

    private var targets: [String: Target] = [:]
    private var maps: [(prefix: String, keys: [String], unit: Unit?)] = []
    /// Names without their unit, with what they would give and the names that would have it.
    private var unitless: [String: (target: Target, names: [String])] = [:]

    init(_ fields: [Field]) {
        add(fields, prefix: "", keys: [])
    }

    /// All names a column may have, ascending.
    var names: [String] { targets.keys.sorted() }

    /// What a column gives, nil when no field has it. One that lacks its unit gives its field all the same, so that its
    /// fault is the only one.
    func target(_ column: String) -> Target? {
        if let target = targets[column] ?? unitless[column]?.target { return target }
        for map in maps where column.hasPrefix(map.prefix) && column.count > map.prefix.count {
            var key = String(column.dropFirst(map.prefix.count))
            var factor = 1.0
            if let unit = map.unit {
                guard let match = unit.factor(ofColumn: key), key.count > match.suffix.count + 1 else { continue }
                key = String(key.dropLast(match.suffix.count + 1))
                factor = match.factor
            }
            return Target(keys: map.keys + [key], factor: factor)
        }
        return nil
    }

    /// The names that a column would have with its unit, nil unless the unit is all it lacks.
    func namesWithUnit(_ column: String) -> [String]? { targets[column] == nil ? unitless[column]?.names : nil }

    /// Names of columns that give a field.
    func names(ofField name: String) -> [String] { targets.filter { $0.value.keys.first == name }.keys.sorted() }

    private mutating func add(_ fields: [Field], prefix: String, keys: [String]) {
        for field in fields {
            let name = prefix + SnakeCase.of(field.name)
            let path = keys + [field.name]
            switch field.kind {
            case .boolean, .text, .choice, .choiceOrNumber, .file:
                targets[name] = Target(keys: path, factor: nil)
            case .number, .integer:
                addNumber(field, prefix: prefix, path: path)
            case .series:
                addNumber(field, prefix: prefix, path: path)
                targets[name + "_file"] = Target(keys: path + ["file"], factor: nil)
                targets[name + "_column"] = Target(keys: path + ["column"], factor: nil)
            case .section(let inner):
                add(inner, prefix: name + "_", keys: path)
            case .map(.number, _), .map(.series, _):
                maps.append((name + "_", path, field.unit))
                if ScenarioSchema.shorthandMaps.contains(field.name) { addNumber(field, prefix: prefix, path: path) }
            case .list, .rows, .map, .free:
                break
            }
        }
    }

    private mutating func addNumber(_ field: Field, prefix: String, path: [String]) {
        let whole = prefix + SnakeCase.of(field.name)
        guard let unit = field.unit else {
            targets[whole] = Target(keys: path, factor: 1)
            return
        }
        let names = unit.columnNames(ofKey: field.name).map { (name: prefix + $0.name, factor: $0.factor) }
        for (name, factor) in names where targets[name] == nil { targets[name] = Target(keys: path, factor: factor) }
        for stem in Set([whole] + names.compactMap { RowColumns.stem($0.name, unit) }) where targets[stem] == nil {
            unitless[stem] = (Target(keys: path, factor: 1), names.map(\.name))
        }
    }

    private static func stem(_ name: String, _ unit: Unit) -> String? {
        unit.columnSuffixes.map { "_" + $0.suffix }.first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }
    }
}
