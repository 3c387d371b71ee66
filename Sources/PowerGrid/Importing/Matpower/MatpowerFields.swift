/// What a case file assigns, before any rule about networks.
struct MatpowerFields {
    /// Fields that are numeric matrices.
    static let matrixNames: Set<String> = ["bus", "gen", "branch", "gencost", "dcline"]
    /// Fields that are cell arrays of texts.
    static let cellNames: Set<String> = ["bus_name", "gen_name", "branch_name", "genfuel", "gentype"]

    /// Name of the case, from its function line; empty without one.
    var name = ""
    /// Format version, as written.
    var version: String?
    var baseMVA: (value: Double, line: Int)?
    var matrices: [String: MatpowerMatrix] = [:]
    var cells: [String: MatpowerCells] = [:]
    /// Line on which each field is assigned.
    var lines: [String: Int] = [:]
}
