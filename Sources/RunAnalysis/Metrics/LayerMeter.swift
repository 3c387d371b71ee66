internal import CoSimulation
internal import InferencePlacement

/// Adds up how far from home the work of each class ran (MODEL 1.11).
struct LayerMeter {
    private let experiment: Experiment
    /// By class and layer, in the order local, regional, energy-oriented.
    private var sums: [[Sum]]

    init(_ experiment: Experiment) {
        self.experiment = experiment
        sums = experiment.classes.map { _ in RelocationLayer.allCases.map { _ in Sum() } }
    }

    /// Adds what ran in a tick.
    mutating func add(_ awards: [AwardRecord]) {
        for award in awards {
            let site = experiment.services[award.service]
            let layer = RelocationLayer(
                isHome: award.region == site.home, roundTripMilliseconds: site.roundTripMilliseconds[award.region],
                localLimitMilliseconds: experiment.layerLimits.localMilliseconds,
                regionalLimitMilliseconds: experiment.layerLimits.regionalMilliseconds)
            sums[award.workloadClass][RelocationLayer.allCases.firstIndex(of: layer)!].add(award.energyMWh)
        }
    }

    /// Energy by class.
    var metrics: [ClassLayers] {
        zip(experiment.classes, sums).map { kind, sums in
            ClassLayers(
                workloadClass: kind.name, localMWh: sums[0].value, regionalMWh: sums[1].value,
                energyOrientedMWh: sums[2].value)
        }
    }
}
