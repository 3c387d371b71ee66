internal import RunAnalysis

/// A report laid out as one HTML file that needs nothing else: no server, no network.
public struct Page: Sendable {
    private let report: Report
    private let bundle: VegaBundle

    /// A page of a report, with the library that draws its figures.
    public init(of report: Report, with bundle: VegaBundle) {
        self.report = report
        self.bundle = bundle
    }

    /// The file.
    public var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <title>\(escaped(report.title)): Gridtide report</title>
        <style>\(PageStyle.text)</style>
        </head>
        <body>
        <a class="skip" href="#findings">Skip to the findings</a>
        <header>
        <p class="brand">Gridtide report</p>
        <h1>\(escaped(report.title))</h1>
        <p class="subtitle">\(escaped(report.subtitle))</p>
        \(report.warnings.map { "<p class=\"warning\" role=\"alert\">\(escaped($0))</p>" }.joined(separator: "\n"))
        <p id="trouble" class="warning" role="alert" hidden></p>
        \(navigation)
        </header>
        <main>
        \(findings)
        \(report.sections.map(section).joined(separator: "\n"))
        \(facts)
        </main>
        <footer><p>\(words.source); formulas and units stand in
        docs/model.md. Figures are drawn by Vega (BSD-3-Clause). Land: Natural Earth, public domain.</p></footer>
        <script>\(bundle.scriptText)</script>
        <script>\(PageScript.text)</script>
        </body>
        </html>

        """
    }

    /// Nothing may be fetched from anywhere; Vega compiles expressions of its specifications.
    private static let policy =
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"

    /// What differs between a page of a run and one of a sweep.
    private var words: (name: String, findings: String, facts: String, source: String) {
        switch report.subject {
        case .run:
            (
                "Run", "What the run came to", "The run",
                "Every number is that of <code>gridtide compare</code> or a row of the run's database"
            )
        case .sweep:
            (
                "Sweep", "What the sweep came to", "The sweep",
                "Every number is a row of the sweep's database, or a quantile of some"
            )
        }
    }

    private var navigation: String {
        let links = report.sections.map { "<li><a href=\"#about-\(escaped($0.id))\">\(escaped($0.title))</a></li>" }
        return
            "<nav aria-label=\"Sections\"><ul><li><a href=\"#findings\">Findings</a></li>\(links.joined())<li><a href=\"#facts\">\(words.name)</a></li></ul></nav>"
    }

    private var findings: String {
        let cards = report.findings.map { finding in
            let tone = finding.isBetter.map { $0 ? "better" : "worse" } ?? "neutral"
            let change = finding.change.isEmpty ? "" : "<p class=\"change \(tone)\">\(escaped(finding.change))</p>"
            return """
                <div class="finding"><h3>\(escaped(finding.title))</h3><p class="number">\(escaped(finding.number))</p>\(change)\
                <p class="sentence">\(escaped(finding.sentence))</p></div>
                """
        }
        return """
            <section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">\(words.findings)</h2>
            <div class="findings">\(cards.joined(separator: "\n"))</div></section>
            """
    }

    private func section(_ section: Section) -> String {
        let note = section.note.isEmpty ? "" : "<p class=\"note\">\(escaped(section.note))</p>"
        return """
            <section id="about-\(escaped(section.id))" aria-labelledby="about-\(escaped(section.id))-title">
            <h2 id="about-\(escaped(section.id))-title">\(escaped(section.title))</h2>\(note)
            \(section.figures.map { FigureMarkup(figure: $0).html }.joined(separator: "\n"))
            </section>
            """
    }

    private var facts: String {
        let rows = report.facts.map { "<dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd>" }
        return """
            <section id="facts" aria-labelledby="facts-title"><h2 id="facts-title">\(words.facts)</h2><dl>\(rows.joined(separator: "\n"))</dl></section>
            """
    }
}

/// A text for HTML, in content and in quoted attributes.
func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.unicodeScalars.append(character)
        }
    }
    return result
}
