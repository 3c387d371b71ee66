internal import CoSimulation

/// The text of `SOURCES.txt`: which files the scenario was made from, what was changed, what was assumed, and whom to
/// name.
struct SourcesText {
    let content: ImportContent

    private var options: ImportOptions { content.options }
    private var clock: Clock { content.clock }

    /// The whole text.
    var text: String {
        let parts: [(String, [String])] = [
            ("FILES READ", files), ("RUN", run), ("ZONES", zones), ("CLASSES", classes),
            ("MET AND CHANGED", Self.list(findings)),
            ("ASSUMED", Self.list(assumptions)), ("ATTRIBUTION", Self.list(Attribution.lines(content))),
        ]
        let head = [
            "Sources of the scenario \(content.name), written by `gridtide import` \(Software.version).",
            "Prices, emissions, round trips and tokens are as published; demand is scaled and shaped. No company "
                + "is meant.",
        ]
        return (head + parts.flatMap { title, lines in ["", title] + lines }).joined(separator: "\n") + "\n"
    }

    /// Sentences as a list, in lines of a page.
    static func list(_ lines: [String]) -> [String] {
        lines.isEmpty ? ["- nothing"] : lines.flatMap { wrapped("- " + $0) }
    }

    /// A text in lines of at most 108 characters; those after the first are indented.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > 108 {
                lines.append(line)
                line = " "
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return lines + [line]
    }

    // MARK: What was read

    private var files: [String] {
        let sources = content.sources
        var lines = zip(sources.prices, content.prices.table.rowCounts).map { file($0, "prices", rows: $1) }
        lines += zip(sources.emissions, content.emissions.table.rowCounts).map { file($0, "emissions", rows: $1) }
        lines.append(file(sources.latency, "round trips", rows: nil))
        lines += zip(sources.traces, content.classes).map { file($0.file, "trace", rows: $1.trace.rowCount) }
        if let energy = sources.energy { lines.append(file(energy, "energy", rows: nil)) }
        return lines
    }

    private func file(_ file: SourceFile, _ kind: String, rows: Int?) -> String {
        let count = rows.map { "\($0) rows, " } ?? ""
        return "\(kind): \(file.baseName)\n    \(count)\(file.bytes.count) bytes, sha256 \(Digest(of: file.bytes))"
    }

    private var run: [String] {
        let end = CalendarDate.text(clock.seconds(atTick: clock.tickCount))
        let length = CalendarDate.duration(clock.tickSeconds)
        return [
            "\(CalendarDate.text(clock.startSeconds)) to \(end), \(Excerpt.count(clock.tickCount, "tick")) of "
                + "\(length), seed \(options.seed)"
        ]
    }

    private var zones: [String] {
        let rows = content.sites.map { site in
            [
                site.zone, site.place, region(site), mean(content.prices, site.zone, decimals: 2),
                mean(content.emissions, site.zone, decimals: 1),
            ]
        }
        let table = [["zone", "at", "round trips of", "mean USD/MWh", "mean kg/MWh"]] + rows
        let widths = (0..<4).map { column in table.map { $0[column].count }.max() ?? 0 }
        return table.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 2) }.joined() + row[4]
        }
    }

    private func region(_ site: ZoneSite) -> String {
        switch site.basis {
        case .greatCircle: "great circles"
        case .inside: site.region ?? ""
        case .nearby: "\(site.region ?? "") + \(Rounded.text(site.legMilliseconds, decimals: 1)) ms"
        case .named: "\(site.region ?? "") (--map)"
        }
    }

    private func mean(_ series: SampledSeries, _ zone: String, decimals: Int) -> String {
        Rounded.text(series.report.means[zone] ?? 0, decimals: decimals)
    }

    private var classes: [String] {
        zip(content.classes, content.shares).map { kind, share in
            let trace = kind.trace
            let tokens =
                "\(Excerpt.number(kind.inputTokens)) input and \(Excerpt.number(kind.outputTokens)) output tokens"
            let energy = Excerpt.number(Rounded.significant(kind.energyWh))
            return
                "\(kind.name): \(Excerpt.number(trace.requests)) requests in "
                + "\(Excerpt.count(trace.minutes.count, "minute")), "
                + "\(tokens) each on average;\n    a request takes \(energy) Wh of IT energy and "
                + "\(Excerpt.number(kind.work)) accelerator-seconds; "
                + "\(Rounded.text(share * 100, decimals: 1)) % of the energy"
        }
    }

    // MARK: What was done

    /// What was met in the sources and done about it, a sentence each.
    var findings: [String] {
        let choice = ZoneChoice(prices: content.prices.table, emissions: content.emissions.table, options: options)
        var result = choice.sentences()
        result += content.prices.report.sentences(content.prices.table, options)
        result += content.emissions.report.sentences(content.emissions.table, options)
        result += content.trips.sentences(content.sites)
        for kind in content.classes where kind.trace.minutes.count > 24 * 60 {
            result.append(
                "trace: \(kind.name) is longer than a day; its minutes are drawn at random all the same, so that "
                    + "its days are lost."
            )
        }
        return result
    }

    private var assumptions: [String] {
        let number = Excerpt.number
        let swing = number(options.dailySwing)
        let peak = number(options.peakHour)
        let budget =
            "300 ms with 230 ms of processing for classes named conversation, chat or interactive, else 1500 and "
            + "1250 ms"
        return [
            "Prices hold from their stamp on and are taken as they are"
                + (options.priceFactor == 1 ? "." : ", times \(number(options.priceFactor))."),
            "Emissions are the \(options.accounting.rawValue) ones, where a publisher gives both direct and "
                + "life-cycle.",
            "Average emissions stand for marginal emissions, which the sources do not give: effects on emissions "
                + "are indicative.",
            "Round trips within a cloud region, a blank diagonal in the source: "
                + "\(number(options.intraRegionMilliseconds)) ms.",
            "Energy and throughput: \(content.basis.label) (\(content.basis.choice)): "
                + "\(number(Rounded.significant(content.basis.joulesPerOutputToken))) J "
                + "of accelerator energy per output token, "
                + "\(number(Rounded.significant(content.basis.tokensPerSecond))) output tokens per second and "
                + "accelerator.",
            "IT energy is \(number(options.serverOverhead)) times accelerator energy; an input token takes "
                + "\(number(options.inputTokenShare)) of the energy and time of "
                + "an output token.",
            "Each service node has \(number(options.meanITMW)) MW of IT load on average; classes share it as the "
                + "energy of their traces does.",
            "Requests in tick t: L d(t) v(t) / mean(d v), with d(t) = 1 + \(swing) cos(2 pi (tau - \(peak)) / "
                + "24), tau the hour of local solar "
                + "time (UTC + longitude/15) in the middle of t, and v(t) the mean of \(options.tickMinutes) "
                + "minutes drawn from the trace in blocks of "
                + "\(DemandProfile.blockMinutes) over its mean; its first and last minute, which are cut, are "
                + "left out where it has twelve. L gives the mean power; the daily swing is no measurement.",
            "Budgets: \(budget) (classes A and B of MODEL 1). Share that may move: "
                + "\(number(options.movableShare)). Friction: 1 USD per MWh of IT energy with "
                + "230 ms of processing, else 5. Value lost: \(number(options.valueUSDPerMWh)) USD per MWh of IT "
                + "energy.",
            "Regions: \(number(options.capacityFactor)) times the peak of their home load in accelerators and "
                + "connection, PUE \(number(options.pue)).",
        ]
    }
}
