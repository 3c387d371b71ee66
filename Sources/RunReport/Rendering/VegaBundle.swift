internal import Foundation

/// The library that draws figures: Vega, Vega-Lite and vega-embed as one script, which a report carries within.
///
/// Looked for at the path in `GRIDTIDE_VEGA_BUNDLE`, else in `.gridtide/vega` beside the program or any folder above it. A path
/// that is named is binding: nothing else is tried.
public struct VegaBundle: Sendable {
    /// The script, such that it may stand within a `script` element.
    let scriptText: String

    /// A bundle from its script; what would end the element, or hide its end, is written otherwise.
    public init(script: String) {
        scriptText = script.replacing("</script", with: "<\\/script").replacing("<!--", with: "<\\!--")
    }

    /// Finds and reads the bundle.
    ///
    /// - Parameters:
    ///   - program: Path of the program.
    ///   - named: A path that is binding, usually that of the environment.
    /// - Throws: `RunReportError` of code `noBundle`, with every place tried.
    public static func find(program: String, named: String?) throws(RunReportError) -> VegaBundle {
        let candidates =
            named.flatMap { $0.isEmpty ? nil : [$0] } ?? folders(above: program).map { "\($0)/vega-bundle.js" }
        for path in candidates {
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            let script = String(decoding: data, as: UTF8.self)
            guard script.contains("vegaEmbed") else {
                throw RunReportError(
                    .noBundle, "\(path) is not the Vega bundle: it does not define vegaEmbed",
                    remedy: "Remove the file and run ./gridtide setup")
            }
            return VegaBundle(script: script)
        }
        throw RunReportError(
            .noBundle, "The Vega bundle that draws figures is not there; tried \(candidates.joined(separator: ", "))",
            remedy: "Run ./gridtide setup, which fetches it once, or name the file in GRIDTIDE_VEGA_BUNDLE")
    }

    /// Where what draws figures would be: `.gridtide/vega` in the folder of the program and those above it, nearest first.
    public static func folders(above program: String) -> [String] {
        var folders: [String] = []
        var parts = program.split(separator: "/").dropLast()
        while !parts.isEmpty {
            folders.append("/\(parts.joined(separator: "/"))/.gridtide/vega")
            parts = parts.dropLast()
        }
        return folders
    }
}
