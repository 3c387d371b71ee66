/// The transmission that would save as much as relocation did: digital against physical (MODEL 4).
public struct EquivalentTransmission: Sendable, Equatable, Codable {
    /// What the search found.
    public enum Finding: String, Sendable, Codable {
        /// Relocation saved nothing, so that no transmission is needed to match it.
        case notNeeded = "not-needed"
        /// A capacity that brings the saving, and no smaller one by more than the tolerance does.
        case found
        /// Even the greatest capacity saves less.
        case notEnough = "not-enough"
        /// The bound on trials was met before the tolerance.
        case notSettled = "not-settled"
    }

    /// A capacity that was tried.
    public struct Trial: Sendable, Equatable, Codable {
        /// Net transfer capacity, MW.
        public var capacityMW: Double
        /// What it saves of system generation cost, $.
        public var savingUSD: Double
    }

    /// What the search found.
    public var finding: Finding
    /// What relocation saves of system generation cost, $; negative where it costs.
    public var targetUSD: Double
    /// The least capacity known to bring the saving; nil where none is needed or none does.
    public var enough: Trial?
    /// The greatest capacity known not to bring it; nil where none is needed.
    public var tooLittle: Trial?
    /// How close the two are, MW, when the search ends of itself.
    public var toleranceMW: Double
    /// Every capacity tried, in the order of the search.
    public var trials: [Trial]
}

extension EquivalentTransmission {
    /// Relative difference of savings that counts as none: more than the solver's, less than anybody's interest.
    static let relativeTolerance = 1e-9

    /// Searches for the least capacity that saves a target, by bisection between nothing and a greatest capacity.
    ///
    /// More capacity must not save less: then the capacity found is the least one within the tolerance. Where that fails
    /// in places, as with ramp limits over time, what is found still brings the saving, and `tooLittle` does not.
    ///
    /// - Parameters:
    ///   - targetUSD: What relocation saves, $.
    ///   - greatestMW: A capacity beyond which no more could be used.
    ///   - toleranceMW: Width of the bracket at which the search ends, MW; positive.
    ///   - trialLimit: Most capacities tried.
    ///   - savingUSD: What a capacity saves, $: a run of the baseline with it.
    public init(
        saving targetUSD: Double, upTo greatestMW: Double, toleranceMW: Double, trialLimit: Int,
        savingUSD: (_ capacityMW: Double) throws -> Double
    ) rethrows {
        precondition(greatestMW > 0 && toleranceMW > 0 && trialLimit > 0, "a search has room, a tolerance and a bound")
        self.init(
            finding: .notNeeded, targetUSD: targetUSD, enough: nil, tooLittle: nil, toleranceMW: toleranceMW, trials: []
        )
        guard targetUSD > 0 else { return }
        tooLittle = Trial(capacityMW: 0, savingUSD: 0)
        try narrow(at: greatestMW, savingUSD)
        guard let greatest = enough else {
            finding = .notEnough
            return
        }
        var (lower, upper) = (0.0, greatest.capacityMW)
        while upper - lower > toleranceMW {
            guard trials.count < trialLimit else {
                finding = .notSettled
                return
            }
            let middle = (lower + upper) / 2
            if try narrow(at: middle, savingUSD) { upper = middle } else { lower = middle }
        }
        finding = .found
    }

    /// Tries a capacity, and says whether it brings the saving.
    @discardableResult
    private mutating func narrow(
        at capacityMW: Double, _ savingUSD: (_ capacityMW: Double) throws -> Double
    ) rethrows -> Bool {
        let trial = Trial(capacityMW: capacityMW, savingUSD: try savingUSD(capacityMW))
        trials.append(trial)
        let isEnough = trial.savingUSD >= targetUSD * (1 - Self.relativeTolerance)
        if isEnough { enough = trial } else { tooLittle = trial }
        return isEnough
    }
}
