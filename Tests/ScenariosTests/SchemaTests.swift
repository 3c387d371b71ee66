import CoSimulation
import Foundation
import Testing

@testable import Scenarios

@Suite("Schema and reference")
struct SchemaTests {
    let catalogue = TestCatalogue.catalogue

    /// Every field of the format and of the catalogue, those within sections and rows included.
    private var names: Set<String> {
        func all(_ fields: [Field]) -> [String] {
            fields.flatMap { field -> [String] in
                switch field.kind {
                case .section(let inner), .rows(let inner, _): [field.name] + all(inner)
                default: [field.name]
                }
            }
        }
        return Set(all(ScenarioSchema.fields) + catalogue.entries.flatMap { all($0.fields) })
    }

    @Test("the JSON Schema is JSON, closed, and has every field")
    func json() throws {
        let text = ScenarioSchema.jsonSchema(catalogue: catalogue)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(root["additionalProperties"] as? Bool == false)
        for name in names { #expect(text.contains("\"\(name)\": {"), "\(name)") }
        let definitions = try #require(root["$defs"] as? [String: Any])
        #expect(definitions.keys.sorted() == catalogue.entries.map { "\($0.role.rawValue).\($0.name)" }.sorted())
        let honest = try #require(definitions["compute-region.honest"] as? [String: Any])
        #expect(
            Set(honest["required"] as? [String] ?? []) == [
                "name", "strategy", "grid", "accelerators", "connectionMW", "pue",
            ])
        let pue = try #require((honest["properties"] as? [String: Any])?["pue"] as? [String: Any])
        let number = try #require((pue["oneOf"] as? [[String: Any]])?.first)
        #expect(number["minimum"] as? Double == 1)
    }

    @Test("the JSON Schema is the same each time")
    func stable() {
        #expect(ScenarioSchema.jsonSchema(catalogue: catalogue) == ScenarioSchema.jsonSchema(catalogue: catalogue))
    }

    @Test("the reference has a row for every field, with unit and default")
    func reference() {
        let text = ScenarioSchema.reference(catalogue: catalogue)
        for name in names { #expect(text.contains("`\(name)`") || text.contains(".\(name)`"), "\(name)") }
        #expect(text.contains("| `clock.tickMinutes` | number, more than 0 and at most 527040 | min | **required** |"))
        #expect(
            text.contains(
                "| `connectionMW` | number or series, at least 0 | MW | **required** | Greatest draw from the grid. |"))
        #expect(text.contains("### compute-region `marking-up`"))
    }

    @Test("keys and columns go together")
    func columns() {
        #expect(SnakeCase.of("capacityMW") == "capacity_mw")
        #expect(SnakeCase.of("costUSDPerMWh") == "cost_usd_per_mwh")
        #expect(SnakeCase.of("emissionsKgPerMWh") == "emissions_kg_per_mwh")
        #expect(SnakeCase.of("sessionStateGB") == "session_state_gb")
        #expect(SnakeCase.of("energyWhPerInputToken") == "energy_wh_per_input_token")
        #expect(
            Unit.megawatt.columnNames(ofKey: "capacityMW").map(\.name) == [
                "capacity_mw", "capacity_kw", "capacity_gw", "capacity_w",
            ])
        #expect(Unit.perUnit.columnNames(ofKey: "availability").map(\.name).contains("availability_percent"))
        #expect(!Unit.perUnit.columnNames(ofKey: "availability").map(\.name).contains("availability"))
        #expect(
            Unit.milliseconds.columnNames(ofKey: "latencyBudgetMilliseconds").map(\.name).first
                == "latency_budget_milliseconds")
        #expect(Unit.degrees.columnNames(ofKey: "latitude").map(\.name).first == "latitude")
    }

    @Test("every field of the format says what it is")
    func texts() {
        for field in ScenarioSchema.fields + ScenarioSchema.workloadClass + ScenarioSchema.region {
            #expect(field.text.count > 8 && (field.text.hasSuffix(".") || field.text.hasSuffix(";")), "\(field.name)")
        }
    }
}
