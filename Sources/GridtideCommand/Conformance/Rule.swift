/// A rule of the protocol that an agent's program keeps or breaks, in the order they are tried.
enum Rule: String, CaseIterable, Codable {
    case greeting
    case emptyRun = "empty-run"
    case refusal
    case version
    case settings
    case lifeline
    case replies
    case deadline
    case answers
    case end
    case sameAnswers = "same-answers"
    case catchUp = "catch-up"
    case duplicates
    case newFields = "new-fields"
    case limits
    case quotes
    case badRequests = "bad-requests"

    /// The rules that are tried by a conversation had before.
    static let repeated: [Rule] = [.sameAnswers, .catchUp, .duplicates, .newFields, .limits, .quotes]

    /// What it asks of a program.
    var text: String {
        switch self {
        case .greeting: "says hello first, under its name, for the scenario it was started for"
        case .emptyRun: "ends with status 0 when the run ends before its first question"
        case .refusal: "ends with another status than 0 when it is refused"
        case .version: "does not go on with a frame of another protocol version"
        case .settings: "refuses a setting it does not know, and names it"
        case .lifeline: "ends with status 70 when its standard input ends"
        case .replies: "gives one reply to each question, with its tick, phase and round, and says nothing else"
        case .deadline: "answers in time"
        case .answers: "gives answers that keep the rules of the market"
        case .end: "ends with status 0 after the last question"
        case .sameAnswers: "gives the same answers to the same questions"
        case .catchUp: "comes back after a kill: told its past again, it answers as before and goes on"
        case .duplicates: "answers a question that comes twice with the same reply twice"
        case .newFields: "skips fields it does not know"
        case .limits:
            "keeps the rules at the edges: negative and great prices, no emissions, long forecasts, no headroom"
        case .quotes: "quotes without leaving a trace: the same trial gets the same quote, and answers stay the same"
        case .badRequests: "ends with another status than 0, without a reply, on a question it cannot read"
        }
    }

    /// What to do when it is broken.
    var remedy: String {
        switch self {
        case .greeting:
            "Connect a DEALER socket to GRIDTIDE_ENDPOINT with routing id GRIDTIDE_NAME, and send Hello with that name and GRIDTIDE_SCENARIO."
        case .emptyRun: "Wait for Stop (kind 6) from the welcome on; then close socket and context, and exit with 0."
        case .refusal: "On Refusal (kind 3), say its text and exit with 1."
        case .version: "Check the third byte of every frame; it is 1. Exit with 1 on any other."
        case .settings:
            "Check all settings of the Welcome; for one that is unknown send Failure with setting, problem and remedy, wait for Stop, and exit with 1."
        case .lifeline: "Where GRIDTIDE_LIFELINE is 1, read standard input in a thread, and exit with 70 at its end."
        case .replies: "Send one Reply for each Ask, with the tick, phase and round of the Ask, and nothing in between."
        case .deadline:
            "Do slow work once, at the start, or allow more with --deadline and the scenario's tickDeadlineSeconds."
        case .answers: "See 'Rules of an answer' in docs/protocol.md."
        case .end: "On Stop (kind 6), close socket and context, and exit with 0."
        case .sameAnswers:
            "Take random numbers from seed, agent, tick and phase only; ask no clock, and iterate over nothing without an order."
        case .catchUp: "Keep no state outside the process: no files, locks or caches that the next start would find."
        case .duplicates: "Keep the last Ask with its Reply, and send that Reply again when the Ask comes again."
        case .newFields:
            "Let the protobuf library parse, or skip fields by their wire type; never count or match bytes."
        case .limits: "Treat every finite number as possible, infinite headroom and cap too, and lists of up to 10,000."
        case .quotes: "Compute a quote from a copy of the state; change nothing."
        case .badRequests: "Exit with 1, or send Failure, on bytes that are no Ask and on questions to another role."
        }
    }
}

/// What became of a rule.
struct Verdict: Encodable {
    /// What there is to say about a rule.
    enum Outcome: String, Encodable {
        case kept
        case broken
        case untried
    }

    let rule: Rule
    let outcome: Outcome
    /// What the program did, or why it was not tried; empty where the rule was kept.
    let finding: String
}

/// A rule that a program was seen to break.
struct Finding: Error {
    let rule: Rule
    let text: String

    init(_ rule: Rule, _ text: String) {
        self.rule = rule
        self.text = text
    }
}
