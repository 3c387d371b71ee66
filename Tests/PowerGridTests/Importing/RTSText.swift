import PowerGrid

/// A system in the layout of RTS-GMLC, small enough to change by hand: two areas, three units, three hours.
struct RTSText {
    var files: [String: [String]] = [
        "bus.csv": [
            "Bus ID,Bus Name,BaseKV,Bus Type,MW Load,MW Shunt G,Area,lat,lng",
            "101,Abel,138.0,Ref,30,0,1,33.4,-113.8",
            "102,Adams,138.0,PQ,10,0,1,33.3,-113.9",
            "201,\"Arne, the\",230.0,PV,50,1.5,2,33.1,-115",
        ],
        "branch.csv": [
            "UID,From Bus,To Bus,R,X,Cont Rating,Tr Ratio",
            "A1,101,102,0.003,0.014,175,0",
            "A2,102,201,0.002,0.084,400,1.015",
        ],
        "gen.csv": [
            "GEN UID,Bus ID,Unit Type,Category,Fuel,PMax MW,PMin MW,Min Down Time Hr,Min Up Time Hr,Ramp Rate MW/Min,"
                + "Start Time Cold Hr,Start Time Warm Hr,Start Time Hot Hr,Start Heat Cold MBTU,Start Heat Warm MBTU,"
                + "Start Heat Hot MBTU,Non Fuel Start Cost $,Fuel Price $/MMBTU,Output_pct_0,Output_pct_1,Output_pct_2,"
                + "HR_avg_0,HR_incr_1,HR_incr_2,VOM,Emissions CO2 Lbs/MMBTU,Pump Load MW,Storage Roundtrip Efficiency",
            "101_CT_1,101,CT,Oil CT,Oil,20,8,1,2,3,4,2,1,5,4,3,100,10,0.4,0.6,1,13000,9000,10000,0.5,160,0,0",
            "102_HYDRO_1,102,HYDRO,Hydro,Hydro,50,0,0,0,50,0,0,0,0,0,0,0,0,1,0,0,3412,0,0,0,0,0,0",
            "201_WIND_1,201,WIND,Wind,Wind,80,0,0,0,80,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0",
            "201_STORAGE_1,201,STORAGE,Storage,Storage,50,0,0,0,50,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,50,85",
        ],
        "dc_branch.csv": ["UID,From Bus,To Bus,MW Load", "DC1,101,201,100"],
        "storage.csv": [
            "GEN UID,Storage,Max Volume GWh,position", "201_STORAGE_1,HEAD,0.15,head", "201_STORAGE_1,TAIL,0.15,tail",
        ],
        "load.csv": ["Year,Month,Day,Period,1,2", "2020,2,28,24,20,40", "2020,2,29,1,24,44", "2020,2,29,2,28,48"],
        "wind.csv": ["Year,Month,Day,Period,201_WIND_1", "2020,2,28,24,70", "2020,2,29,1,0", "2020,2,29,2,79.5"],
        "hydro.csv": ["Year,Month,Day,Period,102_HYDRO_1", "2020,2,28,24,9", "2020,2,29,1,8", "2020,2,29,2,7"],
    ]

    /// The files with one line exchanged, counted from 1.
    func replacing(_ file: String, _ line: Int, _ text: String) -> RTSText {
        var copy = self
        copy.files[file]?[line - 1] = text
        return copy
    }

    var source: RTSSource {
        func file(_ name: String) -> SourceFile {
            SourceFile(name: name, text: (files[name] ?? []).joined(separator: "\r\n") + "\r\n")
        }
        return RTSSource(
            buses: file("bus.csv"), branches: file("branch.csv"), generators: file("gen.csv"),
            dcBranches: file("dc_branch.csv"), storage: file("storage.csv"), load: file("load.csv"),
            available: [file("wind.csv")], fixed: [file("hydro.csv")])
    }
}
