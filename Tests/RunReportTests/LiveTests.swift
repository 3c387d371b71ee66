import CoSimulation
import Foundation
import RunAnalysis
import RunStore
import TestKit
import Testing

@testable import RunReport

/// What a dashboard and `gridtide top` see of a run: the same as the database holds, in bounded room, at any moment.
@Suite struct LiveTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func seriesKeepExtremesAndMeans(seed: UInt64) {
        var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .bidding)
        let count = [1, 239, 240, 241, 480, 481, 1000, 5000][Int(seed % 8)]
        let values = (0..<count).map { _ in random.uniform() * 55 - 5 }
        var series = LiveSeries(count: 2)
        for value in values {
            series.beginTick()
            series.add(value, to: 0)
        }
        let points = series.points[0]
        #expect(series.tickCount == count && points.count <= LiveSeries.spanLimit, "seed \(seed)")
        #expect(points.count == (count + series.ticksPerSpan - 1) / series.ticksPerSpan, "seed \(seed)")
        for (span, point) in points.enumerated() {
            let part = values[span * series.ticksPerSpan..<min(count, (span + 1) * series.ticksPerSpan)]
            #expect(point.low == part.min() && point.high == part.max(), "seed \(seed), span \(span)")
            let mean = part.reduce(0, +) / Double(part.count)
            #expect(abs((point.mean ?? .nan) - mean) < 1e-9, "seed \(seed), span \(span)")
        }
        #expect(series.points[1].allSatisfy { $0.mean == nil }, "nothing was added to the second")
    }

    @Test func numbersAreThoseOfTheDatabase() throws {
        let sample = try LiveSample()
        var tap = RunTap(folder: sample.folder)
        for end in [3, 4, 12] {
            try sample.record(upTo: end)
            let view = try tap.look()
            let reader = try RunReader(path: sample.folder + "/run.sqlite")
            let totals = try reader.totals(ticks: 0..<end)
            #expect(view.ticks == end && view.series.tickCount == end)
            #expect(view.series.points[RunTap.Channel.load.rawValue].map(\.mean) == totals.map(\.loadMW))
            #expect(
                view.series.points[RunTap.Channel.emissions.rawValue].map(\.mean)
                    == totals.map { $0.emissionsKg / 1000 })
            let waits = try reader.read { try $0.waits(beforeTick: end) }
            for wait in waits {
                let tally = view.agents[wait.agent].waits
                #expect(
                    tally.tickCount == wait.tickCount && tally.slowestCount == wait.slowestTickCount
                        && tally.longest == wait.longestMicroseconds, "agent \(wait.agent) after \(end) ticks")
                #expect(abs((view.agents[wait.agent].meanMicroseconds ?? .nan) - wait.meanMicroseconds) < 1e-6)
            }
            #expect(abs((view.ticksPerSecond ?? 0) - 20) < 1e-9, "a tick took 50 ms")
        }
        let moved = try flows(sample, tick: 11)
        let view = try tap.look()
        #expect(!moved.isEmpty && view.frame?.flows == moved)
        let relocated = try #require(view.series.points[RunTap.Channel.relocated.rawValue].last?.mean)
        #expect(abs(relocated - moved.reduce(0) { $0 + $1.itEnergyMWh }) < 1e-9)
        #expect(try tap.frame(atTick: 5)?.flows == flows(sample, tick: 5))
        #expect(try tap.frame(atTick: 12) == nil, "no such tick")
    }

    private func flows(_ sample: LiveSample, tick: Int) throws -> [RegionFlow] {
        try RunReader(path: sample.folder + "/run.sqlite").read { run in
            try RegionFlow.all(of: run, ticks: tick..<tick + 1).filter { $0.home != $0.executing }
        }
    }

    /// However a run is looked at, once or after every tick, the same is seen.
    @Test func looksDoNotMatter() throws {
        let sample = try LiveSample(seed: 11)
        var often = RunTap(folder: sample.folder)
        for end in 1...12 {
            try sample.record(upTo: end)
            _ = try often.look()
        }
        var once = RunTap(folder: sample.folder)
        #expect(try once.lookAtAll().json.text == often.look().json.text)
    }

    @Test func saysHowARunStands() throws {
        let sample = try LiveSample()
        var tap = RunTap(folder: sample.folder)
        try sample.launch(true)
        #expect(try tap.look().status == .starting)
        try sample.record(upTo: 2)
        #expect(try tap.look().status == .running)
        var state = LaunchState()
        state.phase = .held
        try state.write(inFolder: sample.folder)
        #expect(try tap.look().status == .held)
        try sample.launch(false)
        let lost = try tap.look()
        #expect(lost.status == .lost && lost.text.contains("gridtide resume"))
        try sample.finish(.failed, text: "the sky fell")
        let failed = try tap.look()
        #expect(
            failed.status == .failed && failed.text == "the sky fell" && failed.agents.allSatisfy { $0.state == .over })
    }

    @Test func saysWhatAgentsDo() throws {
        let sample = try LiveSample()
        var tap = RunTap(folder: sample.folder)
        try sample.record(upTo: 2)
        var state = LaunchState()
        state.phase = .running
        state.waiting = LaunchState.Waiting(tick: 2, phase: "bidding", agents: ["node-1"])
        state.processes = [
            LaunchState.Process(name: "region-0", state: .restarting, pid: nil, restarts: 2),
            LaunchState.Process(name: "grid-2", state: .stopped, pid: 7, restarts: 0),
            LaunchState.Process(name: "node-2", state: .gone, pid: nil, restarts: 0),
        ]
        state.note("tick 1: region-0 died", ticks: 1)
        try state.write(inFolder: sample.folder)
        let view = try tap.look()
        let states = Dictionary(uniqueKeysWithValues: view.agents.map { ($0.name, $0.state) })
        #expect(states["node-1"] == .waitedFor && states["region-0"] == .restarting && states["grid-2"] == .stopped)
        #expect(states["node-2"] == .gone && states["node-0"] == .inStep)
        #expect(view.agents.first { $0.name == "region-0" }?.restarts == 2)
        #expect(view.happenings == ["tick 1: region-0 died"])
        let text = LiveText(of: view, columns: 100, rows: nil).text
        for words in [
            "2/12", "waits for node-1 (bidding of tick 2)", "restarting (3. start)", "· tick 1: region-0 died",
        ] {
            #expect(text.contains(words), "\(words) is missing in:\n\(text)")
        }
        #expect(LiveText(of: view, columns: 40, rows: 5).text.split(separator: "\n").allSatisfy { $0.count <= 40 })
    }

    @Test func launchStateKeepsTheLatest() throws {
        let sample = try LiveSample()
        #expect(LaunchState(inFolder: sample.folder) == nil)
        var state = LaunchState()
        for number in 0..<LaunchState.happeningLimit + 5 { state.note("\(number)", ticks: number) }
        try state.write(inFolder: sample.folder)
        let read = try #require(LaunchState(inFolder: sample.folder))
        #expect(read == state && read.happenings.count == LaunchState.happeningLimit && read.happenings[0].text == "5")
        try Data("{\"phase\":".utf8).write(to: URL(fileURLWithPath: sample.folder + "/live.json"))
        #expect(LaunchState(inFolder: sample.folder) == nil, "half of a file says nothing")
    }

    /// Between making the file and writing the first row, a run that lives has not begun; one that nobody runs is broken.
    @Test func aDatabaseThatIsJustMadeIsNoError() throws {
        let sample = try LiveSample()
        let folder = sample.folder + "/young"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: folder + "/run.sqlite"))
        var tap = RunTap(folder: folder)
        #expect(try tap.look().status == .starting && tap.description() == nil && tap.frame(atTick: 0) == nil)
        try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/plan.json"))
        #expect(throws: RunStoreError.self) { try tap.look() }
    }

    @Test func holdIsAFile() throws {
        let sample = try LiveSample()
        let hold = HoldFile(inFolder: sample.folder)
        #expect(hold.ticks == nil)
        try hold.release()
        try hold.hold(afterTicks: 41)
        #expect(hold.ticks == 41)
        for text in ["", "now\n", "\u{ff}"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: sample.folder + "/hold"))
            #expect(hold.ticks == 0, "'\(text)' holds at once")
        }
        try hold.release()
        #expect(hold.ticks == nil)
    }

    /// A sparkline has its lowest block where the least is and its highest where the most is.
    @Test func sparklines() {
        #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 8) == "▁▂▃▄▅▆▇█")
        #expect(Sparkline.text([2, nil, 2], width: 8) == "▄ ▄")
        #expect(Sparkline.text([0, 0, 10, 10, .nan, nil], width: 3) == "▁█ ")
        #expect(Sparkline.text([nil, nil], width: 8) == "" && Sparkline.text([], width: 8) == "")
    }
}
