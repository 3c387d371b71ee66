/// The first field in which two values of a type differ.
public struct FieldDifference: Sendable, Equatable {
    /// Where, such as `clearing.awards[3].requests`.
    public let path: String
    /// The value on the left, in words.
    public let left: String
    /// The value on the right, in words.
    public let right: String

    /// The first difference in the order of the fields, nil when the values are equal.
    public init?<Value: Equatable>(between left: Value, and right: Value) {
        guard left != right else { return nil }
        self = FieldDifference.find(left, right, path: "")
    }

    private init(path: String, left: Any, right: Any) {
        self.path = path.isEmpty ? "the whole" : path
        self.left = String(describing: left)
        self.right = String(describing: right)
    }

    private static func find(_ left: Any, _ right: Any, path: String) -> FieldDifference {
        let (a, b) = (Mirror(reflecting: left), Mirror(reflecting: right))
        let isList = a.displayStyle == .collection
        if isList, a.children.count != b.children.count {
            return FieldDifference(path: path + ".count", left: a.children.count, right: b.children.count)
        }
        guard a.children.count == b.children.count, !a.children.isEmpty else {
            return FieldDifference(path: path, left: left, right: right)
        }
        for (index, (one, other)) in zip(a.children, b.children).enumerated() where !isSame(one.value, other.value) {
            return find(one.value, other.value, path: extended(path, one.label, index, style: a.displayStyle))
        }
        return FieldDifference(path: path, left: left, right: right)
    }

    private static func extended(_ path: String, _ label: String?, _ index: Int, style: Mirror.DisplayStyle?) -> String
    {
        switch style {
        case .collection: "\(path)[\(index)]"
        case .optional: path
        default: path.isEmpty ? (label ?? "") : "\(path).\(label ?? "\(index)")"
        }
    }

    private static func isSame(_ left: Any, _ right: Any) -> Bool {
        guard let left = left as? any Equatable else { return "\(left)" == "\(right)" }
        return left.equals(right)
    }
}

extension Equatable {
    fileprivate func equals(_ other: Any) -> Bool {
        guard let other = other as? Self else { return false }
        return self == other
    }
}
