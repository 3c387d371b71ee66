import Foundation

@testable import CoSimulation

/// Under which name each number of a value stands, small letters alone: units and all, whoever writes them how.
struct NumberNames {
    private var names: [Double: Set<String>] = [:]

    /// Of a value, by the labels of its parts.
    init(of value: Any) { look(at: value, name: "") }

    /// Of a message of the schema, by the names of its fields.
    init(json: String) throws { read(try JSONSerialization.jsonObject(with: Data(json.utf8)), name: "") }

    /// The numbers of a value that this message has under no name that is theirs, each with both.
    func differences(from value: NumberNames) -> [String] {
        value.names.sorted { $0.key < $1.key }.compactMap { number, labels in
            let own = labels.map { Self.schemaNames[$0] ?? [$0] }.reduce([], +)
            let found = names[number] ?? []
            return found.isDisjoint(with: own) ? "\(number): \(labels.sorted()), \(found.sorted())" : nil
        }
    }

    /// Names that the schema has otherwise: of columns, and of what lies elsewhere in it.
    private static let schemaNames = [
        "capacity": ["capacityacceleratorseconds"],
        "workperrequest": ["workacceleratorsecondsperrequest"],
        "region": ["region", "optionregion", "awardregion"],
        "frictionusdperrequest": ["optionfrictionusdperrequest"],
        "delayseconds": ["optiondelayseconds"],
        "delaysecondsperrequest": ["optiondelaysecondsperrequest"],
        "service": ["service", "awardservice"],
        "workloadclass": ["workloadclass", "awardworkloadclass"],
        "requests": ["requests", "awardrequests"],
        "energymwh": ["energymwh", "awardenergymwh"],
        "gap": ["couplinggap"],
        "dispatchloadmw": ["loadmw"],
        "signaltick": ["tick"],
        "oftick": ["stalesignalstick"],
    ]

    private mutating func look(at value: Any, name: String) {
        switch value {
        case let number as Double: note(number, name)
        case let number as any BinaryInteger: note(Double(Int64(number)), name)
        case is Digest, is [UInt8]: break
        default:
            for child in Mirror(reflecting: value).children {
                // Places of a list and of a tuple, and what an optional holds, have the name of the whole.
                let label = child.label.flatMap { $0 == "some" || $0.hasPrefix(".") ? nil : $0.lowercased() }
                look(at: child.value, name: label ?? name)
            }
        }
    }

    /// 0 is what is left out, such as the number of an agent, which travels with the frame.
    private mutating func note(_ number: Double, _ name: String) {
        if number != 0 { names[number, default: []].insert(name) }
    }

    private mutating func read(_ value: Any, name: String) {
        switch value {
        case let fields as [String: Any]: for (key, field) in fields { read(field, name: key.lowercased()) }
        case let elements as [Any]: for element in elements { read(element, name: name) }
        // Integers of 64 bits are texts there.
        case let text as String: if let number = Double(text) { note(number, name) }
        case let number as NSNumber: note(number.doubleValue, name)
        default: break
        }
    }
}
