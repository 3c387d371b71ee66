// Units: heat, cost, emissions.
extension RTSBuilder {
    private static let columns = [
        "GEN UID", "Bus ID", "Unit Type", "Category", "Fuel", "PMax MW", "PMin MW", "Min Down Time Hr",
        "Min Up Time Hr", "Ramp Rate MW/Min", "Start Time Cold Hr", "Start Time Warm Hr", "Start Time Hot Hr",
        "Start Heat Cold MBTU", "Start Heat Warm MBTU", "Start Heat Hot MBTU", "Non Fuel Start Cost $",
        "Fuel Price $/MMBTU", "Output_pct_0", "HR_avg_0", "VOM", "Emissions CO2 Lbs/MMBTU", "Pump Load MW",
        "Storage Roundtrip Efficiency",
    ]
    /// Kilograms in a pound.
    private static let kilogramsPerPound = 0.45359237

    mutating func buildGenerators() -> [NetworkGenerator] {
        let table = CSVTable.parse(source.generators, &log)
        let record = CSVRecord(table, needs: RTSBuilder.columns, &log)
        let storageMWh = storageMWh()
        var outOfService: [String] = []
        let generators = record.all.map { record in
            let unit = unit(record, storageMWh)
            units.append(unit)
            if indexOfGenerator.updateValue(record.row, forKey: unit.name) != nil {
                record.refuse("GEN UID", "a unit has a name of its own", remedy: "Rename one of them.", &log)
            }
            let isInService = unit.type != "STORAGE" && unit.type != "CSP"
            if !isInService { outOfService.append(unit.name) }
            return generator(record, unit, isInService: isInService)
        }
        for name in storageMWh.keys.sorted() where indexOfGenerator[name] == nil && log.isClean {
            log.fault(
                source.storage.name, nil, "GEN UID", value: name, "a storage belongs to a unit of gen.csv",
                remedy: "Correct the name.")
        }
        if !outOfService.isEmpty {
            log.note(source.generators.name, nil, "out of service: \(outOfService.joined(separator: ", "))")
        }
        return generators
    }

    private mutating func generator(_ record: CSVRecord, _ unit: RTSUnit, isInService: Bool) -> NetworkGenerator {
        let maximum = record.number("PMax MW", from: 0, &log)
        let minimum = record.number("PMin MW", from: 0, &log)
        if minimum > maximum {
            record.refuse("PMin MW", "PMin MW is not above PMax MW", remedy: "Exchange or correct them.", &log)
        }
        let ramp = record.number("Ramp Rate MW/Min", from: 0, &log)
        return NetworkGenerator(
            name: unit.name, technology: record.text("Category"), bus: bus(record, "Bus ID"), minimumMW: minimum,
            maximumMW: maximum, cost: cost(unit), emissionsKgPerMWh: unit.fullLoadEmissionsKgPerMWh,
            rampMWPerMinute: ramp == 0 ? .infinity : ramp, isInService: isInService)
    }

    /// Fuel price times heat input, and maintenance by the MWh.
    private func cost(_ unit: RTSUnit) -> CostCurve {
        guard unit.heatMMBTUPerHour.count > 1, unit.fuelUSDPerMMBTU > 0 else {
            return .polynomial(c2: 0, c1: unit.maintenanceUSDPerMWh, c0: 0)
        }
        return .piecewiseLinear(
            unit.heatMMBTUPerHour.map { point in
                SIMD2(point.x, point.y * unit.fuelUSDPerMMBTU + point.x * unit.maintenanceUSDPerMWh)
            })
    }

    private mutating func unit(_ record: CSVRecord, _ storageMWh: [String: Double]) -> RTSUnit {
        let name = record.text("GEN UID")
        let fuelPrice = record.number("Fuel Price $/MMBTU", from: 0, &log)
        let emissions = record.number("Emissions CO2 Lbs/MMBTU", from: 0, &log) * RTSBuilder.kilogramsPerPound
        let start = RTSUnit.Start(
            cold: record.number("Start Heat Cold MBTU", &log), warm: record.number("Start Heat Warm MBTU", &log),
            hot: record.number("Start Heat Hot MBTU", &log))
        let hours = RTSUnit.Start(
            cold: record.number("Start Time Cold Hr", &log), warm: record.number("Start Time Warm Hr", &log),
            hot: record.number("Start Time Hot Hr", &log))
        return RTSUnit(
            name: name, type: record.text("Unit Type"), fuel: record.text("Fuel"), fuelUSDPerMMBTU: fuelPrice,
            maintenanceUSDPerMWh: record.number("VOM", &log),
            heatMMBTUPerHour: fuelPrice > 0 || emissions > 0 ? heatCurve(record) : [],
            emissionsKgPerMMBTU: emissions, minimumUpHours: record.number("Min Up Time Hr", from: 0, &log),
            minimumDownHours: record.number("Min Down Time Hr", from: 0, &log), startHeatMMBTU: start,
            startHours: hours, otherStartUSD: record.number("Non Fuel Start Cost $", &log),
            storageMWh: storageMWh[name] ?? 0, pumpMW: record.number("Pump Load MW", &log),
            roundTripShare: record.number("Storage Roundtrip Efficiency", from: 0, through: 100, &log) / 100)
    }

    /// Heat input by output: the average heat rate up to the first point, then the incremental ones.
    ///
    /// Incremental rates of zero, which the nuclear unit has, mean the average rate, as in NREL's MATPOWER case. Rates
    /// that fall, which no unit of NREL's has, are refused: NREL's conversion would write a cost that is not convex.
    private mutating func heatCurve(_ record: CSVRecord) -> [SIMD2<Double>] {
        let maximum = record.number("PMax MW", from: 0, &log)
        let average = record.number("HR_avg_0", from: 0, &log)
        var output = record.number("Output_pct_0", from: 0, through: 1, &log)
        var rate = 0.0
        var points = [SIMD2(output * maximum, output * maximum * average / 1000)]
        for index in 1...4 {
            let columns = ("Output_pct_\(index)", "HR_incr_\(index)")
            guard let next = record.optional(columns.0, &log), let given = record.optional(columns.1, &log) else {
                break
            }
            let incremental = given == 0 ? average : given
            if next <= output || next > 1 {
                record.refuse(columns.0, "outputs ascend up to 1", remedy: "Sort the points of the curve.", &log)
                break
            }
            if incremental < rate {
                record.refuse(
                    columns.1, "incremental heat rates do not fall, so that costs are convex",
                    remedy: "Even the rates out, keeping the heat at full output.", &log)
                break
            }
            let added = (next - output) * maximum
            points.append(SIMD2(next * maximum, points[points.count - 1].y + added * incremental / 1000))
            (output, rate) = (next, incremental)
        }
        return points
    }

    /// Energy each storage holds, MWh: its upper reservoir.
    private mutating func storageMWh() -> [String: Double] {
        let table = CSVTable.parse(source.storage, &log)
        let record = CSVRecord(table, needs: ["GEN UID", "Max Volume GWh", "position"], &log)
        var result: [String: Double] = [:]
        for record in record.all where record.text("position") == "head" {
            result[record.text("GEN UID")] = record.number("Max Volume GWh", from: 0, &log) * 1000
        }
        return result
    }
}
