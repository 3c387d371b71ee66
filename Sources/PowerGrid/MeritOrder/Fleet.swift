/// The generators of a balancing area without a network, in merit order.
///
/// Units run in ascending order of cost, then name, above their must-run minimum. A fleet answers `margin` without
/// allocating and `dispatch` with one array, so both can be asked every tick and for every tick of a forecast.
public struct Fleet: Sendable, Equatable {
    /// A unit as the merit order needs it: numbers only.
    private struct Unit: Sendable, Equatable {
        var generator: Int
        /// Greatest output, MW; a constant availability is already in it.
        var capacityMW: Double
        var minimumMW: Double
        var costUSDPerMWh: Double
        var emissionsKgPerMWh: Double
        /// Index of the availability by tick; -1 where it is constant.
        var profile: Int
    }

    /// A unit with less room than this, MW, counts as full and a demand this far below zero as none, so that rounding
    /// decides nothing.
    public static let toleranceMW = 1e-9

    /// The generators, in the order they were given.
    public let generators: [Generator]
    /// Price of energy not served, $/MWh.
    public let unservedEnergyUSDPerMWh: Double
    /// Names of the technologies, ascending.
    public let technologies: [String]
    private let units: [Unit]
    private let profiles: [[Double]]
    private let technologyOfGenerator: [Int]

    /// A fleet; names must be unique and no unit may cost more than energy not served, which would never run.
    public init(_ generators: [Generator], unservedEnergyUSDPerMWh: Double = 10_000) {
        precondition(Set(generators.map(\.name)).count == generators.count, "two generators of a fleet have one name")
        precondition(
            generators.allSatisfy { $0.costUSDPerMWh <= unservedEnergyUSDPerMWh }, "a unit dearer than unserved energy")
        let technologies = Set(generators.map(\.technology)).sorted()
        var profiles: [[Double]] = []
        let order = generators.indices.sorted {
            (generators[$0].costUSDPerMWh, generators[$0].name) < (generators[$1].costUSDPerMWh, generators[$1].name)
        }
        units = order.map { Fleet.unit($0, generators[$0], &profiles) }
        self.generators = generators
        self.unservedEnergyUSDPerMWh = unservedEnergyUSDPerMWh
        self.technologies = technologies
        self.profiles = profiles
        technologyOfGenerator = generators.map { generator in technologies.firstIndex(of: generator.technology)! }
    }

    /// The least-cost dispatch of a demand, MW (MODEL 3.1 on one bus); the demand must not be negative.
    public func dispatch(demandMW: Double, at tick: Int) -> MeritOrderDispatch {
        var outputMW = [Double](repeating: 0, count: generators.count)
        var cost = 0.0
        var emissions = 0.0
        var curtailed = 0.0
        let mustRun = supply(at: tick).mustRunMW
        var rest = max(0, demandMW - mustRun)
        var surplus = max(0, mustRun - demandMW)
        for unit in units {
            let available = availableMW(unit, tick)
            let minimum = min(unit.minimumMW, available)
            let added = min(rest, available - minimum)
            rest -= added
            outputMW[unit.generator] = minimum + added
            cost += unit.costUSDPerMWh * (minimum + added)
            emissions += unit.emissionsKgPerMWh * (minimum + added)
            if unit.costUSDPerMWh <= 0 { curtailed += available - minimum - added }
        }
        curtailed += surplus
        for unit in units.reversed() where surplus > 0 {
            let turnedAway = min(surplus, outputMW[unit.generator])
            outputMW[unit.generator] -= turnedAway
            surplus -= turnedAway
        }
        return MeritOrderDispatch(
            outputMW: outputMW, margin: margin(demandMW: demandMW, at: tick), generationMW: outputMW.reduce(0, +),
            curtailedMW: curtailed, unservedMW: rest, costUSDPerHour: cost + rest * unservedEnergyUSDPerMWh,
            emissionsKgPerHour: emissions)
    }

    /// What one more MWh costs and emits at a demand, MW, and how much more there is (MODEL 3.1, 3.2 on one bus).
    public func margin(demandMW: Double, at tick: Int) -> Margin {
        precondition(demandMW > -Fleet.toleranceMW && demandMW.isFinite, "a demand of \(demandMW) MW")
        let (totalMW, mustRunMW) = supply(at: tick)
        let headroom = max(0, totalMW - demandMW)
        if max(0, demandMW) < mustRunMW - Fleet.toleranceMW {
            return Margin(generator: nil, priceUSDPerMWh: 0, emissionsKgPerMWh: 0, headroomMW: headroom)
        }
        var rest = demandMW - mustRunMW
        for unit in units {
            let available = availableMW(unit, tick)
            let room = available - min(unit.minimumMW, available)
            if rest < room - Fleet.toleranceMW {
                return Margin(
                    generator: unit.generator, priceUSDPerMWh: unit.costUSDPerMWh,
                    emissionsKgPerMWh: unit.emissionsKgPerMWh, headroomMW: headroom)
            }
            rest -= room
        }
        return Margin(
            generator: nil, priceUSDPerMWh: unservedEnergyUSDPerMWh, emissionsKgPerMWh: 0, headroomMW: headroom)
    }

    /// Output that is available at a tick, MW: all of it, and the part that must run.
    public func supply(at tick: Int) -> (totalMW: Double, mustRunMW: Double) {
        var total = 0.0
        var mustRun = 0.0
        for unit in units {
            let available = availableMW(unit, tick)
            total += available
            mustRun += min(unit.minimumMW, available)
        }
        return (total, mustRun)
    }

    /// The output of a dispatch by technology, MW, in the order of `technologies`.
    public func outputByTechnologyMW(_ dispatch: MeritOrderDispatch) -> [Double] {
        var sums = [Double](repeating: 0, count: technologies.count)
        for (generator, output) in dispatch.outputMW.enumerated() {
            sums[technologyOfGenerator[generator]] += output
        }
        return sums
    }

    private func availableMW(_ unit: Unit, _ tick: Int) -> Double {
        unit.profile < 0 ? unit.capacityMW : unit.capacityMW * profiles[unit.profile][tick]
    }

    private static func unit(_ index: Int, _ generator: Generator, _ profiles: inout [[Double]]) -> Unit {
        var unit = Unit(
            generator: index, capacityMW: generator.capacityMW, minimumMW: generator.minimumMW,
            costUSDPerMWh: generator.costUSDPerMWh, emissionsKgPerMWh: generator.emissionsKgPerMWh, profile: -1)
        switch generator.availability {
        case .constant(let share):
            unit.capacityMW *= share
        case .series(let shares):
            unit.profile = profiles.count
            profiles.append(shares)
        }
        return unit
    }
}
