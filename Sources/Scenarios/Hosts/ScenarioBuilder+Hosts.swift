internal import CoSimulation
internal import Foundation

// A hosts file is read and checked like a scenario: all that is wrong at once.
extension ScenarioBuilder {
    /// Reads, checks and builds the hosts of a run with these agents.
    mutating func buildHosts(agents: [String]) throws(ScenarioError) -> HostsFile {
        let node = try tree(overrides: [])
        try checkVersion(node)
        root = checker.section(node, ScenarioSchema.hosts, "")
        checkAddress()
        checkHostNames()
        checkClaims(agents)
        try checker.log.throwIfFaulty()
        return HostsFile(
            address: root.text("address"), port: UInt16(root.number("port")),
            hosts: root.sections("hosts").map { host($0, program: root.text("program")) })
    }

    private func host(_ section: Parameters, program: String) -> HostsFile.Host {
        HostsFile.Host(
            name: section.text("name"), destination: section.textIfPresent("ssh") ?? section.text("name"),
            options: section.texts(ifList: "options"), program: section.textIfPresent("program") ?? program,
            folder: section.textIfPresent("folder"),
            agents: section["agents"] == nil ? nil : section.texts(ifList: "agents"))
    }

    /// A socket is bound to an address in numbers; which of its names a host means is not for us to guess.
    private mutating func checkAddress() {
        guard let address = root.textIfPresent("address") else { return }
        var (four, six) = (in_addr(), in6_addr())
        guard inet_pton(AF_INET, address, &four) != 1, inet_pton(AF_INET6, address, &six) != 1 else { return }
        fault(
            .wrongKind, "address", value: address, "`\(Excerpt.brief(address, limit: 40))` is no address in numbers.",
            remedy: "Write one that `ip address` shows of this machine, such as 10.0.0.1.")
    }

    private mutating func checkHostNames() {
        var seen: [String: String] = [:]
        for (index, section) in root.sectionsIfGiven("hosts").enumerated() {
            checkUnique(section.textIfPresent("name"), "hosts[\(index)].name", &seen)
            guard let destination = section.textIfPresent("ssh") else { continue }
            // ssh would take it for an option.
            guard destination.hasPrefix("-") || destination.contains(where: \.isWhitespace) else { continue }
            fault(
                .invalidName, "hosts[\(index)].ssh", value: destination,
                "`\(Excerpt.brief(destination, limit: 40))` is nothing that ssh connects to.",
                remedy: "Write a host name or address, such as me@10.0.0.2; further words belong into `options`.")
        }
    }

    /// Every agent that is named is one of the scenario, and on one host.
    private mutating func checkClaims(_ agents: [String]) {
        var claimed: [String: String] = [:]
        for (index, section) in root.sectionsIfGiven("hosts").enumerated() {
            for (place, name) in section.texts(ifList: "agents").enumerated() {
                let path = "hosts[\(index)].agents[\(place)]"
                guard reference(name, agents, path, "agent") != nil else { continue }
                if let first = claimed[name] {
                    fault(
                        .duplicateName, path, value: name,
                        "`\(Excerpt.brief(name, limit: 64))` runs on a host already, at \(self.place(first)).",
                        remedy: "Name it once.")
                } else {
                    claimed[name] = path
                }
            }
        }
    }
}
