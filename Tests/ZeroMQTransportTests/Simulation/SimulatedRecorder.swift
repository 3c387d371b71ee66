import CoSimulation
import ZeroMQTransport

/// What a simulated recorder has on disk; it outlives the process.
final class SimulatedStore {
    var ticks: [(bytes: [UInt8], digest: Digest)] = []
}

/// The recorder of a simulated run: it stores ticks in batches, a while after they came, and says so.
final class SimulatedRecorder: SimulatedProcess {
    /// What happens to a recorder.
    enum Blow: CaseIterable {
        case diesBeforeStoring, diesHavingStored, hangs, dawdles
    }

    /// Called with what it was sent and should not have been.
    var complain: (String) -> Void = { _ in }
    private let store: SimulatedStore
    private let fate: (blow: Blow, tick: Int)?
    private var pending: [(bytes: [UInt8], digest: Digest)] = []
    private var isStoring = false
    private var hangs = false

    init(hub: SimulatedHub, store: SimulatedStore, fate: (blow: Blow, tick: Int)?) {
        self.store = store
        self.fate = fate
        super.init(name: Hello.recorderName, hub: hub)
    }

    override func take(_ welcome: Welcome) -> Bool {
        if case .recorder = welcome { true } else { false }
    }

    override func take(_ message: Message) {
        guard case .record(let tick) = message else { return end(status: 1, because: "was sent something else") }
        let position = store.ticks.count + pending.count
        pending.append((tick.bytes, tick.digest))
        if let problem = problem(of: tick, position) {
            complain("the recorder expected tick \(position): \(problem)")
            return end(status: 1, because: problem)
        }
        guard !hangs else { return }
        let blow = fate.flatMap { $0.tick == position ? $0.blow : nil }
        if let blow { world.count("recorder \(blow)", "at tick \(position)") }
        switch blow {
        case .diesBeforeStoring: return end(status: nil, because: "dies")
        case .hangs: hangs = true
        default: storeSoon(blow)
        }
    }

    private func problem(of tick: RecordedTick, _ position: Int) -> String? {
        if let telemetry = tick.telemetry, telemetry.tick != position { return "it was sent tick \(telemetry.tick)" }
        let before = pending.dropLast().last?.digest ?? store.ticks.last?.digest
        guard let before else { return nil }
        return before.chained(with: tick.bytes) == tick.digest ? nil : "the digest does not follow from the one before"
    }

    private func storeSoon(_ blow: Blow?) {
        guard !isStoring else { return }
        isStoring = true
        world.after(blow == .dawdles ? world.number(in: 1_000_000...40_000_000) : world.delay()) { [self] in
            isStoring = false
            guard isAlive else { return }
            store.ticks += pending
            pending = []
            if blow == .diesHavingStored { return end(status: nil, because: "dies") }
            send(.receipt(nextTick: store.ticks.count))
        }
    }
}
