extension Network {
    /// What to call a generator in a message.
    package func label(generator index: Int) -> String {
        let generator = generators[index]
        let name = generator.name.isEmpty ? "generator \(index + 1)" : "generator \(generator.name)"
        return "\(name) at bus \(buses[generator.bus].number)"
    }

    /// What to call a branch in a message.
    package func label(branch index: Int) -> String {
        let branch = branches[index]
        let name = branch.name.isEmpty ? "branch \(index + 1)" : "branch \(branch.name)"
        return "\(name) (\(buses[branch.from].number)-\(buses[branch.to].number))"
    }

    /// What to call a direct-current line in a message.
    package func label(dcLine index: Int) -> String {
        let line = dcLines[index]
        let name = line.name.isEmpty ? "DC line \(index + 1)" : "DC line \(line.name)"
        return "\(name) (\(buses[line.from].number)-\(buses[line.to].number))"
    }

    /// What to call a transfer limit in a message.
    package func label(transfer index: Int) -> String {
        let limit = transferLimits[index]
        let name = limit.name.isEmpty ? "" : "\(limit.name), "
        return "transfer capacity \(name)area \(limit.fromArea) to area \(limit.toArea)"
    }

    /// What to call a bus in a message.
    package func label(bus index: Int) -> String { "bus \(buses[index].number)" }

    /// Whether a branch leads to a bus that is out of service, or nowhere.
    func hasIsolatedEnd(_ branch: Int) -> Bool {
        let (from, to) = (branches[branch].from, branches[branch].to)
        return from == to || buses[from].isIsolated || buses[to].isIsolated
    }
}
