/// How the flow on a branch follows from the angles at its ends, in one convention (MODEL 3.1).
///
///     angle from - angle to = reactance * flow + shift
struct BranchLaw: Sendable, Equatable {
    /// Angle across the branch per MW of flow, rad/MW: the inverse of b on the base of the network.
    let reactance: Double
    /// Angle across the branch without flow, rad.
    let shift: Double
    /// Least angle difference, rad; minus infinity where the convention has none.
    let leastAngle: Double
    /// Greatest angle difference, rad; infinity where the convention has none.
    let greatestAngle: Double

    /// Degrees in a radian.
    static let degreesPerRadian = 180 / Double.pi

    /// The law of a branch.
    init(_ branch: Branch, baseMVA: Double, convention: NetworkConvention, hasAngleLimits: Bool) {
        precondition(branch.reactance != 0, "the reactance of a branch is never zero")
        switch convention {
        case .pglib:
            let square = branch.resistance * branch.resistance + branch.reactance * branch.reactance
            reactance = square / branch.reactance / baseMVA
            shift = 0
        case .matpower:
            reactance = branch.reactance * branch.tapRatio / baseMVA
            shift = branch.shiftDegrees / Self.degreesPerRadian
        case .plexos:
            reactance = branch.reactance / baseMVA
            shift = branch.shiftDegrees / Self.degreesPerRadian
        }
        leastAngle = hasAngleLimits ? branch.leastAngleDegrees / Self.degreesPerRadian : -.infinity
        greatestAngle = hasAngleLimits ? branch.greatestAngleDegrees / Self.degreesPerRadian : .infinity
    }

    /// The range of flow, MW, that the angle limits allow.
    var flowRangeMW: (least: Double, greatest: Double) {
        let ends = ((leastAngle - shift) / reactance, (greatestAngle - shift) / reactance)
        return reactance > 0 ? ends : (ends.1, ends.0)
    }
}
