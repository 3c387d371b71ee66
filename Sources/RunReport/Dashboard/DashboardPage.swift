/// The dashboard's page: one HTML file without anything from elsewhere, which asks its server for the rest.
enum DashboardPage {
    /// What the browser may do: run the page's own script and ask the page's own server.
    static let policy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The page for runs by the names of their folders.
    static func html(runs: [String]) -> String {
        let names = JSON.list(runs.map(JSON.text)).text
        return """
            <!doctype html>
            <html lang="en" data-runs="\(escaped(names))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Gridtide</title>
            <link rel="icon" href="\(icon)">
            <style>\(PageStyle.text)\(DashboardStyle.text)</style>
            </head>
            <body>
            <header class="top">
            <p class="brand">Gridtide</p>
            <p class="keys"><kbd>space</kbd> pause or go on <kbd>.</kbd> step <kbd>←</kbd> <kbd>→</kbd> look back <kbd>esc</kbd> now</p>
            <p id="link" class="link" role="status">connecting</p>
            </header>
            <main id="runs"></main>
            <noscript><p class="warning">This page follows a run by script. Without scripts, <code>gridtide top</code> shows it in a terminal.</p></noscript>
            \(runTemplate)
            <script>\(DashboardScript.text)</script>
            </body>
            </html>

            """
    }

    /// A wave. A browser that is given none asks for one.
    private static let icon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M1 9q3.5-8 7 0t7 0' fill='none' stroke='%231764ab' stroke-width='2.5' stroke-linecap='round'/%3E%3C/svg%3E"

    private static let runTemplate = """
        <template id="run">
        <section class="run">
        <div class="bar">
        <div class="title"><h1 class="name"></h1><p class="what"></p></div>
        <p class="pill" role="status"></p>
        <div class="buttons"><button type="button" data-do="now" hidden>Back to now</button><button type="button" data-do="pause">Pause</button><button type="button" data-do="step">Step</button></div>
        </div>
        <p class="warning" role="alert" hidden></p>
        <div class="clock"><p class="utc"></p><p class="tick"></p><p class="done"></p><p class="rate"></p><p class="asked"></p></div>
        <div class="scrub"><div class="progress"><span></span></div>
        <input type="range" class="slider" min="0" max="0" value="0" aria-label="Tick shown"></div>
        <div class="stage">
        <figure class="mapbox"><figcaption><h2>Work that runs away from home</h2><p class="reading count"></p></figcaption>
        <svg class="map" role="img" aria-label="Map of regions and of work that runs away from home"><path class="land"/><g class="nodes"/><g class="arcs"/><g class="regions"/><g class="names"/></svg>
        <p class="legend"><span><i class="dot"></i>region, as large as its draw</span><span class="ramp">$/MWh <b class="cheap"></b><i></i><b class="dear"></b></span>
        <span><i class="diamond"></i>service node</span><span>a move widens towards where the work runs, and at the margin</span><span><i class="stroke fall"></i>lowers emissions</span>
        <span><i class="stroke rise"></i>raises them</span><span><i class="stroke none"></i>is not known</span></p>
        <details class="moves"><summary>Moves as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Moves"><table><thead><tr>
        <th scope="col">home</th><th scope="col">runs in</th><th scope="col" class="n">IT power, MW</th><th scope="col" class="n">at the margin, kg/MWh</th></tr></thead><tbody></tbody></table></div><p class="note"></p></details></figure>
        <div class="charts"></div>
        </div>
        <div class="tables">
        <figure><figcaption><h2>Areas</h2></figcaption><div class="scroll" tabindex="0" role="region" aria-label="Areas"><table class="areas"><thead><tr>
        <th scope="col">area</th><th scope="col" class="n">draw, MW</th><th scope="col" class="graph"><span class="hidden">draw over time</span></th><th scope="col" class="n">price, $/MWh</th><th scope="col" class="graph"><span class="hidden">price over time</span></th></tr></thead><tbody></tbody></table></div></figure>
        <figure><figcaption><h2>Agents: who is waited for, ms<span class="asnow"> (now)</span></h2></figcaption><div class="scroll" tabindex="0" role="region" aria-label="Agents"><table class="agents"><thead><tr>
        <th scope="col">agent</th><th scope="col">state</th><th scope="col" class="n last">last</th><th scope="col" class="n">mean</th><th scope="col" class="n">longest</th><th scope="col" title="Share of ticks in which nobody was waited for longer">slowest</th></tr></thead><tbody></tbody></table></div></figure>
        <figure><figcaption><h2>What happened</h2></figcaption><div class="scroll" tabindex="0" role="log" aria-label="What happened"><ol class="happenings"></ol></div></figure>
        </div>
        </section>
        </template>
        """
}
