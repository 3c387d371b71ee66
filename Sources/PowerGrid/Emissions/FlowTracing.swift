/// Where power at each bus comes from, when what flows in is mixed and every outflow carries the mixture (LACE).
struct FlowTracing: Sendable {
    /// A sending of power from one bus to another; what is lost counts as drawn where it arrives.
    struct Sending: Sendable, Equatable {
        let from: Int
        let to: Int
        let powerMW: Double
        /// Of that, what is lost on the way.
        var lostMW = 0.0
    }

    /// Emissions of the mixture at each bus, kgCO2/MWh: `w_n (sum p_g + sum f_mn) = sum e_g p_g + sum f_mn w_m`.
    ///
    /// Zero at buses through which nothing flows.
    static func mixture(suppliedMW: [Double], emissionsKgPerHour: [Double], sendings: [Sending]) -> [Double] {
        var throughMW = suppliedMW
        for sending in sendings { throughMW[sending.to] += sending.powerMW }
        // A circle of flow that nothing feeds would leave its mixture open: this closes it at zero.
        let seed = 1e-12 * throughMW.reduce(0, max)
        var columns = throughMW.indices.map { bus in
            [(row: bus, value: throughMW[bus] > seed ? throughMW[bus] + seed : 1)]
        }
        for sending in sendings where throughMW[sending.to] > seed {
            columns[sending.from].append((sending.to, -sending.powerMW))
        }
        let merged = columns.map(merging)
        guard let factors = SparseLU(size: merged.count, columns: merged) else {
            return [Double](repeating: 0, count: merged.count)
        }
        return factors.solve(emissionsKgPerHour)
    }

    private static func merging(_ entries: [(row: Int, value: Double)]) -> [(row: Int, value: Double)] {
        var sums: [(row: Int, value: Double)] = []
        for entry in entries.sorted(by: { $0.row < $1.row }) {
            if let last = sums.last, last.row == entry.row {
                sums[sums.count - 1].value += entry.value
            } else {
                sums.append(entry)
            }
        }
        return sums
    }
}
