import CoSimulation
import Testing

/// Settings of a program of its own, as a scenario sends them, against the fields of its strategy.
@Suite struct FieldCheckTests {
    private static let fields: [Field] = [
        .required("demand", .map(.series(.nonNegative), keys: "classes"), "Requests."),
        .optional("share", .number(.share), default: .number(0.5), "Share."),
        .optional("count", .integer(.nonNegative), "Count."),
        .optional("mode", .choice(["low", "high"]), "Mode."),
        .optional(
            "fleet",
            .rows(
                [.required("name", .text, "Name."), .optional("mw", .number(.any), default: .number(3), "MW.")],
                minimumCount: 1),
            "Fleet."),
    ]

    private static let demand = ("demand", ParameterValue.section(Parameters([("batch", .number(7))])))

    @Test func defaultsAreFilledInAtEveryDepthAndOnlyOnce() throws {
        let row = ParameterValue.section(Parameters([("name", .text("gas"))]))
        let checked = try Parameters([Self.demand, ("fleet", .list([row]))]).checked(by: Self.fields)
        #expect(checked.number("share") == 0.5)
        #expect(checked.sections("fleet")[0].number("mw") == 3)
        #expect(checked.section("demand").series("batch")[20] == 7)
        #expect(checked["count"] == nil)
        #expect(try checked.checked(by: Self.fields) == checked)
    }

    @Test(arguments: [
        ("colour", ParameterValue.text("red"), "colour: the strategy has no such setting"),
        ("share", .number(1.5), "share: 1.5 is not accepted"),
        ("share", .text("half"), "share: it is of another kind"),
        ("count", .number(0.5), "count: 0.5 is not a whole number"),
        ("mode", .text("middle"), "mode: 'middle' is unknown"),
        ("fleet", .list([]), "fleet: it has 0 entries"),
        ("fleet", .list([.section(Parameters())]), "fleet[0].name: it is missing"),
        ("demand", .section(Parameters([("batch", .series([1, -1]))])), "demand.batch: -1.0 is not accepted"),
    ])
    func whatFieldsRefuseIsNamed(name: String, value: ParameterValue, text: String) throws {
        let error = try #require(throws: ParameterError.self) {
            _ = try Parameters([Self.demand, (name, value)]).checked(by: Self.fields)
        }
        #expect("\(error.path): \(error.problem)" == text)
        #expect(!error.remedy.isEmpty)
    }
}
