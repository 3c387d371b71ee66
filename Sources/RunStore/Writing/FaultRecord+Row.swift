internal import CoSimulation

extension FaultRecord.Kind {
    /// The word of the database.
    var word: StaticString {
        switch self {
        case .outage: "outage"
        case .staleSignals: "stale-signals"
        case .lostBid: "lost-bid"
        }
    }

    /// The tick whose signals were acted on, of stale ones.
    var signalTick: Int? {
        guard case .staleSignals(let tick) = self else { return nil }
        return tick
    }

    /// The kind of a row; nil where it is none.
    init?(word: String, signalTick: Int?) {
        let kinds: [Self] = [.outage, .lostBid] + (signalTick.map { [.staleSignals(ofTick: $0)] } ?? [])
        guard let kind = kinds.first(where: { $0.word.description == word }) else { return nil }
        self = kind
    }
}
