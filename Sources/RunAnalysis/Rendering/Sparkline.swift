/// A series as one line of text: a block for each value, between the lowest and the highest of them.
package enum Sparkline {
    private static let blocks = Array("▁▂▃▄▅▆▇█")

    /// Values in order, those that share a column by their mean; a space where none is known. The limits are those of the
    /// values unless given.
    package static func text(_ values: [Double?], width: Int, limits: ClosedRange<Double>? = nil) -> String {
        let columns = columns(values, width: width)
        let known = columns.compactMap(\.self)
        guard let low = limits?.lowerBound ?? known.min(), let high = limits?.upperBound ?? known.max() else {
            return ""
        }
        return String(
            columns.map { value in
                guard let value else { return " " }
                guard high > low else { return blocks[3] }
                return blocks[Int(((value - low) / (high - low) * Double(blocks.count - 1)).rounded())]
            })
    }

    private static func columns(_ values: [Double?], width: Int) -> [Double?] {
        guard values.count > width else { return values.map { $0.flatMap { $0.isFinite ? $0 : nil } } }
        return (0..<width).map { column in
            let part = values[column * values.count / width..<(column + 1) * values.count / width]
            let known = part.compactMap(\.self).filter(\.isFinite)
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
    }
}
