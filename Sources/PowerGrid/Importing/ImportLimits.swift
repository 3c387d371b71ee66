/// How much an import reads before it refuses: far above any real network, far below what exhausts a machine.
public enum ImportLimits {
    /// Bytes of one file.
    public static let bytes = 64 << 20
    /// Rows of one matrix or table.
    public static let rows = 200_000
    /// Columns of one matrix or table.
    public static let columns = 2_000
    /// Numbers in one matrix or table.
    public static let cells = 8_000_000
    /// Brackets within brackets.
    public static let depth = 64
    /// Faults that are kept.
    public static let faults = 200
    /// Notices that are kept.
    public static let notices = 200
}
