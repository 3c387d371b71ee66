import CoSimulation
import Testing

@testable import Scenarios

@Suite("Stamps and zones")
struct TimeTests {
    @Test("stamps are read in every common form")
    func stamps() {
        let midnight: Int64 = 1_720_396_800
        for text in ["2024-07-08", "2024-07-08T00:00", "2024-07-08 00:00:00", "2024-07-08T00:00:00.000"] {
            #expect(TimeStamp(text)?.wallSeconds == midnight)
            #expect(TimeStamp(text)?.offsetSeconds == nil)
        }
        #expect(TimeStamp("2024-07-08T02:00+02:00")?.offsetSeconds == 7200)
        #expect(TimeStamp("2024-07-08T02:00-0330")?.offsetSeconds == -12600)
        #expect(TimeStamp("2024-07-08 00:00:59Z")?.wallSeconds == midnight + 59)
        #expect(TimeStamp("2024-02-29T00:00Z") != nil)
        for text in [
            "", "2023-02-29", "2024-13-01", "2024-7-8", "2024-07-08T25:00", "2024-07-08T10", "2024-07-08T10:00X",
            "2024-07-08T10:00:00.5", "08/07/2024", "1720396800",
        ] {
            #expect(TimeStamp(text) == nil, "\(text)")
        }
    }

    @Test("dates and seconds agree over four centuries")
    func calendar() {
        #expect(CalendarDate.days(year: 1970, month: 1, day: 1) == 0)
        #expect(CalendarDate.days(year: 2000, month: 3, day: 1) == 11_017)
        var seconds: Int64 = -5_000_000_000
        while seconds < 10_000_000_000 {
            let text = CalendarDate.text(seconds)
            let stamp = TimeStamp(text)
            #expect(stamp.map { $0.wallSeconds } == seconds, "\(text)")
            seconds += 86_399 * 37
        }
    }

    @Test("clocks set back give two moments, clocks set forward none")
    func daylightSaving() throws {
        let zone = try #require(TimeZoneRule("Europe/Stockholm"))
        let autumn = try #require(TimeStamp("2024-10-27T02:30")).wallSeconds
        #expect(zone.instant(wallSeconds: autumn) == .ambiguous(first: autumn - 7200, second: autumn - 3600))
        let spring = try #require(TimeStamp("2024-03-31T02:30")).wallSeconds
        #expect(zone.instant(wallSeconds: spring) == .skipped)
        #expect(zone.instant(wallSeconds: spring + 3600) == .unique(spring + 3600 - 7200))
        #expect(zone.instant(wallSeconds: autumn + 3600) == .unique(autumn + 3600 - 3600))
        let fixed = try #require(TimeZoneRule("+05:30"))
        #expect(fixed.instant(wallSeconds: autumn) == .unique(autumn - 19_800))
        #expect(TimeZoneRule("Nowhere/Land") == nil)
        #expect(TimeZoneRule("") == nil)
    }

    private func seconds(_ text: String, zone: String) throws -> [Int64]? {
        let (table, problems) = CSVParser.parse(file: "t.csv", bytes: Array(text.utf8), limits: ScenarioLimits())
        #expect(problems.isEmpty)
        let clock = Clock(startSeconds: 0, tickSeconds: 3600, tickCount: 1)
        guard case .timeline(let timeline) = Timeline.of(table, clock: clock, zone: try #require(TimeZoneRule(zone)))
        else { return nil }
        return timeline.seconds
    }

    @Test("rows of the doubled hour follow each other in time")
    func doubledHour() throws {
        let rows = ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]
        let text = "local,x_mw\n" + rows.map { "2024-10-27 \($0),1\n" }.joined()
        let seconds = try #require(try seconds(text, zone: "Europe/Berlin"))
        #expect(zip(seconds, seconds.dropFirst()).allSatisfy { $1 - $0 == 1800 })
        let thrice = "local,x_mw\n" + ["02:00", "02:00", "02:00"].map { "2024-10-27 \($0),1\n" }.joined()
        #expect(try self.seconds(thrice, zone: "Europe/Berlin") == nil)
    }

    @Test(
        "a year of local hours is a year of hours",
        arguments: ["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
    func year(_ name: String) throws {
        let zone = try #require(TimeZoneRule(name))
        // Every hour of UTC as the wall shows it there must come back as that hour.
        let start = Int64(CalendarDate.days(year: 2024, month: 1, day: 1)) * 86_400
        var wallTimes: [String] = []
        for hour in 0..<8784 {
            let moment = start + Int64(hour) * 3600
            let candidates = (-28...28).map { moment + Int64($0) * 1800 }
            let wall = try #require(
                candidates.first { wall in
                    switch zone.instant(wallSeconds: wall) {
                    case .unique(let only): only == moment
                    case .ambiguous(let first, let second): first == moment || second == moment
                    case .skipped: false
                    }
                })
            wallTimes.append(String(CalendarDate.text(wall).dropLast()))
        }
        let seconds = try #require(try seconds("local,x_mw\n" + wallTimes.map { $0 + ",1\n" }.joined(), zone: name))
        let isHourly = seconds == (0..<8784).map { start + Int64($0) * 3600 }
        #expect(isHourly)
    }
}
