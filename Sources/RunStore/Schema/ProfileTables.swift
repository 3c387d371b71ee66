/// Where the time of a profiled run went; empty of any other.
enum ProfileTables {
    static let all = [tickProfile, exchangeProfile]

    static let tickProfile = Table(
        "tick_profile", key: ["tick"],
        "Where the time of a tick went, of a run with --profile; differs from run to run.",
        columns: [
            Column("tick", .integer, references: "tick", "Tick, from 0."),
            Column("start_microseconds", .integer, unit: "microseconds", "Start of the tick, since that of the first."),
            Column(
                "solving_microseconds", .integer, unit: "microseconds",
                "Of the coordinator: the market, settlement and checks."),
            Column(
                "coding_microseconds", .integer, unit: "microseconds",
                "Of the coordinator: questions into bytes and bytes into answers."),
            Column(
                "journal_microseconds", .integer, unit: "microseconds", "Of the coordinator: appending to the journal."),
            Column(
                "waiting_microseconds", .integer, unit: "microseconds", "Of the coordinator: waiting for answers."),
            Column(
                "recording_microseconds", .integer, unit: "microseconds",
                "Of the recorder, beside the next ticks: the rows of this one; the commit of a batch is not counted."),
        ])

    static let exchangeProfile = Table(
        "exchange_profile", key: ["tick", "exchange"],
        "A question and its answer, of a run with --profile; differs from run to run.",
        columns: [
            .tick,
            Column("exchange", .integer, "Place among the answers of the tick, from 0."),
            .agent("agent", "Agent, by number."),
            Column("phase", .text, "Phase: signalling, bidding, quoting or dispatching."),
            Column("round", .integer, "Round of the phase, from 0."),
            Column("asked_microseconds", .integer, unit: "microseconds", "From the start of the tick to the question."),
            Column("wait_microseconds", .integer, unit: "microseconds", "From the question to the answer."),
            Column(
                "computing_microseconds", .integer, unit: "microseconds", isNullable: true,
                "Of the agent: its strategy; NULL where it says nothing."),
            Column(
                "coding_microseconds", .integer, unit: "microseconds", isNullable: true,
                "Of the agent: the question out of bytes and the answer into bytes; NULL where it says nothing."),
        ])
}
