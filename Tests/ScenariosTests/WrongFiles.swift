import Scenarios

extension WrongScenario {
    /// Wrong CSV files, and wrong uses of right ones.
    static let csvFiles: [WrongScenario] = structure + rows + series + times

    private static let structure: [WrongScenario] = [
        .csv(
            "a row too short", "demand.csv", "2024-07-08T01:00Z,0.6,61,200", "2024-07-08T01:00Z,0.6,61", .csvStructure,
            "the row has 3 cells, the header 4"),
        .csv(
            "a row too long", "egress.csv", "stockholm,0.09", "stockholm,0.09,1", .csvStructure,
            "the row has 3 cells, the header 2"),
        .csv("a quote left open", "fleet.csv", "\"dam, old\"", "\"dam, old", .csvStructure, at: "dam", "never closed"),
        .csv(
            "text after a quote", "fleet.csv", "\"dam, old\"", "\"dam\" old", .csvStructure, at: "dam",
            "text follows a closing quote"),
        .csv(
            "a column without a name", "egress.csv", "service,south-1", "service,", .csvStructure, at: "service,",
            "column 2 has no name"),
        .csv(
            "a column twice", "latency.csv", "service,north-1,south-1", "service,north-1,north-1", .csvStructure,
            "occurs twice"),
        .csv(
            "semicolons", "egress.csv", "service,south-1\nstockholm,0.09", "service;south-1\nstockholm;0,09",
            .csvStructure, at: "service;", "", also: [.csvStructure]),
        .csv("an empty table", "egress.csv", GoodScenario.egress, "", .csvStructure, at: "", "the file is empty"),
    ]

    private static let rows: [WrongScenario] = [
        .csv(
            "a column without its unit", "fleet.csv", "capacity_gw", "capacity", .unitSuffix,
            "Name it capacity_mw, capacity_kw"),
        .csv(
            "a column no setting has", "fleet.csv", "must_run", "must_rum", .unknownColumn, "Did you mean `must_run`?"),
        .csv(
            "a column far from any", "fleet.csv", "must_run", "colour", .unknownColumn,
            "A name that begins with _ is a note"),
        .csv(
            "a required column left out", "fleet.csv", "area,name,", "area,_name,", .missingKey,
            "no column gives `name`"),
        .csv(
            "a number in a row", "fleet.csv", "hydro,hydro,0.9", "hydro,hydro,-0.9", .outOfRange,
            "-900 is not accepted; it must be more than 0"),
        .csv(
            "a text in a row", "fleet.csv", "hydro,hydro,0.9,5", "hydro,hydro,0.9,cheap", .wrongKind,
            "`cheap` is not a number"),
        .csv(
            "an empty cell of a row", "fleet.csv", "north,hydro,hydro,0.9", "north,,hydro,0.9", .missingKey,
            "`name` is missing"),
        .csv("a boolean of a row", "fleet.csv", ",true,", ",maybe,", .wrongKind, "neither true nor false"),
        .yaml(
            "no row selected", "where: {area: north}", "where: {area: nord}", .noRows,
            "no row of `fleet.csv` is selected"),
        .yaml(
            "a condition on no column", "where: {area: north}", "where: {region: north}", .unknownColumn,
            "no column `region`"),
        .yaml(
            "a table without a file", "{file: fleet.csv, where: {area: north}}", "{where: {area: north}}", .missingKey,
            "`file` is missing"),
        .yaml(
            "a table with another key", "{file: fleet.csv, where: {area: north}}",
            "{file: fleet.csv, were: {area: north}}", .unknownKey, "Did you mean `where`?"),
    ]

    private static let series: [WrongScenario] = [
        .yaml(
            "a series without a column", "{file: demand.csv, column: north_gw}", "{file: demand.csv}", .missingKey,
            "`column` is missing"),
        .yaml(
            "a series with another key", "column: north_gw}", "column: north_gw, zone: UTC}", .unknownKey,
            "Known here: column, file, missing, timeZone"),
        .yaml("an unknown column", "column: north_gw", "column: noth_gw", .unknownColumn, "Did you mean `north_gw`?"),
        .yaml(
            "a column of another quantity", "column: north_gw", "column: stockholm_interactive_requests", .unitSuffix,
            "which is no MW"),
        .yaml(
            "a column in the wrong unit", "column: stockholm_interactive_requests", "column: north_gw", .unitSuffix,
            at: nil, "_requests_per_tick or _requests"
        ).pointing(at: "scenario.yaml", line: 85),
        .yaml(
            "a column without a unit", "column: sun_percent", "column: local", .unitSuffix, "does not end in its unit"),
        .yaml(
            "an unknown way to fill", "missing: interpolate", "missing: guess", .unknownChoice,
            "none of error, hold, interpolate"),
        .yaml(
            "a file that is not there", "file: weather.csv", "file: whether.csv", .unreadableFile,
            "Did you mean `weather.csv`?"),
        .yaml("a zone of a series", "missing: interpolate", "timeZone: Mars/Olympus", .invalidTime, "no time zone"),
        .yaml("a list for a series", "demandMW: 900", "demandMW: [900]", .wrongKind, "where a number belongs"),
        .yaml("gaps that are errors", ", missing: interpolate", "", .gap, "", also: [.missingCell]).pointing(
            at: "weather.csv", "05:00"),
        .csv(
            "a cell out of range", "demand.csv", "0.7,62", "-0.7,62", .outOfRange,
            "-0.7 is not accepted; it must be at least 0"),
        .csv("a cell that is a text", "demand.csv", "0.7,62", "much,62", .invalidCell, "`much` is not a number"),
        .csv("a cell that is infinite", "demand.csv", "0.7,62", "inf,62", .invalidCell, "is not a finite number"),
        .csv("a cell that is NaN", "demand.csv", "0.7,62", "NaN,62", .missingCell, "the cell is empty"),
        .csv("a decimal comma in a cell", "demand.csv", "0.7,62", "\"0,7\",62", .invalidCell, "Write a decimal point"),
        .csv("percents beyond a hundred", "weather.csv", "03:00,10", "03:00,110", .outOfRange, "from 0 to 1"),
        .csv(
            "nothing to interpolate to", "weather.csv", "07:00,50", "07:00,", .missingCell, at: "06:00",
            "a line needs both ends"),
    ]

    private static let times: [WrongScenario] = [
        .csv(
            "no time column", "demand.csv", "utc,north_gw", "time,north_gw", .timeColumn,
            "named `utc`, `local` or `tick`"),
        .csv(
            "a stamp that is none", "demand.csv", "2024-07-08T02:00Z", "08.07.2024 02:00", .invalidTime,
            "is no utc time"),
        .csv(
            "a stamp twice", "demand.csv", "2024-07-08T02:00Z", "2024-07-08T01:00Z", .duplicateStamp, at: "0.7,62",
            "occurs twice"),
        .csv(
            "stamps out of order", "demand.csv", "2024-07-08T02:00Z", "2024-07-08T00:30Z", .unsortedStamps,
            "comes after a later one"),
        .csv(
            "a missing row", "demand.csv", "2024-07-08T02:00Z,0.7,62,300\n", "", .gap, at: "03:00Z",
            "1 row missing before this line, where rows come every 1 h"),
        .csv(
            "a skipped hour", "weather.csv", "2024-07-08 02:00", "2024-03-31 02:00", .skippedHour,
            "clocks were set forward"),
        .csv(
            "no rows", "weather.csv",
            "2024-07-08 02:00,0\n2024-07-08 03:00,10\n2024-07-08 05:00,30\n2024-07-08 06:00,\n2024-07-08 07:00,50\n",
            "", .noRows, at: nil, "has no rows"
        ).pointing(at: "scenario.yaml", "weather.csv"),
        .csv(
            "ticks that are none", "demand.csv", GoodScenario.demand,
            "tick,north_gw,south_connection_mw,stockholm_interactive_requests\n0,1,1,1\n1.5,1,1,1\n", .invalidTime,
            at: "1.5", "Count ticks 0, 1, 2"),
    ]
}
