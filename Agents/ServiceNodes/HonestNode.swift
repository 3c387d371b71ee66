internal import CoSimulation
internal import InferencePlacement

/// A service node that bids all its work with true friction for every allowed region: the core that others wrap.
///
/// A class of the demand has its line even in a tick without requests: a book of the same shape clears faster.
struct HonestNode: ServiceNode {
    static let summary = "Bids its whole demand with true friction for all allowed regions."
    static let fields = ServiceWork.fields

    private let works: [ServiceWork]

    init(setup: ServiceNodeSetup) throws(ParameterError) {
        works = try ServiceWork.all(setup: setup)
    }

    mutating func bid(_ observation: ServiceObservation) -> WorkBid {
        WorkBid(lines: works.map { $0.line(at: observation.tick) })
    }
}
