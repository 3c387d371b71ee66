/// What is to happen, by time; what is due at the same time, in the order it was said.
struct EventQueue {
    private struct Entry {
        let time: Int
        let number: Int
        let body: () -> Void

        func isBefore(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
    }

    private var heap: [Entry] = []
    private var count = 0

    var nextTime: Int? { heap.first?.time }

    mutating func add(at time: Int, _ body: @escaping () -> Void) {
        heap.append(Entry(time: time, number: count, body: body))
        count += 1
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes what comes first; there must be something.
    mutating func takeNext() -> () -> Void {
        heap.swapAt(0, heap.count - 1)
        let entry = heap.removeLast()
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
            guard let least = children.min(by: { heap[$0].isBefore(heap[$1]) }), heap[least].isBefore(heap[parent])
            else { return entry.body }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
