extension Parameters: WireCodable {
    var wire: WireParameters {
        var message = WireParameters()
        message.entries = entries.map { name, value in
            var entry = WireParameter()
            entry.name = name
            entry.value = value.wire
            return entry
        }
        return message
    }

    init(wire: WireParameters) throws(WireError) {
        self.init()
        for entry in wire.entries {
            guard self[entry.name] == nil else { throw WireError("parameter '\(entry.name)' comes twice") }
            self[entry.name] = try ParameterValue(wire: entry.value)
        }
    }
}

extension ParameterValue: WireCodable {
    var wire: WireParameterValue {
        var message = WireParameterValue()
        switch self {
        case .boolean(let value): message.boolean = value
        case .number(let value): message.number = value
        case .text(let value): message.text = value
        case .series(let values): message.series.values = values
        case .list(let values):
            message.list.values = values.map(\.wire)
            message.value = .list(message.list)
        case .section(let parameters): message.section = parameters.wire
        }
        return message
    }

    init(wire: WireParameterValue) throws(WireError) {
        switch wire.value {
        case .boolean(let value): self = .boolean(value)
        case .number(let value): self = .number(value)
        case .text(let value): self = .text(value)
        case .series(let series):
            guard !series.values.isEmpty else { throw WireError("a series has no value") }
            self = .series(series.values)
        case .list(let list): self = .list(try values(list.values))
        case .section(let parameters): self = .section(try Parameters(wire: parameters))
        case nil: throw WireError("a parameter has no value")
        }
    }
}
