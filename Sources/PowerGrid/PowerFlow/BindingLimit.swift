/// A limit that costs money: giving way by 1 MW it would lower the cost.
public struct BindingLimit: Sendable, Equatable {
    /// What is limited.
    public enum Quantity: String, Sendable, Hashable {
        /// Output of a generator, by its own limits or by ramping.
        case output
        /// Flow on a branch, by its rating.
        case flow
        /// Flow on a branch, by a limit of the angle across it.
        case angle
        /// Flow on a direct-current line.
        case schedule
        /// Net flow between two areas.
        case transfer
    }

    /// Which end of the range is reached; flows count from the leaving bus to the entering one.
    public enum End: String, Sendable, Hashable {
        /// The least value.
        case least
        /// The greatest value.
        case greatest
    }

    /// What is limited.
    public let quantity: Quantity
    /// Index of the generator, branch, direct-current line or transfer limit.
    public let index: Int
    /// Which end of its range is reached.
    public let end: End
    /// What 1 MW more of room would save, $/MWh; positive.
    public let shadowPriceUSDPerMWh: Double
}
