internal import InferencePlacement

// What an option may be.
extension ImportOptions {
    /// Logs every option outside its range.
    func check(_ log: inout FaultLog) {
        let positive = "greater than 0 and at most a million"
        log.check(ticks > 0, "--ticks", Double(ticks), positive)
        log.check(tickMinutes > 0, "--tick-minutes", Double(tickMinutes), positive)
        log.check(isPositive(priceFactor), "--price-factor", priceFactor, positive)
        log.check(isAtLeast(intraRegionMilliseconds, 0), "--intra-region-ms", intraRegionMilliseconds, "at least 0")
        log.check(isPositive(meanITMW), "--scale-mw", meanITMW, positive)
        log.check((0..<1).contains(dailySwing), "--daily-swing", dailySwing, "at least 0 and less than 1")
        log.check((0..<24).contains(peakHour), "--peak-hour", peakHour, "at least 0 and less than 24")
        log.check(isAtLeast(inputTokenShare, 0), "--input-token-share", inputTokenShare, "at least 0")
        log.check(isAtLeast(serverOverhead, 1), "--server-overhead", serverOverhead, "at least 1")
        log.check(isPositive(capacityFactor), "--capacity-factor", capacityFactor, positive)
        log.check(isAtLeast(pue, 1), "--pue", pue, "at least 1")
        log.check((0...1).contains(movableShare), "--movable-share", movableShare, "from 0 to 1")
        log.check(isAtLeast(valueUSDPerMWh, 0), "--value-usd-per-mwh", valueUSDPerMWh, "at least 0")
        // Seeds are numbers of the scenario file, which are Doubles.
        log.check(seed <= 1 << 53, "--seed", Double(seed), "at most 2^53")
        log.check(name: name)
        checkZones(&log)
    }

    private func checkZones(_ log: inout FaultLog) {
        var seen: Set<String> = []
        for zone in zones where !seen.insert(zone).inserted {
            log.add(
                .duplicateName, at: SourcePlace(file: "--zones"), "", value: zone,
                "the zone `\(Excerpt.brief(zone))` is named twice.",
                remedy: "Name it once.")
        }
        for (zone, place) in locations.sorted(by: { $0.key < $1.key })
        where !(-90...90).contains(place.latitudeDegrees) || !(-180...180).contains(place.longitudeDegrees) {
            log.add(
                .outOfRange, at: SourcePlace(file: "--location"), "", value: zone,
                "the location of `\(Excerpt.brief(zone))` is not on the globe.",
                remedy: "Give degrees north from -90 to 90, then degrees east from -180 to 180.")
        }
    }

    private func isPositive(_ value: Double) -> Bool { (1e-6...1e6).contains(value) }

    private func isAtLeast(_ value: Double, _ least: Double) -> Bool { (least...1e6).contains(value) }
}

// What options of imports share.
extension FaultLog {
    /// Logs an option that is not right, with the rule for its number.
    mutating func check(_ isRight: Bool, _ option: String, _ value: Double, _ rule: String) {
        guard !isRight else { return }
        let text = Excerpt.number(value)
        add(
            .outOfRange, at: SourcePlace(file: "\(option) \(text)"), "", value: text, "\(text) is not accepted.",
            remedy: "Give a number \(rule).")
    }

    /// Logs a name of a scenario that is none.
    mutating func check(name: String?) {
        guard let name, !ZoneChoice.isName(name) else { return }
        let text = Excerpt.brief(name)
        add(
            .invalidName, at: SourcePlace(file: "--name \(text)"), "", value: name, "`\(text)` is no name.",
            remedy: "Use 1 to 50 letters a to z, digits, hyphens, underscores and points; begin with a letter or digit."
        )
    }
}
