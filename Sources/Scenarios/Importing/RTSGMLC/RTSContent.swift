internal import CoSimulation
internal import Foundation
internal import PowerGrid

/// Everything a scenario of the RTS-GMLC system is written from.
struct RTSContent {
    let source: RTSSource
    /// NREL's notice, as it was found.
    let notice: String
    let options: RTSImportOptions
    let system: RTSGMLC
    /// Load, then series of output, as the files have them.
    let series: [HourlyTable]
    /// Hour of the series at which the run starts.
    let firstHour: Int
    /// Indices of the buses with a compute region.
    let sites: [Int]

    /// Name of the scenario.
    var name: String { options.name ?? "rts-gmlc-" + CalendarDate.text(clock.startSeconds).prefix(10) }

    /// The clock of the data, read as UTC.
    var clock: Clock {
        Clock(
            startSeconds: RTSContent.seconds(series[0].firstHour) + Int64(firstHour) * 3600, tickSeconds: 3600,
            tickCount: options.ticks)
    }

    /// The network as it is written.
    var network: Network {
        options.keepsMinimum ? system.network : system.network.withoutCommitment
    }

    /// Greatest IT power of a service node, MW.
    var peakITMW: Double { dailyFactors.max()! * options.meanITMW }

    /// The scenario with all its files.
    func scenario() -> ImportedScenario {
        let sources = RTSSourcesText(content: self)
        return ImportedScenario(
            name: name, zones: sites.map { "\(system.network.buses[$0].number)" }, classes: RTSClass.all.map(\.name),
            ticks: options.ticks,
            meanITMW: dailyFactors.reduce(0, +) / Double(options.ticks) * options.meanITMW
                * Double(sites.count),
            files: [
                .init(name: "network.m", text: network.matpowerText(comments: sources.networkComments)),
                table(requestsFile, requests),
            ] + series.map { table(RTSContent.file($0), columns($0)) } + [
                .init(name: "SOURCES.txt", text: sources.text),
                .init(name: "scenario.yaml", text: RTSScenarioText(content: self).text),
            ],
            notices: system.notices.map(\.description) + sources.assumptions)
    }

    // MARK: Tables

    /// Name of the file with the requests of all service nodes.
    var requestsFile: String { "requests.csv" }

    /// Name of the file a series is written to: `wind.csv` for `DAY_AHEAD_wind.csv`.
    static func file(_ table: HourlyTable) -> String {
        let stem = table.file.hasSuffix(".csv") ? String(table.file.dropLast(4)) : table.file
        return (stem.hasPrefix("DAY_AHEAD_") ? String(stem.dropFirst(10)) : stem).lowercased() + ".csv"
    }

    /// Name of a column: of an area in the table of load, of a unit elsewhere.
    func column(_ name: String, of table: HourlyTable) -> String {
        table == series[0] ? "area_\(name)_mw" : "\(name)_mw"
    }

    /// Seconds since 1970 of an hour, read as UTC.
    static func seconds(_ hour: HourStamp) -> Int64 {
        Int64(CalendarDate.days(year: hour.year, month: hour.month, day: hour.day)) * 86_400 + Int64(hour.hour) * 3600
    }

    private typealias Column = (name: String, values: [Double])

    private func columns(_ table: HourlyTable) -> [Column] {
        table.columns.indices.map { index in
            let values = (0..<options.ticks).map { table[index, firstHour + $0] }
            return (column(table.columns[index], of: table), values)
        }
    }

    private var requests: [Column] {
        sites.flatMap { site in
            RTSClass.all.map { kind in
                let mean = kind.requests(itMW: options.meanITMW, tickHours: clock.tickHours)
                let name = RTSScenarioText.requests(kind, bus: system.network.buses[site])
                return (name, dailyFactors.map { Rounded.value(mean * $0, decimals: mean > 1e5 ? 0 : 3) })
            }
        }
    }

    /// The factor d on mean demand in the middle of each tick.
    ///
    ///     d(t) = 1 + a cos(2 pi (hour - p) / 24)
    private var dailyFactors: [Double] {
        (0..<options.ticks).map { tick in
            let hour = Double(clock.seconds(atTick: tick) % 86_400) / 3600 + 0.5
            return 1 + options.dailySwing * cos(2 * .pi * (hour - options.peakHour) / 24)
        }
    }

    private func table(_ name: String, _ columns: [Column]) -> ImportedScenario.File {
        var lines = [(["utc"] + columns.map(\.name)).joined(separator: ",")]
        for tick in 0..<options.ticks {
            let cells = columns.map { Excerpt.number($0.values[tick]) }
            lines.append(([CalendarDate.text(clock.seconds(atTick: tick))] + cells).joined(separator: ","))
        }
        return .init(name: name, text: lines.joined(separator: "\n") + "\n")
    }
}
