import CoSimulation
import Foundation
import TestKit

@testable import ZeroMQTransport

/// A run in a simulated world, from its first process to its end, with everything that goes wrong in it decided by one seed.
final class SimulatedRun {
    /// What is asked of a run under a seed.
    enum Mode {
        /// Whatever is lost is started again: the digest is that of a run nobody disturbs.
        case restarting
        /// Some agents are not: the run ends, and can be played again.
        case absent
        /// One agent plays otherwise when it is started again: it is named.
        case lying
    }

    /// A defect that is planted, to see that the simulation finds it.
    enum Defect: CaseIterable {
        /// The shell takes an answer to an old question as one to the question that is open.
        case staleAnswerCounts
        /// The shell forgets to ask a successor what its predecessor was asked.
        case openQuestionForgotten
        /// What was half written to the journal is believed.
        case tornTailBelieved
        /// The recorder hears of a tick that is not in the journal yet.
        case recordedBeforeJournal
        /// An agent's answers depend on when it is asked.
        case answersDependOnTime
    }

    /// How a run ended.
    enum Ending {
        case finished(Digest)
        case failed(RunError)
        /// It has not ended within all patience.
        case stuck(RunError)
    }

    let seed: UInt64
    let mode: Mode
    let experiment: Experiment
    let world: SimulatedWorld
    let store = SimulatedStore()
    let path: String
    let defect: Defect?
    /// The agents each process plays, the first of which it has its name of.
    let groups: [[String]]
    /// The processes that are not started again.
    let absentees: Set<String>
    let liar: Int?
    private(set) var ending: Ending?
    /// What should not have happened.
    private(set) var breaches: [String] = []
    private let expected: Digest
    private var faultsLeft: Int
    private var deathsLeft: Int
    /// Whether the liar has answered what its successors will be asked again.
    private var liarHasPlayed = false
    private var strangers: [SimulatedAgent] = []
    /// The coordinator dies while it appends this tick, counted from 1.
    private var fatalTick: Int?
    /// Size of the journal by how many ticks it has.
    private var sizes: [Int: Int] = [:]
    /// How often it will still be found held.
    private var looksHeld = 0
    /// Whether the last call of the coordinator was the first after a tick was appended, so that it may have died within.
    private var hasJustAppended = false

    init(seed: UInt64, defect: Defect? = nil, isTraced: Bool = false) throws {
        self.seed = seed
        self.defect = defect
        world = SimulatedWorld(seed: seed, isTraced: isTraced)
        mode = seed % 8 < 5 ? .restarting : seed % 8 < 7 ? .absent : .lying
        (experiment, expected) = world.choice(of: try Self.experiments.get())
        let world = world
        faultsLeft = world.number(in: 0...6)
        deathsLeft = mode == .lying ? 0 : max(0, world.number(in: -1...2))
        let agents = (0..<experiment.agentCount).map { [experiment] in experiment.agent($0).name }
        let processes = world.chance(0.5) ? agents.count : world.number(in: 1...3)
        groups = agents.shuffled(by: world).shared(among: processes)
        absentees = mode == .absent ? Set(groups.map { $0[0] }.filter { _ in world.chance(0.4) }) : []
        liar = mode == .lying ? world.number(in: 0...experiment.agentCount - 1) : nil
        path = Self.folder + "/gridtide-simulation-\(UUID().uuidString)"
    }

    /// Small, and with and without quotes; each with the digest it has when nothing goes wrong.
    private static let experiments = Result {
        try [
            SampleExperiment.make(size: 1, ticks: 5), SampleExperiment.make(size: 2, ticks: 4),
            SampleExperiment.make(size: 1, ticks: 4, coupling: Coupling(.iterated, roundLimit: 3)),
        ].map { ($0, try SampleRun($0).digest) }
    }

    /// Where nothing waits for a disk, if there is such a place.
    private static let folder =
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

    /// Runs to the end, under as many coordinators as it takes, and looks at what came out.
    func run() throws {
        defer { unlink(path) }
        _ = try JournalWriter(creating: path, experiment: experiment)
        while ending == nil { try runAttempt() }
        world.end()
        try inspectEnding()
    }

    // MARK: One coordinator

    private func runAttempt() throws {
        let hub = SimulatedHub(world: world, peerNames: CoordinatorService.peerNames(of: experiment))
        let launcher = SimulatedLauncher(
            world: world, groups: Dictionary(uniqueKeysWithValues: groups.map { ($0[0], $0) }), absentees: absentees
        ) { [self] in start($0, at: hub) }
        if deathsLeft > 0 {
            deathsLeft -= 1
            if world.chance(0.3) {
                fatalTick = world.number(in: 1...experiment.clock.tickCount)
            } else {
                hub.remainingCalls = world.number(in: 1...250)
            }
        }
        let outcome = try conduct(hub, launcher)
        fatalTick = nil
        launcher.endAll()
        for stranger in strangers { stranger.end(status: nil, because: "all are ended") }
        strangers = []
        hub.inspect = {}
        switch outcome {
        case .success(let digest): ending = .finished(digest)
        case .failure(let error) where world.isExhausted: ending = .stuck(error)
        case .failure where hub.remainingCalls.map { $0 < 0 } ?? false: try loseCoordinator()
        case .failure(let error): ending = .failed(error)
        }
    }

    private func conduct(_ hub: SimulatedHub, _ launcher: SimulatedLauncher) throws -> Result<Digest, RunError> {
        let journal: JournalWriter
        do {
            journal = try JournalWriter(continuing: path, pace: SyncPace(interval: .seconds(1_000_000)))
        } catch {
            return .failure(RunError(.journal, "\(error)"))
        }
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, hub: hub, wake: {}, expectsRecorder: true,
            options: CoordinatorService.Options(recorderWindow: 2, isSupervised: true),
            watch: { [self] event in
                note(event, hub)
                launcher.hear(event)
            }, holds: { [self] _ in isHeld() })
        launcher.give = { [orders = service.orderTaker] order in
            orders.give(order)
            hub.wake()
        }
        noteAppended(journal)
        hub.inspect = { [self, unowned service, unowned hub] in
            inspect(service)
            if hasJustAppended, service.journal.recordCount == fatalTick { hub.remainingCalls = 0 }
        }
        isRehearsing = { [unowned service] in service.rehearsing[$0]?.isEmpty == false }
        if defect == .staleAnswerCounts { hub.alterReceived = { [unowned service] in Self.relabel($1, $0, service) } }
        for name in (groups.map { $0[0] } + [Hello.recorderName]).shuffled(by: world) {
            launcher.launch(name, after: 0)
        }
        sendStrangers(to: hub)
        return Result { () throws(RunError) in try service.run() }
    }

    /// Whether somebody holds the run between two ticks, for some looks.
    private func isHeld() -> Bool {
        if looksHeld == 0, world.chance(0.05) {
            looksHeld = world.number(in: 1...30)
            world.count("held", "for \(looksHeld) looks")
        } else if looksHeld > 0 {
            looksHeld -= 1
        }
        return looksHeld > 0
    }

    private func note(_ event: CoordinatorService.Event, _ hub: SimulatedHub) {
        switch event {
        case .finished(let record, _): world.say("tick \(record.tick) is finished")
        case .refused(let text): world.count("refused", text)
        case .caughtUp(let name, let count):
            world.count("caught up", "\(name), \(count) exchanges")
            guard defect == .openQuestionForgotten else { return }
            let slot = hub.peerNames.firstIndex(of: name)
            var isForgotten = false
            hub.isSwallowed = { to, kind in
                guard to == slot, kind == 4, !isForgotten else { return false }
                isForgotten = true
                return true
            }
        default: break
        }
    }

    // MARK: Its processes

    private var isRehearsing: (Int) -> Bool = { _ in false }

    private func start(_ name: String, at hub: SimulatedHub) -> SimulatedProcess {
        guard let group = groups.first(where: { $0[0] == name }) else {
            let recorder = SimulatedRecorder(hub: hub, store: store, fate: recorderFate())
            recorder.complain = { [self] in breaches.append($0) }
            recorder.begin(scenario: experiment.digest, nextTick: store.ticks.count)
            return recorder
        }
        let numbers = group.compactMap { experiment.agent(named: $0) }
        let agent = SimulatedAgent(
            name: name, others: Array(group.dropFirst()), hub: hub, fate: fate(of: numbers))
        agent.isRehearsing = { [self] in numbers.contains(where: isRehearsing) }
        if let liar, numbers.contains(liar) {
            agent.alter = { [self, isLying = liarHasPlayed] ask, reply in
                guard ask.agent == liar else { return reply }
                if ask.phase != .quoting { liarHasPlayed = true }
                return isLying ? Self.bend(reply, by: 1.01) : reply
            }
        }
        if defect == .answersDependOnTime {
            agent.alter = { [world] in Self.bend($1, by: 1 + Double(world.microseconds) * 1e-9) }
        }
        agent.begin(scenario: experiment.digest)
        return agent
    }

    private func fate(of numbers: [Int]) -> SimulatedAgent.Fate? {
        if let liar, numbers.contains(liar) {
            return liarHasPlayed ? nil : .init(blow: .diesAsked, question: 3 * numbers.count - 1)
        }
        guard takesFault() else { return nil }
        return .init(blow: world.choice(of: SimulatedAgent.Blow.allCases), question: world.number(in: 0...9))
    }

    private func recorderFate() -> (blow: SimulatedRecorder.Blow, tick: Int)? {
        guard takesFault() else { return nil }
        return (world.choice(of: SimulatedRecorder.Blow.allCases), world.number(in: 0...experiment.clock.tickCount - 1))
    }

    private func takesFault() -> Bool {
        guard faultsLeft > 0, world.chance(0.4) else { return false }
        faultsLeft -= 1
        return true
    }

    // MARK: Strangers

    private func sendStrangers(to hub: SimulatedHub) {
        // A stranger who is taken in for the liar would leave it without a past to contradict.
        guard liar == nil else { return }
        for _ in 0..<max(0, world.number(in: -2...2)) {
            world.after(world.chance(0.8) ? world.number(in: 0...60_000) : world.number(in: 0...40_000_000)) { [self] in
                guard !hub.isDead else { return }
                sendStranger(to: hub)
            }
        }
    }

    private func sendStranger(to hub: SimulatedHub) {
        let name = world.chance(0.3) ? "stranger" : world.choice(of: hub.peerNames.dropLast())
        let stranger = SimulatedAgent(name: name, hub: hub, fate: nil)
        strangers.append(stranger)
        world.count("stranger", name)
        switch world.number(in: 0...2) {
        case 0: stranger.begin(scenario: experiment.digest)
        case 1: stranger.begin(scenario: Digest(of: []))
        default:
            stranger.begin(scenario: nil)
            for _ in 0...3 { stranger.sendBytes(world.bytes(world.number(in: 0...60))) }
            stranger.sendBytes(Frame.encoding(kind: UInt8(world.number(in: 0...12)), body: world.bytes(9)))
        }
        world.after(world.number(in: 1_000...35_000_000)) { stranger.end(status: nil, because: "a stranger leaves") }
    }

    // MARK: The journal

    private func noteAppended(_ journal: JournalWriter) {
        sizes[journal.recordCount] = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// What the death of a coordinator, or of the whole machine, leaves on disk.
    private func loseCoordinator() throws {
        let count = sizes.keys.max() ?? 0
        if world.chance(0.3) {
            // Of what was not synced, anything may be missing, or be there in length alone.
            world.count("power fails")
            try tear(from: sizes[0]!)
            try rebuildStore()
        } else if count > 0, hasJustAppended || defect == .recordedBeforeJournal || defect == .tornTailBelieved {
            world.count("torn within an append")
            try tear(from: sizes[count - 1]!)
        }
        let whole = try JournalWriter(continuing: path).recordCount
        sizes = sizes.filter { $0.key <= whole }
        if store.ticks.count > whole { breaches.append("the recorder has \(store.ticks.count) ticks of \(whole)") }
    }

    private func tear(from start: Int) throws {
        let url = URL(fileURLWithPath: path)
        let data = try Data(contentsOf: url)
        guard data.count > start else { return }
        let end = world.number(in: start...data.count - 1)
        guard defect != .tornTailBelieved else { return try forgeLast(data, url) }
        let filling =
            switch world.number(in: 0...2) {
            case 0: Data()
            case 1: Data(count: data.count - end)
            default: Data(world.bytes(data.count - end))
            }
        try (data.prefix(end) + filling).write(to: url)
    }

    /// A last tick that is not what was written, and has the digest it should not have.
    private func forgeLast(_ data: Data, _ url: URL) throws {
        let reader = try JournalReader(path)
        var entries: [(record: TickRecord, bytes: [UInt8], digest: Digest)] = []
        while let entry = try reader.next() { entries.append(entry) }
        unlink(path)
        let writer = try JournalWriter(creating: path, experiment: experiment)
        for (index, entry) in entries.enumerated() {
            var record = entry.record
            if index == entries.count - 1 { record.clearing.costUSD += 1 }
            _ = try writer.append(record)
        }
    }

    /// As `gridtide resume` does: the database is made anew from the journal.
    private func rebuildStore() throws {
        _ = try JournalWriter(continuing: path)
        let reader = try JournalReader(path)
        store.ticks = []
        while let entry = try reader.next() { store.ticks.append((entry.bytes, entry.digest)) }
    }

    // MARK: What must be so

    private func inspect(_ service: CoordinatorService) {
        hasJustAppended = sizes[service.journal.recordCount] == nil
        if hasJustAppended { noteAppended(service.journal) }
        if service.backlog.count > 8 * (experiment.agentCount + 1) { breach("\(service.backlog.count) messages wait") }
        if let most = service.rehearsing.values.map(\.count).max(), most > 64 { breach("\(most) questions wait") }
        if let most = service.recent.map(\.count).max(), most > 3 { breach("\(most) answers are kept") }
        if store.ticks.count > service.journal.recordCount {
            breach("the recorder has \(store.ticks.count) ticks of \(service.journal.recordCount)")
        }
    }

    private func breach(_ text: String) {
        if breaches.count < 10 { breaches.append(text) }
    }

    private func inspectEnding() throws {
        switch (mode, ending!) {
        case (.restarting, .finished(let digest)) where digest != expected:
            breach("the digest is \(digest.short) and not \(expected.short)")
        case (.restarting, .finished), (.absent, .finished): break
        case (.lying, .failed(let error)) where error.code == .nondeterminism:
            let name = experiment.agent(liar!).name
            if !error.description.contains(name) { breach("\(name) lies, and it is said: \(error)") }
            return
        case (.lying, .finished): breach("nobody noticed that \(experiment.agent(liar!).name) lies")
        case (_, .failed(let error)): breach("the run failed: \(error)")
        case (_, .stuck(let error)): breach("the run does not end: \(error)")
        }
        try inspectJournal()
    }

    /// The journal's ticks are all there, the recorder has the same, and agents of today give the same answers.
    private func inspectJournal() throws {
        guard case .finished(let digest)? = ending else { return }
        let reader = try JournalReader(path)
        var replay = mode == .absent ? try RunReplay(experiment: experiment, catalogue: SampleAgents.catalogue) : nil
        var last: Digest?
        while let entry = try reader.next() {
            last = entry.digest
            let index = entry.record.tick
            guard index < store.ticks.count else { continue }
            if store.ticks[index].bytes != entry.bytes || store.ticks[index].digest != entry.digest {
                breach("the recorder has another tick \(index)")
            }
            do {
                try replay?.redo(entry.record)
            } catch {
                return breach("the run cannot be played again: \(error)")
            }
        }
        if last != digest { breach("the journal ends with \(last?.short ?? "nothing") and not with \(digest.short)") }
        if reader.recordCount != experiment.clock.tickCount { breach("the journal has \(reader.recordCount) ticks") }
        if store.ticks.count != reader.recordCount { breach("the recorder has \(store.ticks.count) ticks") }
    }
}
