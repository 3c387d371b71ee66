/// The part of the dashboard's script that draws a run: map, charts, tables. Elements are made once and changed, so that a
/// page left open grows no larger.
enum DashboardDrawing {
    static let text = #"""
        class Chart {
          constructor(parent, title, unit, name, fromZero, onPick) {
            this.unit = unit;
            this.fromZero = fromZero;
            const figure = make("figure", "chart " + name, parent);
            const caption = make("figcaption", "", figure);
            make("h3", "", caption).textContent = title;
            this.output = make("output", "", caption);
            const field = make("div", "field", figure);
            this.svg = make("svg", "", field);
            set(this.svg, "viewBox", "0 0 1000 100");
            set(this.svg, "preserveAspectRatio", "none");
            set(this.svg, "role", "img");
            this.title = title;
            this.events = make("g", "", this.svg);
            this.zero = make("line", "zero", this.svg);
            this.area = make("path", "area", this.svg);
            this.band = make("path", "band", this.svg);
            this.line = make("path", "line", this.svg);
            this.cursor = make("line", "cursor", this.svg);
            this.high = make("span", "ends high", field);
            this.low = make("span", "ends low", field);
            const tickAt = (event) => {
              const box = this.svg.getBoundingClientRect();
              return Math.max(0, Math.min(this.tickCount - 1, Math.round((event.clientX - box.left) / box.width * (this.tickCount - 1))));
            };
            this.hover = null;
            this.svg.addEventListener("pointermove", (event) => { if (this.tickCount) { this.hover = tickAt(event); this.readOut(); } });
            this.svg.addEventListener("pointerleave", () => { this.hover = null; this.readOut(); });
            this.svg.addEventListener("click", (event) => { if (this.tickCount) onPick(tickAt(event)); });
          }
          draw(series, view, past) {
            this.series = series;
            this.tickCount = view.readTicks;
            this.ticksPerSpan = view.ticksPerSpan;
            this.past = past;
            const [low, high] = limits(series, this.fromZero);
            const y = (value) => (100 - 96 * (value - low) / (high - low) - 2).toFixed(1);
            set(this.line, "d", linePath(series.mean, y));
            set(this.band, "d", series.low ? bandPath(series.low, series.high, y) : "");
            if (this.fromZero) set(this.area, "d", bandPath(series.mean.map((value) => (value === null ? null : 0)), series.mean, y));
            for (const [name, value] of [["x1", 0], ["x2", 1000], ["y1", y(0)], ["y2", y(0)]]) set(this.zero, name, value);
            set(this.zero, "visibility", low < 0 && high > 0 ? "visible" : "hidden");
            text(this.high, show(high));
            text(this.low, show(low));
            this.readOut();
          }
          drawEvents(events) {
            while (this.events.childNodes.length < events.length) make("title", "", make("rect", "event", this.events));
            events.forEach((event, index) => {
              const rect = this.events.childNodes[index], last = Math.max(1, this.tickCount - 1);
              set(rect, "x", 1000 * Math.min(1, event.from / last));
              set(rect, "width", 1000 * Math.max(0, Math.min(1, (event.to - 1) / last) - Math.min(1, event.from / last)) + (event.from < this.tickCount ? 2 : 0));
              set(rect, "y", 0);
              set(rect, "height", 100);
              text(rect.firstChild, event.name + ": " + event.region);
            });
          }
          readOut() {
            if (!this.series) return;
            const tick = this.hover ?? this.past ?? this.tickCount - 1;
            const span = Math.min(this.series.mean.length - 1, Math.floor(tick / this.ticksPerSpan));
            const value = show(this.series.mean[span]) + " " + this.unit;
            const range = this.series.low && this.series.low[span] !== this.series.high[span] ? " (" + show(this.series.low[span]) + " to " + show(this.series.high[span]) + ")" : "";
            text(this.output, value + range);
            set(this.svg, "aria-label", this.title + ": " + value + range + " in tick " + (tick + 1));
            const x = this.tickCount > 1 ? 1000 * tick / (this.tickCount - 1) : 0;
            for (const [name, place] of [["x1", x], ["x2", x], ["y1", 0], ["y2", 100]]) set(this.cursor, name, place);
            set(this.cursor, "visibility", this.hover !== null || this.past !== null ? "visible" : "hidden");
          }
        }
        function limits(series, fromZero) {
          let low = fromZero ? 0 : Infinity, high = fromZero ? 0 : -Infinity;
          for (const value of [...(series.low || series.mean), ...(series.high || series.mean)]) if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
          if (!(low <= high)) return [0, 1];
          return low === high ? [low - (fromZero && low === 0 ? 0 : 1), high + 1] : [low, high];
        }
        const place = (index, count) => (count > 1 ? 1000 * index / (count - 1) : 0).toFixed(1);
        function linePath(values, y) {
          let path = "", isOn = false;
          values.forEach((value, index) => {
            if (value !== null) path += (isOn ? "L" : "M") + place(index, values.length) + " " + y(value);
            isOn = value !== null;
          });
          return values.length === 1 && path ? path + "h1000" : path;
        }
        function bandPath(low, high, y) {
          const known = high.map((_, index) => index).filter((index) => high[index] !== null);
          if (known.length < 2) return "";
          const point = (values) => (index) => place(index, high.length) + " " + y(values[index] ?? 0);
          return "M" + known.map(point(high)).join("L") + "L" + known.reverse().map(point(low)).join("L") + "Z";
        }

        class Drawing {
          constructor(section, about, onPick) {
            this.about = about;
            this.find = (selector) => section.querySelector(selector);
            this.section = section;
            this.largestLoad = 1e-9;
            this.largestPower = 1e-9;
            this.order = "";
            const charts = this.find(".charts");
            this.charts = {
              load: new Chart(charts, "Draw of compute", "MW", "load", true, onPick),
              price: new Chart(charts, "Price, all areas", "$/MWh", "price", false, onPick),
              emissions: new Chart(charts, "Emissions of the grids", "t/h", "emissions", true, onPick),
              relocated: new Chart(charts, "Work away from home", "MW", "relocated", true, onPick),
            };
            this.makeMap();
            this.makeTables();
          }
          makeMap() {
            const map = this.about.map, svg = this.find(".map");
            if (map === null) return this.find(".mapbox").replaceChildren("No region has a place, so there is no map.");
            set(svg, "viewBox", "0 0 " + map.width + " " + map.height);
            set(svg.querySelector(".land"), "d", map.land);
            this.sites = new Map();
            for (const site of map.sites) {
              const agent = this.about.agents[site.agent];
              const isRegion = agent.role === "compute-region";
              const mark = make(isRegion ? "circle" : "path", isRegion ? "region" : "node", svg.querySelector(isRegion ? ".regions" : ".nodes"));
              if (isRegion) { set(mark, "cx", site.x); set(mark, "cy", site.y); set(mark, "r", 3); } else set(mark, "d", "M" + site.x + " " + (site.y - 4) + "l4 4l-4 4l-4 -4z");
              make("title", "", mark).textContent = agent.name;
              this.sites.set(site.agent, { x: site.x, y: site.y, mark });
              if (!site.label) continue;
              const [dx, dy, anchor] = { above: [0, -14, "middle"], below: [0, 24, "middle"], left: [-14, 4, "end"], right: [14, 4, "start"] }[site.label];
              const name = make("text", "", svg.querySelector(".names"));
              set(name, "x", site.x + dx); set(name, "y", site.y + dy); set(name, "text-anchor", anchor);
              name.textContent = agent.name;
            }
            this.arcs = [];
          }
          makeTables() {
            this.areaRows = [];
            this.agentRows = this.about.agents.map((agent) => {
              const row = make("tr");
              const head = make("th", "", row);
              set(head, "scope", "row");
              head.textContent = agent.name;
              head.title = agent.role;
              const cells = ["state", "n", "n", "n", ""].map((name) => make("td", name, row));
              return { row, cells, bar: make("span", "", make("span", "meter", cells[4])) };
            });
          }
          /// A row for an area, which is known once it has been dispatched.
          makeAreaRow(area) {
            const row = make("tr", "", this.find(".areas tbody"));
            const head = make("th", "", row);
            set(head, "scope", "row");
            head.textContent = area.name && area.name !== area.gridOperator ? area.gridOperator + " " + area.name : area.gridOperator;
            const graph = (className) => {
              const svg = make("svg", "spark", make("td", "graph " + className, row));
              set(svg, "viewBox", "0 0 1000 100"); set(svg, "preserveAspectRatio", "none"); set(svg, "aria-hidden", "true");
              return { band: make("path", "band", svg), line: make("path", "line", svg) };
            };
            const load = make("td", "n", row), loads = graph("load"), price = make("td", "n", row), prices = graph("price");
            this.areaRows.push({ load, loads, price, prices });
          }
          drawSeries(view) {
            for (const area of view.areas.slice(this.areaRows.length)) this.makeAreaRow(area);
            if (view.series === null) return;
            for (const [name, chart] of Object.entries(this.charts)) {
              chart.draw(view.series[name], view, chart.past ?? null);
              if (name === "load") chart.drawEvents(this.about.events);
            }
            const spark = (graph, series) => {
              const [low, high] = limits(series, false);
              const y = (value) => (96 - 92 * (value - low) / (high - low)).toFixed(1);
              set(graph.line, "d", linePath(series.mean, y));
              set(graph.band, "d", series.low ? bandPath(series.low, series.high, y) : "");
            };
            view.areas.forEach((area, index) => { spark(this.areaRows[index].loads, area.load); spark(this.areaRows[index].prices, area.price); });
          }
          drawFrame(frame, view, past) {
            for (const chart of Object.values(this.charts)) { chart.past = past; chart.readOut(); }
            view.areas.forEach((area, index) => {
              const span = Math.min(area.load.mean.length - 1, Math.floor(frame.tick / view.ticksPerSpan));
              text(this.areaRows[index].load, show(area.load.mean[span]));
              text(this.areaRows[index].price, show(area.price.mean[span]));
            });
            if (this.about.map === null) return;
            const prices = frame.regions.map((region) => region.price).filter((price) => price !== null);
            const [cheap, dear] = [Math.min(...prices), Math.max(...prices)];
            for (const region of frame.regions) {
              this.largestLoad = Math.max(this.largestLoad, region.load);
              const site = this.sites.get(region.agent);
              if (!site) continue;
              const share = region.price === null ? null : dear > cheap ? (region.price - cheap) / (dear - cheap) : 0.5;
              set(site.mark, "r", (3 + 15 * Math.sqrt(Math.max(0, region.load) / this.largestLoad)).toFixed(1));
              site.mark.style.fill = share === null ? "var(--baseline)" : "color-mix(in oklab, var(--dear) " + Math.round(100 * share) + "%, var(--cheap))";
              text(site.mark.firstChild, this.about.agents[region.agent].name + ": draws " + show(region.load) + " MW at " + show(region.price) + " $/MWh, " + show(region.marginal) + " kg/MWh at the margin");
            }
            this.drawArcs(frame.flows.filter((flow) => this.sites.has(flow.home) && this.sites.has(flow.executing)).slice(0, 80));
          }
          drawArcs(flows) {
            const group = this.find(".arcs");
            while (this.arcs.length < flows.length) {
              const shape = make("path", "arc", group);
              make("title", "", shape);
              this.arcs.push({ shape, drift: make("path", "drift", group) });
            }
            for (const flow of flows) this.largestPower = Math.max(this.largestPower, flow.power);
            this.arcs.forEach((arc, index) => {
              const flow = flows[index];
              arc.shape.style.display = arc.drift.style.display = flow ? "" : "none";
              if (!flow) return;
              const { outline, middle } = taper(this.sites.get(flow.home), this.sites.get(flow.executing), 1.2 + 9 * Math.sqrt(flow.power / this.largestPower));
              set(arc.shape, "d", outline);
              set(arc.drift, "d", middle);
              const strength = flow.rate === null ? 0 : Math.min(100, 35 + 65 * Math.abs(flow.rate) / 800);
              arc.shape.style.fill = flow.rate === null ? "var(--baseline)" : "color-mix(in oklab, var(" + (flow.rate < 0 ? "--fall" : "--rise") + ") " + Math.round(strength) + "%, var(--baseline))";
              text(arc.shape.firstChild, this.about.agents[flow.home].name + " to " + this.about.agents[flow.executing].name + ": " + show(flow.power) + " MW of IT power" + (flow.rate === null ? "" : ", " + show(flow.rate) + " kg/MWh at the margin"));
            });
          }
          drawAgents(view) {
            const ranks = view.agents.map((agent, index) => ({ agent, index })).sort((one, other) => other.agent.slowest - one.agent.slowest || (other.agent.mean ?? 0) - (one.agent.mean ?? 0) || one.index - other.index);
            const order = ranks.map((rank) => rank.index).join();
            const body = this.find(".agents tbody");
            if (order !== this.order && !body.matches(":hover")) {
              this.order = order;
              body.append(...ranks.map((rank) => this.agentRows[rank.index].row));
            }
            view.agents.forEach((agent, index) => {
              const { cells, bar } = this.agentRows[index];
              text(cells[0], agent.state + (agent.restarts ? ", started " + (agent.restarts + 1) + " times" : ""));
              set(cells[0], "class", "state" + (["waited for", "restarting", "outage"].includes(agent.state) ? " busy" : ["absent", "gone", "stopped"].includes(agent.state) ? " bad" : ""));
              text(cells[1], show(agent.last)); text(cells[2], show(agent.mean)); text(cells[3], show(agent.longest));
              bar.style.width = 100 * agent.slowest + "%";
              set(cells[4], "title", show(100 * agent.slowest) + " % of ticks");
            });
          }
          drawHappenings(happenings) {
            const list = this.find(".happenings"), words = happenings.length + " " + happenings[happenings.length - 1];
            if (this.happened === words) return;
            this.happened = words;
            list.replaceChildren(...(happenings.length ? [...happenings].reverse() : ["Nothing beside the ticks."]).map((line) => {
              const item = make("li", happenings.length ? "" : "quiet");
              item.textContent = line;
              return item;
            }));
          }
        }
        /// The way from one place to another: an outline that widens to where it leads, and its middle.
        function taper(from, to, width) {
          const [across, up] = [to.x - from.x, to.y - from.y];
          const length = Math.hypot(across, up) || 1, bend = Math.min(0.18, 60 / length), count = 14;
          const left = [], right = [], middle = [];
          for (let step = 0; step <= count; step++) {
            const share = step / count, lift = bend * Math.sin(Math.PI * share), slope = bend * Math.PI * Math.cos(Math.PI * share);
            const [x, y] = [from.x + across * share + lift * up, from.y + up * share - lift * across];
            const [dx, dy] = [across + slope * up, up - slope * across], norm = Math.hypot(dx, dy) || 1;
            const half = width * (0.12 + 0.88 * share) / 2;
            left.push((x - dy / norm * half).toFixed(1) + " " + (y + dx / norm * half).toFixed(1));
            right.push((x + dy / norm * half).toFixed(1) + " " + (y - dx / norm * half).toFixed(1));
            middle.push(x.toFixed(1) + " " + y.toFixed(1));
          }
          return { outline: "M" + left.join("L") + "L" + right.reverse().join("L") + "Z", middle: "M" + middle.join("L") };
        }
        """#
}
