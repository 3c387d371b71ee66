/// Names of the columns of a case file's matrices, in their order.
enum MatpowerColumns {
    static let bus = [
        "bus_i", "type", "Pd", "Qd", "Gs", "Bs", "area", "Vm", "Va", "baseKV", "zone", "Vmax", "Vmin",
    ]
    static let generator = [
        "bus", "Pg", "Qg", "Qmax", "Qmin", "Vg", "mBase", "status", "Pmax", "Pmin", "Pc1", "Pc2", "Qc1min", "Qc1max",
        "Qc2min", "Qc2max", "ramp_agc", "ramp_10", "ramp_30", "ramp_q", "apf",
    ]
    static let branch = [
        "fbus", "tbus", "r", "x", "b", "rateA", "rateB", "rateC", "ratio", "angle", "status", "angmin", "angmax",
    ]
    static let dcLine = [
        "fbus", "tbus", "status", "Pf", "Pt", "Qf", "Qt", "Vf", "Vt", "Pmin", "Pmax", "QminF", "QmaxF", "QminT",
        "QmaxT", "loss0", "loss1",
    ]
    static let cost = ["model", "startup", "shutdown", "n"]
}
