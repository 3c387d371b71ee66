import Scenarios

extension WrongScenario {
    /// Wrong keys, kinds, numbers and references in the sections of the format.
    static let sections: [WrongScenario] = head + clock + mechanism + latency + classes + events + faults

    private static let head: [WrongScenario] = [
        .yaml("no version", "gridtide: 1\n", "", .missingKey, at: "name: two-region", "`gridtide` is missing"),
        .yaml("a version in quotes", "gridtide: 1\n", "gridtide: \"1\"\n", .wrongKind, "Leave the quotes out"),
        .yaml("no name", "name: two-region\n", "", .missingKey, at: "gridtide: 1", "`name` is missing"),
        .yaml("a name with a blank", "name: two-region", "name: two region", .invalidName, "`two region` is no name"),
        .yaml("a name with an umlaut", "name: two-region", "name: zwei-räume", .invalidName, "letters a to z"),
        .yaml("a name that climbs", "name: two-region", "name: ..", .invalidName, "begin with a letter or digit"),
        .yaml(
            "a long name", "name: two-region", "name: " + String(repeating: "n", count: 65), .invalidName,
            "1 to 64 letters"),
        .yaml("an unknown key", "seed: 7", "sead: 7", .unknownKey, "Did you mean `seed`?"),
        .yaml("a key far from any", "seed: 7", "zzzzzz: 7", .unknownKey, "Known here"),
        .yaml("a seed below zero", "seed: 7", "seed: -7", .outOfRange, "from 0 to 9007199254740992"),
        .yaml("a seed with a fraction", "seed: 7", "seed: 7.5", .outOfRange, "not a whole number"),
        .yaml("a seed too great", "seed: 7", "seed: 1e30", .outOfRange, "1e30 is not accepted"),
        .yaml("hexadecimal digits", "seed: 7", "seed: 0x10", .wrongKind, "decimal digits"),
        .yaml("underscores", "seed: 7", "seed: 1_000", .wrongKind, "Leave the underscores out"),
        .yaml("a leading zero", "seed: 7", "seed: 010", .wrongKind, "octal"),
        .yaml("a word for a number", "seed: 7", "seed: yes", .wrongKind, "`yes` is not a number"),
        .yaml("minutes and seconds", "seed: 7", "seed: 1:30", .wrongKind, "not hours and minutes"),
        .yaml("a list for a number", "seed: 7", "seed: [7]", .wrongKind, "a list stands where a number belongs"),
        .yaml("a key without a value", "seed: 7", "seed:", .noValue, "the key has no value"),
        .yaml("a null", "title: Two regions, one cheap", "title: ~", .noValue, "the key has no value"),
        .yaml("an empty text", "title: Two regions, one cheap", "title: \"  \"", .noValue, "the text is empty"),
        .yaml(
            "a section for a text", "title: Two regions, one cheap", "title: {a: b}", .wrongKind,
            "a section stands where a text belongs"),
        .yaml(
            "a repeated resource", "resources: [accelerator, memory]", "resources: [accelerator, accelerator]",
            .duplicateName, "taken already", also: [.unknownReference]),
        .yaml("no resources", "resources: [accelerator, memory]", "resources: []", .outOfRange, "at least 1"),
        .yaml("an unknown transport", "transport: tcp", "transport: udp", .unknownChoice, "none of ipc, tcp"),
        .yaml(
            "an unknown policy", "transport: tcp", "onLoss: shrug\n  transport: tcp", .unknownChoice,
            "none of fail, restart, absent"),
        .yaml(
            "a deadline of nothing", "tickDeadlineSeconds: 12.5", "tickDeadlineSeconds: 0", .outOfRange, "more than 0"),
    ]

    private static let clock: [WrongScenario] = [
        .yaml("a start that is no time", "start: 2024-07-08T00:00Z", "start: tomorrow", .invalidTime, "ISO 8601"),
        .yaml("the 31st of June", "start: 2024-07-08T00:00Z", "start: 2024-06-31T00:00Z", .invalidTime, "is no time"),
        .yaml("an hour of 24", "start: 2024-07-08T00:00Z", "start: 2024-07-08T24:00Z", .invalidTime, "is no time"),
        .yaml(
            "a start in a skipped hour", "start: 2024-07-08T00:00Z", "start: 2024-03-31T02:30", .skippedHour,
            "does not exist", also: []),
        .yaml(
            "a zone that is none", "timeZone: Europe/Stockholm", "timeZone: Europe/Atlantis", .invalidTime,
            "is no time zone", also: []),
        .yaml("ticks of no length", "tickMinutes: 60", "tickMinutes: 0", .outOfRange, "more than 0"),
        .yaml(
            "ticks of broken seconds", "tickMinutes: 60", "tickMinutes: 0.333", .outOfRange,
            "no whole number of seconds"),
        .yaml("minutes with a unit", "tickMinutes: 60", "tickMinutes: 60 min", .wrongKind, "Leave the unit out"),
        .yaml("no ticks", "  ticks: 6\n", "", .missingKey, at: "  start:", "`ticks` is missing"),
        .yaml("zero ticks", "ticks: 6", "ticks: 0", .outOfRange, "from 1 to 1000000"),
        .yaml("too many ticks", "ticks: 6", "ticks: 1000001", .outOfRange, "from 1 to 1000000"),
        .yaml(
            "a run longer than its data", "ticks: 6", "ticks: 7", .notCovered, at: nil,
            "the run ends at 2024-07-08T07:00Z", also: [.notCovered, .notCovered, .notCovered]
        ).pointing(at: "demand.csv", "05:00Z"),
        .yaml(
            "a run before its data", "start: 2024-07-08T00:00Z", "start: 2024-07-07T00:00Z", .notCovered,
            "the run starts at 2024-07-07T00:00Z", also: [.notCovered, .notCovered, .notCovered]
        ).pointing(at: "demand.csv", "00:00Z"),
    ]

    private static let mechanism: [WrongScenario] = [
        .yaml(
            "an unknown objective", "objective: carbon-priced", "objective: carbon-price", .unknownChoice,
            "Did you mean `carbon-priced`?"),
        .yaml(
            "co-optimised with a carbon price", "  carbonPriceUSDPerTonne: 50\n",
            "  carbonPriceUSDPerTonne: 50\ncoupling: {kind: co-optimised}\n", .conflictingKeys, at: "kind",
            "the objective is carbon-priced"),
        .yaml(
            "carbon-priced without a price", "  carbonPriceUSDPerTonne: 50\n", "", .missingKey, at: "objective",
            "which carbon-priced needs"),
        .yaml(
            "a negative carbon price", "carbonPriceUSDPerTonne: 50", "carbonPriceUSDPerTonne: -50", .outOfRange,
            "at least 0"),
        .yaml(
            "a carbon price in kg", "carbonPriceUSDPerTonne: 50", "carbonPriceUSDPerKg: 50", .unknownKey,
            "Did you mean `carbonPriceUSDPerTonne`?", also: [.missingKey]),
        .yaml(
            "a currency sign", "carbonPriceUSDPerTonne: 50", "carbonPriceUSDPerTonne: $50", .wrongKind,
            "is not a number"),
        .yaml(
            "weighted without weights", "objective: carbon-priced\n  carbonPriceUSDPerTonne: 50", "objective: weighted",
            .missingKey, "`weights` is missing, which weighted needs"),
        .yaml(
            "lexicographic without priorities", "objective: carbon-priced\n  carbonPriceUSDPerTonne: 50",
            "objective: lexicographic", .missingKey, "`priorities` is missing"),
        .yaml(
            "a priority that is none", "objective: carbon-priced\n  carbonPriceUSDPerTonne: 50",
            "objective: lexicographic\n  priorities: [energy, speed]", .unknownChoice, at: "priorities",
            "none of energy, carbon"),
        .yaml(
            "no horizon", "  objective: carbon-priced", "  horizonTicks: 0\n  objective: carbon-priced", .outOfRange,
            "from 1 to 8784"),
    ]

    private static let latency: [WrongScenario] = [
        .yaml(
            "layers upside down", "regionalMilliseconds: 120", "regionalMilliseconds: 20", .conflictingKeys,
            "less than `localMilliseconds`, 30"),
        .yaml(
            "no such matrix", "latency.csv, missing", "latencies.csv, missing", .unreadableFile,
            "Did you mean `latency.csv`?"),
        .yaml(
            "an incomplete matrix", "latency.csv, missing: great-circle", "latency.csv", .missingCell, at: nil,
            "from `berlin` to `south-1` is empty"
        ).pointing(at: "latency.csv", "berlin"),
        .yaml(
            "a matrix without a region", "egress.csv, missing: default", "egress.csv", .missingCell, at: nil,
            "no column `north-1`", also: [.missingCell]
        ).pointing(at: "egress.csv", "service"),
        .yaml(
            "a file above the folder", "latency.csv, missing", "../latency.csv, missing", .outsideFolder,
            "not a file within"),
        .yaml("an absolute file", "latency.csv, missing", "/etc/passwd, missing", .outsideFolder, "not a file within"),
        .yaml(
            "no location for a great circle", "    location: {latitude: 52.5, longitude: 13.4}\n", "", .missingKey,
            at: "name: berlin", "`location` is missing"),
        .yaml("a latitude beyond the pole", "latitude: 52.5", "latitude: 152.5", .outOfRange, "from -90 to 90"),
        .yaml(
            "half a location", "latitude: 52.5, longitude: 13.4", "latitude: 52.5", .missingKey,
            "`longitude` is missing"),
        .csv(
            "a negative round trip", "latency.csv", "stockholm,20,45.5", "stockholm,-20,45.5", .invalidCell,
            "no number of at least 0"),
        .csv(
            "a text for a round trip", "latency.csv", "stockholm,20,45.5", "stockholm,near,45.5", .invalidCell,
            "`near` from `stockholm` to `north-1`"),
        .csv(
            "an unknown service", "latency.csv", "berlin,50,", "bern,50,", .unknownReference, "Did you mean `berlin`?"),
        .csv(
            "a row twice", "latency.csv", "berlin,50,", "berlin,50,\nberlin,51,", .duplicateName, at: "berlin,51",
            "occurs twice"),
        .csv(
            "an unknown region", "latency.csv", "service,north-1,south-1", "service,north-1,south-2", .unknownReference,
            "Did you mean `south-1`?"),
        .csv(
            "no column of services", "latency.csv", "service,north-1", "node,north-1", .unknownColumn,
            "no column `service`"),
    ]

    private static let classes: [WrongScenario] = [
        .yaml(
            "energy twice", "    energyWhPerRequest: 0.4\n",
            "    energyWhPerRequest: 0.4\n    inputTokensPerRequest: 3\n", .conflictingKeys,
            at: "inputTokensPerRequest: 3", "exclude each other"),
        .yaml(
            "no energy", "    energyWhPerRequest: 0.4\n", "", .missingKey, at: "name: interactive",
            "the energy of a request is missing"),
        .yaml(
            "half the tokens", "    energyWhPerInputToken: 0.0001\n", "", .missingKey, at: "name: batch",
            "beside the other token settings"),
        .yaml("a share beyond one", "movableShare: 0.8", "movableShare: 80", .outOfRange, "from 0 to 1"),
        .yaml("a share in percent", "movableShare: 0.8", "movableShare: 80%", .wrongKind, "0.25 for 25 %"),
        .yaml("a decimal comma", "movableShare: 0.8", "movableShare: 0,8", .wrongKind, "decimal point"),
        .yaml("not a number at all", "movableShare: 0.8", "movableShare: .nan", .wrongKind, "finite numbers"),
        .yaml(
            "infinity", "latencyBudgetMilliseconds: 300", "latencyBudgetMilliseconds: .inf", .wrongKind,
            "finite numbers"),
        .yaml(
            "a huge number", "latencyBudgetMilliseconds: 300", "latencyBudgetMilliseconds: 1e999", .outOfRange,
            "1e999 is not accepted"),
        .yaml(
            "a negative budget", "latencyBudgetMilliseconds: 300", "latencyBudgetMilliseconds: -300", .outOfRange,
            "at least 0"),
        .yaml("an unknown resource", "memory: 40", "memroy: 40", .unknownReference, "Did you mean `memory`?"),
        .yaml(
            "a class twice", "- name: batch\n", "- name: interactive\n", .duplicateName, at: nil, "taken already",
            also: [.unknownReference, .unknownReference]
        ).pointing(at: "scenario.yaml", line: 31),
        .yaml(
            "a class without a name", "  - name: batch\n    latencyB", "  - latencyB", .missingKey, at: "3.6e6",
            "`name` is missing"),
        .yaml(
            "a class that is a word", "  - name: batch\n    latency", "  - batch\n  - name: batch\n    latency",
            .wrongKind, at: "  - batch", "a section belongs"),
        .yaml(
            "a misspelt unit", "valueUSDPerRequest: 0.2", "valueEURPerRequest: 0.2", .unknownKey,
            "Did you mean `valueUSDPerRequest`?", also: [.missingKey]),
    ]
}

extension WrongScenario {
    /// The same, with the fault in a file, at the line that holds a text.
    func pointing(at file: String, _ marker: String) -> WrongScenario {
        WrongScenario(
            name: name, files: files, overrides: overrides, code: code, file: file, marker: marker, fragment: fragment,
            also: also)
    }

    /// The same, with the fault at the line that a number names.
    func pointing(at file: String, line: Int) -> WrongScenario {
        WrongScenario(
            name: name, files: files, overrides: overrides, code: code, file: file, marker: nil, fragment: fragment,
            also: also,
            exactLine: line)
    }

    /// The right scenario with an event of these settings beside its name and ticks.
    private static func event(
        _ name: String, _ settings: String, _ code: ScenarioFault.Code, _ fragment: String,
        ticks: String = "fromTick: 1, toTick: 3"
    ) -> WrongScenario {
        .yaml(
            name, "run:\n", "events:\n  - {name: heat, \(ticks), \(settings)}\nrun:\n", code, at: "name: heat", fragment
        )
    }

    private static let events: [WrongScenario] = [
        event("an event without a kind", "region: north-1, capMW: 3", .missingKey, "`kind` is missing"),
        event("an event of no kind", "region: north-1, kind: heat", .unknownChoice, "none of curtailment, cap"),
        event(
            "a request without a price", "region: north-1, kind: curtailment, reductionMW: 3", .missingKey,
            "`priceUSDPerMWh` is missing, which an event of kind curtailment has"),
        event(
            "a cap with a price", "region: north-1, kind: cap, capMW: 3, priceUSDPerMWh: 3", .conflictingKeys,
            "an event of kind cap has no `priceUSDPerMWh`"),
        event("an event nowhere", "region: north, kind: cap, capMW: 3", .unknownReference, "no region `north`"),
        event(
            "an event that ends before it begins", "region: north-1, kind: cap, capMW: 3", .outOfRange,
            "ends before it begins", ticks: "fromTick: 3, toTick: 3"),
        event(
            "an event after the run", "region: north-1, kind: cap, capMW: 3", .noEffect, "which has 6 ticks",
            ticks: "fromTick: 6, toTick: 9"),
        event("a negative cap", "region: north-1, kind: cap, capMW: -3", .outOfRange, "at least 0"),
    ]

    /// The right scenario with a fault of these settings beside its name.
    private static func fault(
        _ name: String, _ settings: String, _ code: ScenarioFault.Code, _ fragment: String
    ) -> WrongScenario {
        .yaml(name, "run:\n", "faults:\n  - {name: gap, \(settings)}\nrun:\n", code, at: "name: gap", fragment)
    }

    private static let faults: [WrongScenario] = [
        fault("a fault of no kind", "kind: flood", .unknownChoice, "none of outage, late-signals"),
        fault("an outage of nobody", "kind: outage", .missingKey, "`agents` is missing"),
        fault("a slow agent without a name", "kind: slow, delaySeconds: 1", .missingKey, "`agents` is missing"),
        fault("an outage of no agent", "kind: outage, agents: []", .outOfRange, "at least 1"),
        fault(
            "an outage of a stranger", "kind: outage, agents: [north-9]", .unknownReference,
            "there is no agent `north-9`"),
        fault("an agent out twice", "kind: outage, agents: [north-1, north-1]", .duplicateName, "named twice"),
        fault(
            "a grid operator without signals", "kind: lost-signals, agents: [north], probability: 0.5", .noEffect,
            "grid operators get no signals"),
        fault("a loss without a probability", "kind: lost-bids", .missingKey, "`probability` is missing"),
        fault(
            "a loss that is more than certain", "kind: lost-bids, probability: 1.5", .outOfRange, "must be from 0 to 1"),
        fault(
            "an outage with a probability", "kind: outage, agents: [north-1], probability: 0.5", .conflictingKeys,
            "a fault of kind outage has no `probability`"),
        fault(
            "signals that are half a tick late", "kind: late-signals, delayTicks: 0.5", .outOfRange,
            "not a whole number"),
        fault(
            "a fault after the run", "kind: late-signals, delayTicks: 1, fromTick: 6", .noEffect,
            "the fault begins after"),
        fault(
            "a fault that ends before it begins", "kind: late-signals, delayTicks: 1, fromTick: 3, toTick: 2",
            .outOfRange, "the fault ends before it begins"),
        .yaml(
            "two faults of one name", "run:\n",
            "faults:\n  - {name: gap, kind: lost-bids, probability: 0}\n  - {name: gap, kind: lost-bids, probability: 1}\nrun:\n",
            .duplicateName, at: "probability: 1", "is taken already"),
    ]
}
