/// Requests that wait, by the tick in which they must be bid at the latest, earliest first.
struct DeferralQueue: Sendable {
    /// Requests with one deadline.
    private struct Cohort: Sendable {
        var dueTick: Int
        var requests: Double
    }

    private var cohorts: [Cohort] = []

    /// All requests that wait.
    var total: Double { cohorts.reduce(0) { $0 + $1.requests } }

    /// Adds requests; their deadline must not lie before that of any that wait.
    mutating func add(_ requests: Double, dueTick: Int) {
        precondition(cohorts.isEmpty || cohorts[cohorts.count - 1].dueTick <= dueTick, "deadlines come in order")
        if requests > 0 { cohorts.append(Cohort(dueTick: dueTick, requests: requests)) }
    }

    /// Requests whose deadline is a tick or an earlier one.
    func due(at tick: Int) -> Double {
        cohorts.prefix { $0.dueTick <= tick }.reduce(0) { $0 + $1.requests }
    }

    /// Requests by the ticks they may still wait, from 0, to which what is overdue counts, to the longest.
    func requestsByWait(at tick: Int, upTo longest: Int) -> [Double] {
        var requests = [Double](repeating: 0, count: longest + 1)
        for cohort in cohorts { requests[min(longest, max(0, cohort.dueTick - tick))] += cohort.requests }
        return requests
    }

    /// Takes requests out, the earliest deadline first, and returns how many: at most all of them.
    mutating func take(_ requests: Double) -> Double {
        var taken = 0.0
        var emptied = 0
        while emptied < cohorts.count, taken + cohorts[emptied].requests <= requests {
            taken += cohorts[emptied].requests
            emptied += 1
        }
        cohorts.removeFirst(emptied)
        if !cohorts.isEmpty, taken < requests {
            cohorts[0].requests -= requests - taken
            taken = requests
        }
        return taken
    }
}
