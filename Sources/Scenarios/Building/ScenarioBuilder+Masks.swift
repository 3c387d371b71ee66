internal import CoSimulation
internal import InferencePlacement

// Where work may go: law and denials (Mlegal and Msystem of MODEL 1.3).
extension ScenarioBuilder {
    /// Whether a class may run in a region, [service][class][region]; nil when the masks are wrong. Home always is.
    mutating func permitted(classes: [WorkloadClass], homes: [Int?]) -> [[[Bool]]]? {
        let regionCount = names(in: "regions").count
        let legal = jurisdictions()
        let denials = denials()
        guard let legal, let denials, homes.allSatisfy({ $0 != nil }) else { return nil }
        var permitted = homes.map { home in
            let row = legal.map { $0 == home.map { legal[$0] } }
            return classes.map { _ in row }
        }
        var budget = 10 * checker.limits.placements
        for (index, denial) in denials.enumerated() {
            let services = denial.service.map { $0...$0 } ?? 0...max(homes.count - 1, 0)
            let kinds = denial.workloadClass.map { $0...$0 } ?? 0...max(classes.count - 1, 0)
            let regions = denial.region.map { $0...$0 } ?? 0...max(regionCount - 1, 0)
            guard !homes.isEmpty, !classes.isEmpty, regionCount > 0 else { return nil }
            budget -= services.count * kinds.count * regions.count
            guard budget >= 0 else {
                fault(
                    .tooLarge, "masks.deny", "the entries match too many pairs.",
                    remedy: "Name services and regions in fewer entries.")
                return nil
            }
            var hasEffect = false
            for service in services {
                for region in regions where region != homes[service] {
                    hasEffect = true
                    for k in kinds { permitted[service][k][region] = false }
                }
            }
            noteHome(services, regions, homes, index, hasEffect: hasEffect)
        }
        for (service, home) in homes.enumerated() {
            guard let home else { continue }
            for k in classes.indices { permitted[service][k][home] = true }
        }
        return permitted
    }

    private mutating func noteHome(
        _ services: ClosedRange<Int>, _ regions: ClosedRange<Int>, _ homes: [Int?], _ index: Int, hasEffect: Bool
    ) {
        let path = "masks.deny[\(index)]"
        guard hasEffect else {
            return fault(
                .noEffect, path, "the entry forbids nothing but homes, and work may always run at home.",
                remedy: "Name another region, or remove the entry.")
        }
        if regions.count == 1, services.contains(where: { homes[$0] == regions.lowerBound }) {
            checker.log.note(at: place(path), path, "work of the services at home in this region may still run there.")
        }
    }

    /// The bloc or country of each region, all alike without a rule; law lets work run where they are equal.
    private mutating func jurisdictions() -> [String]? {
        let sections = root.sectionsIfGiven("regions")
        let rule = root.sectionIfGiven("masks")?.textIfPresent("legal") ?? "none"
        guard rule != "none" else { return sections.map { _ in "" } }
        let values = sections.map { $0.textIfPresent(rule) }
        for (index, value) in values.enumerated() where value == nil && !checker.isGiven("regions[\(index)].\(rule)") {
            fault(
                .missingKey, "regions[\(index)].\(rule)", "`\(rule)` is missing, which `masks.legal: \(rule)` needs.",
                remedy: "Give the \(rule) of every region, or write `legal: none`.")
        }
        let known = values.compactMap(\.self)
        return known.count == values.count ? known : nil
    }

    private struct Denial {
        var service: Int?
        var workloadClass: Int?
        var region: Int?
    }

    private mutating func denials() -> [Denial]? {
        let sections = root.sectionIfGiven("masks")?.sectionsIfGiven("deny") ?? []
        guard sections.count <= checker.limits.denials else {
            fault(
                .tooLarge, "masks.deny", "there are more than \(checker.limits.denials) entries.", remedy: "Use fewer.")
            return nil
        }
        let services = names(in: "services")
        let classes = names(in: "classes")
        let regions = names(in: "regions")
        let before = checker.log.faults.count
        let denials = sections.enumerated().map { index, section in
            let path = "masks.deny[\(index)]"
            if section.entries.isEmpty && !checker.log.faults.contains(where: { $0.path.hasPrefix(path + ".") }) {
                fault(
                    .missingKey, path, "the entry has no key and would forbid everything.",
                    remedy: "Name a service, a class or a region.")
            }
            return Denial(
                service: reference(section.textIfPresent("service"), services, path + ".service", "service node"),
                workloadClass: reference(section.textIfPresent("class"), classes, path + ".class", "workload class"),
                region: reference(section.textIfPresent("region"), regions, path + ".region", "region"))
        }
        return checker.log.faults.count == before ? denials : nil
    }
}
