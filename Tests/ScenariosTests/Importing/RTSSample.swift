import CoSimulation
import PowerGrid
import Scenarios

/// A system in the layout of RTS-GMLC: two areas, five units, four hours.
struct RTSSample {
    var options = RTSImportOptions()
    let notice = "DATA USE\n\nKeep this notice."

    init() {
        options.start = "2020-02-28T23:00"
        options.ticks = 3
        options.buses = ["101", "201"]
        options.meanITMW = 2
    }

    var source: RTSSource {
        func file(_ name: String, _ lines: [String]) -> PowerGrid.SourceFile {
            PowerGrid.SourceFile(name: name, text: lines.joined(separator: "\n") + "\n")
        }
        func hours(_ name: String, _ columns: String, _ rows: [String]) -> PowerGrid.SourceFile {
            let stamps = ["2020,2,28,23", "2020,2,28,24", "2020,2,29,1", "2020,2,29,2"]
            return file(name, ["Year,Month,Day,Period,\(columns)"] + zip(stamps, rows).map { "\($0),\($1)" })
        }
        let rest = "0,0,0,0,0,0,0,0"
        return RTSSource(
            buses: file(
                "bus.csv",
                [
                    "Bus ID,Bus Name,BaseKV,Bus Type,MW Load,MW Shunt G,Area,lat,lng",
                    "101,Abel,138,Ref,30,0,1,33.4,-113.8", "102,Adams,138,PQ,10,0,1,33.3,-113.9",
                    "201,Arne,230,PV,50,0,2,33.1,-115",
                ]),
            branches: file(
                "branch.csv",
                [
                    "UID,From Bus,To Bus,R,X,Cont Rating,Tr Ratio", "A1,101,102,0.003,0.014,175,0",
                    "A2,102,201,0.002,0.084,400,1.015",
                ]),
            generators: file(
                "gen.csv",
                [
                    "GEN UID,Bus ID,Unit Type,Category,Fuel,PMax MW,PMin MW,Min Down Time Hr,Min Up Time Hr,"
                        + "Ramp Rate MW/Min,Start Time Cold Hr,Start Time Warm Hr,Start Time Hot Hr,Start Heat Cold MBTU,"
                        + "Start Heat Warm MBTU,Start Heat Hot MBTU,Non Fuel Start Cost $,Fuel Price $/MMBTU,"
                        + "Output_pct_0,Output_pct_1,Output_pct_2,HR_avg_0,HR_incr_1,HR_incr_2,VOM,"
                        + "Emissions CO2 Lbs/MMBTU,Pump Load MW,Storage Roundtrip Efficiency",
                    "101_CT_1,101,CT,Oil CT,Oil,40,16,1,2,3,\(rest.dropLast(2)),10,0.4,0.6,1,13000,9000,10000,0,160,0,0",
                    "201_CT_1,201,CT,Gas CT,Gas,90,20,1,2,3,\(rest.dropLast(2)),4,0.4,0.6,1,13000,9000,10000,0,118,0,0",
                    "102_HYDRO_1,102,HYDRO,Hydro,Hydro,50,0,0,0,50,\(rest),1,0,0,3412,0,0,0,0,0,0",
                    "201_WIND_1,201,WIND,Wind,Wind,80,0,0,0,80,\(rest),0,0,0,0,0,0,0,0,0,0",
                    "201_STORAGE_1,201,STORAGE,Storage,Storage,50,0,0,0,50,\(rest),0,0,0,0,0,0,0,0,50,85",
                ]),
            dcBranches: file("dc_branch.csv", ["UID,From Bus,To Bus,MW Load", "DC1,101,201,100"]),
            storage: file("storage.csv", ["GEN UID,Storage,Max Volume GWh,position", "201_STORAGE_1,HEAD,0.15,head"]),
            load: hours("DAY_AHEAD_regional_Load.csv", "1,2", ["16,36", "20,40", "24,44.5", "28,48"]),
            available: [hours("DAY_AHEAD_wind.csv", "201_WIND_1", ["60", "70", "0", "9.5"])],
            fixed: [hours("DAY_AHEAD_hydro.csv", "102_HYDRO_1", ["10", "9", "8", "7"])])
    }

    func build() throws -> ImportedScenario { try RTSImport.build(source, notice: notice, options) }

    func load() throws -> Experiment { try ImportSample.load(try build()) }
}
