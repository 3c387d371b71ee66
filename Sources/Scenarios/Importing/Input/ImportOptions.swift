public import InferencePlacement

/// How files become a scenario. Every default is written into the scenario's SOURCES.txt.
public struct ImportOptions: Sendable {
    /// What to do about an hour without a value.
    public enum MissingHours: String, Sendable, CaseIterable {
        /// It is a fault, and all such hours are listed.
        case error
        /// The last value goes on.
        case hold
        /// A straight line from the last to the next value.
        case interpolate
    }

    /// What to do about a stamp that occurs twice.
    public enum DuplicateStamps: String, Sendable, CaseIterable {
        /// It is a fault that names both lines.
        case error
        /// The first row counts.
        case first
        /// The last row counts.
        case last
        /// The mean of the rows counts.
        case mean
    }

    /// Which emissions count, where a publisher gives both.
    public enum Accounting: String, Sendable, CaseIterable {
        /// Those of the power stations in operation.
        case direct
        /// Those of fuel supply and construction too.
        case lifeCycle = "life-cycle"
    }

    /// Name of the scenario; `price-taker-` and the date of its start where there is none.
    public var name: String?
    /// Start of the run as an ISO 8601 stamp; the first hour that prices and emissions share where there is none.
    public var start: String?
    /// Number of ticks.
    public var ticks = 168
    /// Length of a tick, minutes.
    public var tickMinutes = 60
    /// Zones to take, in this order; all that have prices and emissions when empty.
    public var zones: [String] = []
    /// Cloud regions by zone, beside or instead of those the program knows.
    public var regionNames: [String: String] = [:]
    /// Locations by zone, beside or instead of those the program knows.
    public var locations: [String: Location] = [:]

    /// What to do about missing hours.
    public var missing = MissingHours.error
    /// What to do about duplicate stamps.
    public var duplicates = DuplicateStamps.error
    /// Unit of prices, such as `usd_per_mwh`; told by file or column names where there is none.
    public var priceUnit: String?
    /// What prices are multiplied by, such as USD per EUR.
    public var priceFactor = 1.0
    /// Unit of emissions, such as `g_per_kwh`; told by file or column names where there is none.
    public var emissionsUnit: String?
    /// Which emissions of Electricity Maps count.
    public var accounting = Accounting.direct

    /// Round trip within a cloud region, ms: what a blank diagonal stands for.
    public var intraRegionMilliseconds = 2.0
    /// Mean IT power of the requests of each service node over the run, MW.
    public var meanITMW = 100.0
    /// How far demand swings round its mean within a day, as a share of the mean.
    public var dailySwing = 0.3
    /// Hour of the day, in local solar time, at which demand is greatest.
    public var peakHour = 15.0
    /// Seed of the draws from the trace, and of the scenario.
    public var seed: UInt64 = 1

    /// A part of the name of the measured model to take energy from; any when there is none.
    public var model: String?
    /// A part of the name of the accelerator to take energy from; any when there is none.
    public var accelerator: String?
    /// Energy and time of an input token as a share of an output token's.
    public var inputTokenShare = 0.1
    /// IT energy over accelerator energy: hosts, memory and machines that idle.
    ///
    /// 1.6 is (58 + 25 + 10) / 58: accelerators take 58 % of the energy of a median prompt, hosts 25 %, idle machines
    /// 10 % (Elsworth et al. 2025, arXiv 2508.15734).
    public var serverOverhead = 1.6

    /// Capacity and connection of a region over the peak of its home load.
    public var capacityFactor = 1.5
    /// Facility power over IT power.
    public var pue = 1.2
    /// Share of requests whose state is not pinned at home.
    public var movableShare = 1.0
    /// Value lost per MWh of IT energy that is not served, USD.
    ///
    /// 10,000 is about what a hosted open model earns: 0.2 and 0.9 USD per million input and output tokens make some
    /// 0.0004 USD for a request of 1155 and 211 tokens, which takes 0.04 Wh (ours, a round number far above any price
    /// of power).
    public var valueUSDPerMWh = 10_000.0

    /// The defaults.
    public init() {}
}
