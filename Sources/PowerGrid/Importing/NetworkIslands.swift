/// The islands of a network: buses that branches in service join, isolated buses left out.
struct NetworkIslands {
    /// The least bus of the island of each bus.
    private var root: [Int]

    init(buses: [Bus], branches: [Branch]) {
        root = Array(buses.indices)
        for branch in branches where branch.isInService {
            let (left, right) = (find(branch.from), find(branch.to))
            root[max(left, right)] = min(left, right)
        }
        for bus in buses.indices { root[bus] = find(bus) }
    }

    /// The islands without a reference, each with the bus to take: that of the first generator in service in the
    /// order of the rows, else the first bus.
    func withoutReference(_ buses: [Bus], _ generators: [NetworkGenerator]) -> [(bus: Int, size: Int)] {
        var hasReference = Array(repeating: false, count: buses.count)
        var size = Array(repeating: 0, count: buses.count)
        var choice: [Int?] = Array(repeating: nil, count: buses.count)
        for (index, bus) in buses.enumerated() {
            size[root[index]] += 1
            if bus.isReference || bus.isIsolated { hasReference[root[index]] = true }
        }
        for generator in generators where generator.isInService && choice[root[generator.bus]] == nil {
            choice[root[generator.bus]] = generator.bus
        }
        return buses.indices.filter { root[$0] == $0 && !hasReference[$0] }.map { (choice[$0] ?? $0, size[$0]) }
    }

    /// Pairs of references of one island: the first, and each further one.
    func secondReferences(_ buses: [Bus]) -> [(first: Int, second: Int)] {
        var first: [Int?] = Array(repeating: nil, count: buses.count)
        var pairs: [(Int, Int)] = []
        for (index, bus) in buses.enumerated() where bus.isReference {
            if let known = first[root[index]] { pairs.append((known, index)) } else { first[root[index]] = index }
        }
        return pairs
    }

    /// The root of a bus, shortening the way there.
    private mutating func find(_ bus: Int) -> Int {
        var bus = bus
        while root[bus] != bus {
            root[bus] = root[root[bus]]
            bus = root[bus]
        }
        return bus
    }
}
