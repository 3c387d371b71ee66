/// The dashboard's page: one HTML file without anything from elsewhere, which asks its server for the rest.
enum DashboardPage {
    /// What the browser may do: run the page's own script and ask the page's own server.
    static let policy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The page for so many runs.
    static func html(runCount: Int) -> String {
        """
        <!doctype html>
        <html lang="en" data-runs="\(runCount)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Gridtide</title>
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

    private static let runTemplate = """
        <template id="run">
        <section class="run">
        <div class="bar">
        <div class="title"><h1 class="name"></h1><p class="what"></p></div>
        <p class="pill" role="status"></p>
        <div class="buttons"><button type="button" data-do="pause">Pause</button><button type="button" data-do="step">Step</button></div>
        </div>
        <p class="warning" role="alert" hidden></p>
        <div class="clock"><p class="utc"></p><p class="tick"></p><p class="rate"></p>
        <button type="button" data-do="now" hidden>Back to now</button></div>
        <div class="scrub"><div class="progress"><span></span></div>
        <input type="range" class="slider" min="0" max="0" value="0" aria-label="Tick that is shown"></div>
        <div class="stage">
        <figure class="mapbox"><figcaption><h3>Work that runs away from home</h3></figcaption>
        <svg class="map" role="img" aria-label="Map of regions and of work that runs away from home"><path class="land"/><g class="nodes"/><g class="arcs"/><g class="regions"/><g class="names"/></svg>
        <p class="legend"><span><i class="dot"></i>region: as large as its draw, darker where power is dear</span><span><i class="diamond"></i>service node</span>
        <span><i class="stroke fall"></i>move that lowers emissions at the margin</span><span><i class="stroke rise"></i>raises them</span>
        <span><i class="stroke none"></i>not known; each widens towards where the work runs</span></p></figure>
        <div class="charts"></div>
        </div>
        <div class="tables">
        <figure><figcaption><h3>Areas</h3></figcaption><div class="scroll" tabindex="0" role="region" aria-label="Areas"><table class="areas"><thead><tr>
        <th scope="col">area</th><th scope="col" class="n">draw, MW</th><th scope="col"><span class="hidden">draw over time</span></th><th scope="col" class="n">price, $/MWh</th><th scope="col"><span class="hidden">price over time</span></th></tr></thead><tbody></tbody></table></div></figure>
        <figure><figcaption><h3>Agents: who is waited for, ms</h3></figcaption><div class="scroll" tabindex="0" role="region" aria-label="Agents"><table class="agents"><thead><tr>
        <th scope="col">agent</th><th scope="col">state</th><th scope="col" class="n">last</th><th scope="col" class="n">mean</th><th scope="col" class="n">longest</th><th scope="col" title="Share of ticks in which nobody was waited for longer">slowest</th></tr></thead><tbody></tbody></table></div></figure>
        <figure><figcaption><h3>What happened</h3></figcaption><div class="scroll" tabindex="0" role="log" aria-label="What happened"><ol class="happenings"></ol></div></figure>
        </div>
        </section>
        </template>
        """
}
