/// Column names that go with keys: `costUSDPerMWh` is `cost_usd_per_mwh`.
enum SnakeCase {
    /// The column name of a key.
    static func of(_ key: String) -> String {
        // The units MWh, kWh and GWh end in a small letter but are one word.
        var text = key
        for (unit, word) in [("MWh", "Mwh"), ("KWh", "Kwh"), ("GWh", "Gwh")] { text = text.replacing(unit, with: word) }
        var result = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let isUpper = character.isUppercase
            let previousIsLower = index > 0 && !characters[index - 1].isUppercase
            let nextIsLower = index + 1 < characters.count && characters[index + 1].isLowercase
            if isUpper && index > 0 && (previousIsLower || nextIsLower) { result += "_" }
            result += character.lowercased()
        }
        return result
    }
}
