import Scenarios

extension WrongScenario {
    /// Wrong agents, their settings, masks and overrides.
    static let agents: [WrongScenario] = lists + settings + masks + overridden

    private static let lists: [WrongScenario] = [
        .yaml(
            "no regions", "regions:\n  - name: north-1", "regionz:\n  - name: north-1", .unknownKey, at: "regionz",
            "Did you mean `regions`?", also: [.missingKey]),
        .yaml(
            "an unknown strategy", "strategy: marking-up", "strategy: marking", .unknownStrategy,
            "Did you mean `marking-up`? The catalogue has honest, marking-up."),
        .yaml(
            "no strategy", "    strategy: marking-up\n", "", .missingKey, at: "name: south-1", "`strategy` is missing"),
        .yaml(
            "a name taken", "- name: berlin\n", "- name: north-1\n", .duplicateName, at: nil, "taken already",
            also: [.unknownReference, .unknownReference]
        ).pointing(at: "scenario.yaml", line: 87),
        .yaml(
            "the recorder's name", "- name: berlin\n", "- name: recorder\n", .invalidName, at: nil,
            "`recorder` is a process of every run", also: [.unknownReference, .unknownReference]),
        .yaml(
            "the coordinator's name", "- name: north-1\n", "- name: coordinator\n", .invalidName, at: nil,
            "`coordinator` is a process of every run",
            also: [.unknownReference, .unknownReference, .unknownReference]),
        .yaml("an unknown grid", "grid: south\n", "grid: sauth\n", .unknownReference, "Did you mean `south`?"),
        .yaml("an unknown home", "home: south-1", "home: nowhere", .unknownReference, "There are north-1, south-1"),
        .yaml("no home", "    home: south-1\n", "", .missingKey, at: "name: berlin", "`home` is missing"),
        .yaml(
            "a number for a name", "- name: berlin\n", "- name: [1]\n", .wrongKind, at: nil,
            "a list stands where a text belongs"
        ).pointing(at: "scenario.yaml", line: 87),
    ]

    private static let settings: [WrongScenario] = [
        .yaml("a PUE below one", "pue: 1.1", "pue: 0.9", .outOfRange, "0.9 is not accepted; it must be at least 1."),
        .yaml(
            "a setting of another strategy", "    pue: 1.1\n", "    pue: 1.1\n    markUpUSDPerMWh: 3\n", .unknownKey,
            at: "markUpUSDPerMWh: 3", "no setting `markUpUSDPerMWh`"),
        .yaml(
            "a setting without its unit", "connectionMW: 150", "connection: 150", .unknownKey,
            "Did you mean `connectionMW`?", also: [.missingKey]),
        .yaml(
            "a setting left out", "    accelerators: 100000\n", "", .missingKey, at: "name: north-1",
            "Give accelerators in service"),
        .yaml("ticks in halves", "patienceTicks: 4", "patienceTicks: 4.5", .outOfRange, "not a whole number"),
        .yaml("too much patience", "patienceTicks: 4", "patienceTicks: 25", .outOfRange, "from 0 to 24"),
        .yaml("an unknown mode", "patienceTicks: 4", "mode: prize", .unknownChoice, "Did you mean `price`?"),
        .yaml(
            "an empty section", "limits: {priceUSDPerMWh: 80}", "limits: {}", .missingKey, "`priceUSDPerMWh` is missing"
        ),
        .yaml("a number for a section", "limits: {priceUSDPerMWh: 80}", "limits: 80", .wrongKind, "a section belongs"),
        .yaml(
            "a list for a section", "location: {latitude: 52.5, longitude: 13.4}", "location: [52.5, 13.4]", .wrongKind,
            "a section belongs"),
        .yaml("an empty list", "shares: [0.5, 0.5]", "shares: []", .outOfRange, "0 values; it must have at least 1"),
        .yaml(
            "a wrong entry of a list", "shares: [0.5, 0.5]", "shares: [0.5, 5]", .outOfRange,
            "regions[1].shares[1]: 5 is not accepted"),
        .yaml("a number for a list", "shares: [0.5, 0.5]", "shares: 0.5", .wrongKind, "where a list belongs"),
        .yaml(
            "a word for a list of rows", "fleet: {file: fleet.csv, where: {area: north}}", "fleet: none", .wrongKind,
            "where a list belongs"),
        .yaml(
            "a list of rows left empty", "fleet: {file: fleet.csv, where: {area: north}}", "fleet: []", .outOfRange,
            "at least 1"),
        .yaml(
            "demand of an unknown class", "demand: {interactive: 1000}", "demand: {interactiv: 1000}",
            .unknownReference, "Did you mean `interactive`?"),
        .yaml(
            "demand as a number", "demand: {interactive: 1000}", "demand: 1000", .wrongKind,
            "for each of workload classes"),
        .yaml(
            "negative demand", "demand: {interactive: 1000}", "demand: {interactive: -1}", .outOfRange,
            "services[1].demand.interactive: -1"),
        .yaml("capacity of nothing", "capacityMW: 400", "capacityMW: 0", .outOfRange, "more than 0"),
        .yaml(
            "what the strategy refuses", "connectionMW: 150", "connectionMW: 13", .refusedByStrategy,
            "13 is unlucky. Take 14."),
        .yaml(
            "a generator the strategy refuses", "name: gas, technology", "name: cursed, technology", .refusedByStrategy,
            "gridOperators[1].fleet[0].name"),
        .yaml(
            "a boolean in words", "emissionsKgPerMWh: 400}", "emissionsKgPerMWh: 400, mustRun: yes}", .wrongKind,
            "neither true nor false"),
    ]

    private static let masks: [WrongScenario] = [
        .yaml("an unknown rule", "legal: bloc", "legal: continent", .unknownChoice, "none of none, bloc, country"),
        .yaml(
            "a region without its bloc", "    country: DE\n    bloc: EEA\n", "    country: DE\n", .missingKey,
            at: "name: south-1", "which `masks.legal: bloc` needs"),
        .yaml(
            "a mask for an unknown service", "{service: berlin, class", "{service: bonn, class", .unknownReference,
            "no service node `bonn`"),
        .yaml(
            "a mask for an unknown class", "class: batch, region", "class: botch, region", .unknownReference,
            "Did you mean `batch`?"),
        .yaml(
            "a mask for an unknown region", "class: batch, region: north-1", "class: batch, region: north-9",
            .unknownReference, "Did you mean `north-1`?"),
        .yaml(
            "a mask with an unknown key", "{service: berlin, class: batch, region",
            "{service: berlin, klass: batch, region", .unknownKey, "Did you mean `class`?"),
        .yaml(
            "a mask of everything", "{service: berlin, class: batch, region: north-1}", "{}", .missingKey,
            "would forbid everything"),
        .yaml(
            "a mask of home", "class: batch, region: north-1", "class: batch, region: south-1", .noEffect,
            "nothing but homes"),
    ]

    private static let overridden: [WrongScenario] = [
        .override("an override without a value", "clock.ticks", .invalidOverride, "Write `path=value`"),
        .override("an override of no agent", "regions.north-9.pue=1.2", .invalidOverride, "Did you mean `north-1`?"),
        .override("an override below a number", "regions.north-1.pue.x=1.2", .invalidOverride, "has nothing below it"),
        .override(
            "an override below a table", "gridOperators.north.fleet.hydro.capacityMW=3", .invalidOverride,
            "come from the file `fleet.csv`"),
        .override(
            "an override out of range", "regions.north-1.pue=0.5", .outOfRange,
            "0.5 is not accepted; it must be at least 1"),
        .override("an override by number", "regions[1].pue=x", .wrongKind, "regions[1].pue: `x` is not a number"),
        .override("an override of an unknown key", "regions.north-1.colour=red", .unknownKey, "no setting `colour`"),
        .override("an override that is no YAML", "title=[", .invalidOverride, "its value is not usable"),
        .override("an override with an empty part", "clock..ticks=3", .invalidOverride, "an empty part"),
        .override("an override with an anchor", "title=&a b", .invalidOverride, "anchors"),
    ]
}
