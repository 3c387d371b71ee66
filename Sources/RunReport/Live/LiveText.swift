internal import CoSimulation
internal import Foundation
internal import RunAnalysis
internal import RunStore

/// How a run stands, as text for a terminal.
public struct LiveText {
    private let view: LiveView
    private let columns: Int
    private let rows: Int?

    /// Text of a view so many columns wide; of agents, as many as `rows` have room for, all where it is nil.
    public init(of view: LiveView, columns: Int, rows: Int?) {
        (self.view, self.columns, self.rows) = (view, columns, rows)
    }

    /// The text; every line ends in a newline.
    public var text: String {
        guard let about = view.about else { return "no tick is stored yet: \(view.status.rawValue)\n" }
        var lines = head(about) + [""] + totals
        let rest = [areas(about), agents, happenings]
        for block in rest where !block.isEmpty { lines += [""] + block }
        if let rows { lines = Array(lines.prefix(rows)) }
        return lines.map { String($0.prefix(columns)) + "\n" }.joined()
    }

    private func head(_ about: RunAbout) -> [String] {
        let (done, planned) = (view.ticks, about.facts.clock.tickCount)
        let width = max(10, min(40, columns - 60))
        let filled = planned > 0 ? done * width / planned : 0
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let rate = view.ticksPerSecond.map { "  \(Self.number($0)) ticks/s" } ?? ""
        let moment = done > 0 ? about.utc(ofTick: done - 1) + " UTC" : ""
        var lines = [
            "\(about.facts.name)  \(view.status.rawValue)\(view.text.isEmpty ? "" : ": \(view.text)")",
            "\(bar) \(done)/\(planned)  \(moment)\(view.status == .running ? rate : "")",
        ]
        if let waiting = view.waiting {
            lines.append(
                "waits for \(waiting.agents.joined(separator: ", ")) (\(waiting.phase) of tick \(waiting.tick))")
        }
        if let digest = view.digest { lines.append("digest \(digest)") }
        return lines
    }

    private var totals: [String] {
        let names: [(RunTap.Channel, String, String)] = [
            (.load, "draw of compute", "MW"), (.price, "price, all areas", "$/MWh"),
            (.emissions, "emissions", "t/h"), (.relocated, "work away from home", "MW"),
        ]
        return names.map { channel, name, unit in
            let points = view.series.points[channel.rawValue]
            let value = Self.number(points.last?.mean).padded(to: 10, left: true)
            return "\(name.padded(to: 20))\(value) \(unit.padded(to: 6)) \(spark(points))"
        }
    }

    private func areas(_ about: RunAbout) -> [String] {
        let first = RunTap.Channel.allCases.count
        let rows = about.areas.indices.map { index in
            let area = about.areas[index]
            let name =
                area.name.isEmpty || area.name == area.gridOperator
                ? area.gridOperator : "\(area.gridOperator) \(area.name)"
            let (load, price) = (view.series.points[first + 2 * index], view.series.points[first + 2 * index + 1])
            let width = max(8, (columns - 52) / 2)
            return
                "\(name.padded(to: 20))\(Self.number(load.last?.mean).padded(to: 10, left: true)) "
                + "\(spark(load, width: width).padded(to: width))  "
                + "\(Self.number(price.last?.mean).padded(to: 10, left: true)) \(spark(price, width: width))"
        }
        let width = max(8, (columns - 52) / 2)
        let head =
            "area".padded(to: 20) + "draw, MW".padded(to: 10, left: true) + " " + "".padded(to: width) + "  "
            + "$/MWh".padded(to: 10, left: true)
        return [head] + rows
    }

    private var agents: [String] {
        guard !view.agents.isEmpty else { return [] }
        let ordered = view.agents.sorted {
            ($1.slowestShare, $1.meanMicroseconds ?? 0, $0.number) < (
                $0.slowestShare, $0.meanMicroseconds ?? 0, $1.number
            )
        }
        let head =
            "agent".padded(to: 20) + "role".padded(to: 15) + "state".padded(to: 22) + "last".padded(to: 9, left: true)
            + "mean".padded(to: 9, left: true) + "longest".padded(to: 9, left: true) + " ms  slowest in"
        return [head]
            + ordered.map { agent in
                let waits = [Double(agent.waits.last), agent.meanMicroseconds, Double(agent.waits.longest)]
                let state = agent.state.rawValue + (agent.restarts > 0 ? " (\(agent.restarts + 1). start)" : "")
                return agent.name.padded(to: 20) + agent.role.rawValue.padded(to: 15) + state.padded(to: 22)
                    + waits.map { Self.number($0.map { $0 / 1000 }).padded(to: 9, left: true) }.joined()
                    + "    \(NumberText.text(100 * agent.slowestShare, decimals: 0)) %"
            }
    }

    private var happenings: [String] { view.happenings.suffix(8).reversed().map { "· \($0)" } }

    private func spark(_ points: [LiveSeries.Point], width: Int? = nil) -> String {
        Sparkline.text(points.map(\.mean), width: width ?? max(8, columns - 40))
    }

    private static func number(_ number: Double?) -> String {
        NumberText.text(number, decimals: NumberText.decimals(for: [number]))
    }
}

extension String {
    /// The text filled up with spaces to so many characters, and cut to them; on its left where asked.
    fileprivate func padded(to width: Int, left: Bool = false) -> String {
        let text = prefix(left ? width : width - 1)
        let space = String(repeating: " ", count: width - text.count)
        return left ? space + text : text + space
    }
}
