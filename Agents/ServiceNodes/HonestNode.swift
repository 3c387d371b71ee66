internal import CoSimulation
internal import InferencePlacement

/// A service node that bids all its work with true friction for every allowed region: the core that others wrap.
///
/// Where ticks are cleared together, work of a class with a deadline may wait in the market's hands: the node states what is
/// due when, takes back what waits, and bids it again. A class of the demand has its line even in a tick without requests: a
/// book of the same shape clears faster.
struct HonestNode: ServiceNode {
    static let summary = "Bids its whole demand with true friction for all allowed regions."
    static let fields = ServiceWork.fields

    private let works: [ServiceWork]
    /// How long requests may wait in the market's hands, ticks, by work; 0 where they cannot.
    private let patienceTicks: [Int]
    /// Requests that were bid and may wait, by work.
    private var queues: [DeferralQueue]

    init(setup: ServiceNodeSetup) throws(ParameterError) {
        works = try ServiceWork.all(setup: setup)
        patienceTicks = works.map { work in
            let deadline = setup.classes[work.workloadClass].deadlineHours / setup.clock.tickHours
            return setup.horizonTicks > 1 ? Int((deadline + 1e-9).rounded(.down)) : 0
        }
        queues = works.map { _ in DeferralQueue() }
    }

    mutating func bid(_ observation: ServiceObservation) -> WorkBid {
        WorkBid(
            lines: works.indices.map { index in
                var line = works[index].line(at: observation.tick)
                if patienceTicks[index] > 0 { offerToWait(&line, index, observation) }
                return line
            })
    }

    /// Adds to a line what waits from earlier ticks, and says how long each part may wait on.
    private mutating func offerToWait(_ line: inout BidLine, _ index: Int, _ observation: ServiceObservation) {
        let waiting = observation.last?.waitingRequests ?? []
        let left = waiting.indices.contains(index) ? waiting[index] : 0
        _ = queues[index].take(max(0, queues[index].total - left))
        queues[index].add(line.arrivedRequests, dueTick: observation.tick + patienceTicks[index])
        line.requests = queues[index].total
        line.dueRequests = queues[index].requestsByWait(at: observation.tick, upTo: patienceTicks[index])
    }
}
