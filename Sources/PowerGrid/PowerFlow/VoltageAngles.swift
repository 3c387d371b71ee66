/// Voltage angles of a network from its flows: a walk through each island from its reference.
struct VoltageAngles: Sendable {
    /// Angle of each bus, rad; zero at references.
    private(set) var radians: [Double]
    /// The reference of each bus's island.
    private(set) var reference: [Int]

    /// The angles that `flowMW` makes across closed branches.
    init(_ network: Network, laws: [BranchLaw], flowMW: [Double], isClosed: (Int) -> Bool) {
        radians = [Double](repeating: 0, count: network.buses.count)
        reference = [Int](repeating: -1, count: network.buses.count)
        var neighbours = [[Int]](repeating: [], count: network.buses.count)
        for (index, branch) in network.branches.enumerated() where isClosed(index) {
            neighbours[branch.from].append(index)
            neighbours[branch.to].append(index)
        }
        let order = network.buses.indices.filter { network.buses[$0].isReference } + Array(network.buses.indices)
        for root in order where reference[root] < 0 {
            reference[root] = root
            var stack = [root]
            while let bus = stack.popLast() {
                for index in neighbours[bus] {
                    let branch = network.branches[index]
                    let other = branch.from == bus ? branch.to : branch.from
                    guard reference[other] < 0 else { continue }
                    let across = laws[index].reactance * flowMW[index] + laws[index].shift
                    radians[other] = radians[bus] + (branch.from == bus ? -across : across)
                    reference[other] = root
                    stack.append(other)
                }
            }
        }
    }
}
