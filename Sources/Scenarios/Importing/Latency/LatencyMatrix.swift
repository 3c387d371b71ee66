/// Measured round trips between cloud regions, ms. It need not be symmetric.
struct LatencyMatrix: Sendable {
    /// A measured round trip, or an empty cell.
    struct Cell: Sendable {
        let milliseconds: Double?
        let place: SourcePlace
    }

    /// Name of the file.
    let file: String
    /// Names of the sources, as the publisher writes them.
    let sources: [String]
    private let cells: [String: [String: Cell]]

    init(file: String, sources: [String], cells: [String: [String: Cell]]) {
        self.file = file
        self.sources = sources
        self.cells = cells
    }

    /// The key of a region's name, so that `East US`, `east us` and `eastus` are the same.
    static func key(_ name: String) -> String {
        String(name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
    }

    /// The name of a region as the publisher writes it; nil when it has no row.
    func region(_ name: String) -> String? {
        sources.first { LatencyMatrix.key($0) == LatencyMatrix.key(name) }
    }

    /// The cell from one region to another.
    func cell(from source: String, to destination: String) -> Cell? {
        cells[LatencyMatrix.key(source)]?[LatencyMatrix.key(destination)]
    }
}
