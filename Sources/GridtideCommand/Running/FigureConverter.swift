internal import Foundation
internal import RunReport

/// Writes figures as SVG and PNG by the Python package vl-convert, which carries Vega and a script engine; it fetches nothing.
///
/// The package is looked for in the folder that `GRIDTIDE_VL_CONVERT` names, else in `.gridtide/vega/python` beside the program
/// or any folder above it. A folder that is named is binding.
struct FigureConverter {
    /// The folder with the package `vl_convert`.
    private let folder: String

    /// Finds the package. Throws `CommandError` with every place tried.
    static func find(program: String, named: String?) throws -> FigureConverter {
        let named = named.flatMap { $0.isEmpty ? nil : [$0] }
        let candidates = named ?? VegaBundle.folders(above: program).map { "\($0)/python" }
        guard let folder = candidates.first(where: { FileManager.default.fileExists(atPath: "\($0)/vl_convert") })
        else {
            throw CommandError(
                .failed,
                "The Python package vl-convert, which writes figures as SVG and PNG, is not there; tried \(candidates.joined(separator: ", ")). Run ./gridtide setup, which fetches it once, or name its folder in GRIDTIDE_VL_CONVERT."
            )
        }
        return FigureConverter(folder: folder)
    }

    /// Draws figures into a folder, each as `ID.svg` and `ID.png`, and answers the files. Tables alone are left out. Throws
    /// `CommandError`.
    func draw(_ figures: [Figure], into target: String) throws -> [String] {
        let drawn = figures.compactMap { figure in PaperFigure(of: figure).map { (figure.id, $0.specification) } }
        let list = drawn.map { "{\"name\":\"\($0)\",\"spec\":\($1)}" }.joined(separator: ",")
        try call(Data("[\(list)]".utf8), target)
        return drawn.flatMap { id, _ in ["\(target)/\(id).svg", "\(target)/\(id).png"] }
    }

    private func call(_ input: Data, _ target: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script, target]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"]
        ) { $1 }
        // Specifications are read from a file: a pipe would need a thread that fills it while the other is emptied.
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let errors = Pipe()
        let notes: Data
        do {
            try input.write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
            process.standardError = errors
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            notes = try errors.fileHandleForReading.readToEnd() ?? Data()
        } catch {
            throw CommandError(
                .failed,
                "Figures cannot be drawn: \(error.localizedDescription). Check that there is room for temporary files, and python3 on PATH."
            )
        }
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return }
        let said = String(decoding: notes, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
        throw CommandError(
            .failed,
            "Figures cannot be drawn into \(target): python3 ended with status \(process.terminationStatus), \(said). Check the folder, and that python3 is 3.10 or later; ./gridtide setup fetches vl-convert anew after \(folder) is removed."
        )
    }

    /// PNG is drawn at three pixels for one, 300 dots per inch at a width of seven inches and a half.
    private static let script = """
        import json, os, sys
        import vl_convert

        def write(name, data):
            path = os.path.join(sys.argv[1], name)
            with open(path + ".part", "wb") as file:
                file.write(data)
            os.replace(path + ".part", path)

        for figure in json.load(sys.stdin):
            name, spec = figure["name"], figure["spec"]
            write(name + ".svg", vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode())
            write(name + ".png", vl_convert.vegalite_to_png(spec, scale=3, allowed_base_urls=[]))
        """
}
