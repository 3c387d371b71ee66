/// Independent cycles of a network: around each the angle differences add up to zero (Kirchhoff's voltage law).
///
/// With the balance at each bus they determine the flows without any angle, see Hörsch, Ronellenfitsch, Witthaut and
/// Brown, "Linear optimal power flow using cycle flows", Electric Power Systems Research 158, 2018. Cycles are kept
/// short, for the sake of a sparse matrix: branches outside a spanning forest are added one by one, nearest ends
/// first, and each closes the shortest cycle through what is there.
struct CycleBasis: Sendable {
    /// A branch in a cycle, and 1 where the cycle passes it in its own direction, -1 against it.
    struct Step: Sendable, Equatable {
        let branch: Int
        let sign: Double
    }

    /// The cycles; as many as there are branches outside a spanning forest.
    private(set) var cycles: [[Step]] = []

    private let branches: [Branch]
    private var neighbours: [[(bus: Int, branch: Int)]]

    /// The cycles of the branches `isPresent` names; a branch from a bus to itself has none.
    init(busCount: Int, branches: [Branch], isPresent: (Int) -> Bool) {
        self.branches = branches
        let present = branches.indices.filter { isPresent($0) && branches[$0].from != branches[$0].to }
        neighbours = [[(bus: Int, branch: Int)]](repeating: [], count: busCount)
        for branch in present { connect(branch) }
        let forest = SpanningForest(neighbours)
        neighbours = [[(bus: Int, branch: Int)]](repeating: [], count: busCount)
        for branch in present where forest.branches.contains(branch) { connect(branch) }
        let chords = present.filter { !forest.branches.contains($0) }
            .map { (length: forest.distance(branches[$0].from, branches[$0].to), branch: $0) }
            .sorted { ($0.length, $0.branch) < ($1.length, $1.branch) }
        var search = PathSearch(busCount: busCount)
        for chord in chords {
            let branch = branches[chord.branch]
            let path = search.path(from: branch.to, to: branch.from, neighbours)
            cycles.append([Step(branch: chord.branch, sign: 1)] + steps(path, from: branch.to))
            connect(chord.branch)
        }
        neighbours = []
    }

    private mutating func connect(_ branch: Int) {
        neighbours[branches[branch].from].append((branches[branch].to, branch))
        neighbours[branches[branch].to].append((branches[branch].from, branch))
    }

    private func steps(_ path: [Int], from start: Int) -> [Step] {
        var bus = start
        return path.map { branch in
            let isForward = branches[branch].from == bus
            bus = isForward ? branches[branch].to : branches[branch].from
            return Step(branch: branch, sign: isForward ? 1 : -1)
        }
    }
}

/// A breadth-first spanning forest, each tree grown from the middle of a long path so that it is shallow.
private struct SpanningForest {
    private(set) var branches: Set<Int> = []
    private var parents: [Int]
    private var depths: [Int]

    init(_ neighbours: [[(bus: Int, branch: Int)]]) {
        parents = [Int](repeating: -1, count: neighbours.count)
        depths = [Int](repeating: -1, count: neighbours.count)
        for root in neighbours.indices where depths[root] < 0 {
            let reached = grow(from: root, neighbours, record: false)
            let end = reached[reached.count - 1]
            clear(reached)
            let across = grow(from: end, neighbours, record: false)
            var middle = across[across.count - 1]
            for _ in 0..<(depths[middle] / 2) { middle = parents[middle] }
            clear(across)
            _ = grow(from: middle, neighbours, record: true)
        }
    }

    /// Number of branches on the path between two buses of one tree.
    func distance(_ first: Int, _ second: Int) -> Int {
        var (first, second, count) = (first, second, 0)
        while first != second {
            if depths[first] >= depths[second] { first = parents[first] } else { second = parents[second] }
            count += 1
        }
        return count
    }

    private mutating func grow(from root: Int, _ neighbours: [[(bus: Int, branch: Int)]], record: Bool) -> [Int] {
        var queue = [root]
        var next = 0
        depths[root] = 0
        while next < queue.count {
            let bus = queue[next]
            next += 1
            for neighbour in neighbours[bus] where depths[neighbour.bus] < 0 {
                depths[neighbour.bus] = depths[bus] + 1
                parents[neighbour.bus] = bus
                if record { branches.insert(neighbour.branch) }
                queue.append(neighbour.bus)
            }
        }
        return queue
    }

    private mutating func clear(_ buses: [Int]) {
        for bus in buses { (depths[bus], parents[bus]) = (-1, -1) }
    }
}

/// Breadth-first search for shortest paths, with storage that is reused.
private struct PathSearch {
    private var stamp: [Int]
    private var arrival: [(bus: Int, branch: Int)]
    private var round = 0

    init(busCount: Int) {
        stamp = [Int](repeating: 0, count: busCount)
        arrival = [(bus: Int, branch: Int)](repeating: (-1, -1), count: busCount)
    }

    /// The branches of a shortest path; the buses must be connected.
    mutating func path(from start: Int, to end: Int, _ neighbours: [[(bus: Int, branch: Int)]]) -> [Int] {
        round += 1
        var queue = [start]
        var next = 0
        stamp[start] = round
        search: while next < queue.count {
            let bus = queue[next]
            next += 1
            for neighbour in neighbours[bus] where stamp[neighbour.bus] != round {
                stamp[neighbour.bus] = round
                arrival[neighbour.bus] = (bus, neighbour.branch)
                if neighbour.bus == end { break search }
                queue.append(neighbour.bus)
            }
        }
        var path: [Int] = []
        var bus = end
        while bus != start {
            path.append(arrival[bus].branch)
            bus = arrival[bus].bus
        }
        return path.reversed()
    }
}
