/// A unit of a setting, with the CSV column suffixes that mean it and what they multiply by.
///
/// A CSV column states its unit at the end of its name (`nordic_price_usd_per_mwh`); a column in another unit of the
/// same quantity is converted, a column without a known unit is an error.
public enum Unit: String, Sendable, CaseIterable {
    case megawatt = "MW"
    case megawattHour = "MWh"
    case usdPerMWh = "USD/MWh"
    case kilogramPerMWh = "kgCO2/MWh"
    case usdPerKilogram = "USD/kgCO2"
    case usdPerTonne = "USD/tCO2"
    case milliseconds = "ms"
    case hours = "h"
    case perUnit = "p.u."
    case share = "share"
    case requestsPerTick = "requests/tick"
    case acceleratorSeconds = "accelerator-seconds"
    case acceleratorSecondsPerTick = "accelerator-seconds/tick"
    case acceleratorSecondsPerRequest = "accelerator-seconds/request"
    case accelerators = "accelerators"
    case wattHourPerRequest = "Wh/request"
    case wattHourPerToken = "Wh/token"
    case joulePerToken = "J/token"
    case tokensPerRequest = "tokens/request"
    case usdPerRequest = "USD/request"
    case usdPerGB = "USD/GB"
    case usd = "USD"
    case gigabyte = "GB"
    case gigabytePerRequest = "GB/request"
    case requests = "requests"
    case ticks = "ticks"
    case degrees = "degrees"
    case minutes = "min"
    case usdPerMillisecond = "USD/ms"
    case seconds = "s"
    case usdPerSecond = "USD/s"
    case secondsPerToken = "s/token"
    case kilobytePerToken = "KB/token"
    case megabitPerSecond = "Mbit/s"
    case litres = "L"
    case litresPerKWh = "L/kWh"
    case usdPerLitre = "USD/L"

    /// CSV suffixes (after the last underscore run that names a unit) and the factor that brings a value to this unit.
    public var columnSuffixes: [(suffix: String, factor: Double)] {
        switch self {
        case .megawatt: [("mw", 1), ("kw", 1e-3), ("gw", 1e3), ("w", 1e-6)]
        case .megawattHour: [("mwh", 1), ("kwh", 1e-3), ("gwh", 1e3)]
        case .usdPerMWh: [("usd_per_mwh", 1), ("usd_per_kwh", 1e3)]
        case .kilogramPerMWh:
            [
                ("kg_per_mwh", 1), ("g_per_kwh", 1), ("t_per_mwh", 1e3), ("kg_per_kwh", 1e3),
                ("lb_per_mwh", 0.453_592_37),
            ]
        case .usdPerKilogram: [("usd_per_kg", 1), ("usd_per_t", 1e-3)]
        case .usdPerTonne: [("usd_per_t", 1), ("usd_per_kg", 1e3)]
        case .milliseconds: [("ms", 1), ("s", 1e3)]
        case .hours: [("h", 1), ("min", 1.0 / 60)]
        case .perUnit, .share: [("per_unit", 1), ("pu", 1), ("share", 1), ("percent", 1e-2)]
        case .requestsPerTick, .requests: [("requests_per_tick", 1), ("requests", 1)]
        case .acceleratorSeconds, .acceleratorSecondsPerTick: [("accelerator_seconds", 1), ("accelerator_hours", 3600)]
        case .acceleratorSecondsPerRequest: [("accelerator_seconds_per_request", 1), ("accelerator_seconds", 1)]
        case .accelerators: [("accelerators", 1)]
        case .wattHourPerRequest: [("wh_per_request", 1), ("kwh_per_request", 1e3), ("j_per_request", 1.0 / 3600)]
        case .wattHourPerToken: [("wh_per_token", 1), ("kwh_per_token", 1e3), ("j_per_token", 1.0 / 3600)]
        case .joulePerToken: [("j_per_token", 1), ("wh_per_token", 3600)]
        case .tokensPerRequest: [("tokens_per_request", 1), ("tokens", 1)]
        case .usdPerRequest: [("usd_per_request", 1)]
        case .usdPerGB: [("usd_per_gb", 1)]
        case .usd: [("usd", 1)]
        case .gigabyte: [("gb", 1), ("mb", 1e-3), ("kb", 1e-6)]
        case .gigabytePerRequest: [("gb_per_request", 1), ("mb_per_request", 1e-3), ("kb_per_request", 1e-6)]
        case .ticks: [("ticks", 1)]
        case .degrees: [("degrees", 1), ("deg", 1)]
        case .minutes: [("min", 1), ("h", 60)]
        case .usdPerMillisecond: [("usd_per_ms", 1)]
        case .seconds: [("seconds", 1), ("s", 1), ("ms", 1e-3)]
        case .usdPerSecond: [("usd_per_second", 1), ("usd_per_s", 1)]
        case .secondsPerToken: [("seconds_per_token", 1), ("s_per_token", 1), ("ms_per_token", 1e-3)]
        case .kilobytePerToken: [("kb_per_token", 1), ("mb_per_token", 1e3)]
        case .megabitPerSecond: [("mbit_per_second", 1), ("mbit_per_s", 1), ("gbit_per_s", 1e3)]
        case .litres: [("litres", 1), ("l", 1)]
        case .litresPerKWh: [("litres_per_kwh", 1), ("l_per_kwh", 1), ("l_per_mwh", 1e-3)]
        case .usdPerLitre: [("usd_per_litre", 1), ("usd_per_l", 1)]
        }
    }
}
