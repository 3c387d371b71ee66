/// The part of the dashboard's script that draws a run: map, charts, tables. Elements are made once and changed, so that a
/// page left open grows no larger.
enum DashboardDrawing {
    static let text = #"""
        /// Moves that are drawn in a tick, the largest first.
        const moveLimit = 80;

        class Drawing {
          constructor(section, about, onPick) {
            this.about = about;
            this.find = (selector) => section.querySelector(selector);
            this.largestLoad = 1e-9;
            this.largestPower = 1e-9;
            this.order = "";
            this.growth = 1;
            this.drawnTicks = -1;
            this.frame = null;
            const charts = this.find(".charts");
            this.charts = {
              load: new Chart(charts, "Draw of compute", "MW", "load", true, onPick),
              price: new Chart(charts, "Mean price", "$/MWh", "price", false, onPick),
              emissions: new Chart(charts, "Grid emissions", "t/h", "emissions", true, onPick),
              relocated: new Chart(charts, "Work away from home", "MW", "relocated", true, onPick),
            };
            section.classList.toggle("nomap", about.map === null);
            if (about.map !== null) this.makeMap();
            this.makeTables();
          }
          makeMap() {
            const map = this.about.map, svg = this.find(".map");
            set(svg, "viewBox", "0 0 " + map.width + " " + map.height);
            set(svg.querySelector(".land"), "d", map.land);
            this.sites = new Map();
            this.arcs = [];
            this.names = [];
            for (const site of map.sites) {
              const agent = this.about.agents[site.agent];
              const isRegion = agent.role === "compute-region";
              const mark = make(isRegion ? "circle" : "path", isRegion ? "region" : "node", svg.querySelector(isRegion ? ".regions" : ".nodes"));
              if (isRegion) { set(mark, "cx", site.x); set(mark, "cy", site.y); set(mark, "r", 3); } else set(mark, "d", "M" + site.x + " " + (site.y - 4) + "l4 4l-4 4l-4 -4z");
              make("title", "", mark).textContent = agent.name;
              this.sites.set(site.agent, { x: site.x, y: site.y, mark });
              if (!isRegion) continue;
              const name = make("text", "", svg.querySelector(".names"));
              name.textContent = agent.name;
              this.names.push({ name, site });
            }
            new ResizeObserver(() => this.fitMap(svg)).observe(svg);
          }
          /// Names and marks keep a size that can be read however small the map; names without room are left out.
          fitMap(svg) {
            const scale = svg.getScreenCTM()?.a;
            if (!scale) return;
            const size = Math.max(12.5, 11 / scale), taken = [];
            this.growth = Math.max(1, 0.6 / scale);
            svg.style.setProperty("--name", size + "px");
            const sides = { above: [0, -14, "middle"], below: [0, 13 + 0.85 * size, "middle"], left: [-14, size / 3, "end"], right: [14, size / 3, "start"] };
            const fits = (box) => box.x >= 0 && box.y >= 0 && box.x + box.width <= this.about.map.width
              && taken.every((other) => box.x + box.width < other.x || other.x + other.width < box.x || box.y + 0.8 * box.height < other.y || other.y + 0.8 * other.height < box.y);
            for (const { name, site } of this.names) {
              const place = [site.label, ...Object.keys(sides)].filter(Boolean).find((side) => {
                const [dx, dy, anchor] = sides[side];
                set(name, "x", site.x + dx); set(name, "y", site.y + dy); set(name, "text-anchor", anchor);
                return fits(name.getBBox());
              });
              if (place) taken.push(name.getBBox());
              name.style.visibility = place ? "visible" : "hidden";
            }
            if (this.frame !== null) this.drawMap(this.frame);
          }
          makeTables() {
            this.areaRows = [];
            this.agentRows = this.about.agents.map((agent) => {
              const row = make("tr");
              head(row, agent.name).title = agent.role + " " + agent.name;
              const cells = ["state", "n last", "n", "n", ""].map((name) => make("td", name, row));
              return { row, cells, bar: make("span", "", make("span", "meter", cells[4])) };
            });
            this.moveRows = [];
            const moves = this.find(".moves");
            moves.open = this.about.map === null;
            moves.addEventListener("toggle", () => { if (this.frame !== null) this.drawMoves(this.frame.flows); });
          }
          /// A row for an area, which is known once it has been dispatched.
          makeAreaRow(area) {
            const row = make("tr", "", this.find(".areas tbody"));
            head(row, area.name && area.name !== area.gridOperator ? area.gridOperator + " " + area.name : area.gridOperator);
            const load = make("td", "n", row), loads = new Spark(make("td", "graph load", row));
            const price = make("td", "n", row), prices = new Spark(make("td", "graph price", row));
            this.areaRows.push({ load, loads, price, prices });
          }
          drawSeries(view) {
            for (const area of view.areas.slice(this.areaRows.length)) this.makeAreaRow(area);
            if (view.series === null || view.readTicks === this.drawnTicks) return;
            this.drawnTicks = view.readTicks;
            for (const [name, chart] of Object.entries(this.charts)) chart.draw(view.series[name], view);
            this.charts.load.drawEvents(this.about.events);
            view.areas.forEach((area, index) => { this.areaRows[index].loads.draw(area.load, view); this.areaRows[index].prices.draw(area.price, view); });
          }
          drawFrame(frame, isPast) {
            this.frame = frame;
            for (const [name, chart] of Object.entries(this.charts)) chart.mark(frame.tick, frame[name], isPast);
            const areas = new Map(frame.areas.map((area) => [area.area, area]));
            this.areaRows.forEach((row, index) => {
              text(row.load, show(areas.get(index)?.load));
              text(row.price, fixed(areas.get(index)?.price));
            });
            if (this.about.map !== null) this.drawMap(frame);
            this.drawMoves(frame.flows);
          }
          drawMap(frame) {
            const prices = frame.regions.map((region) => region.price).filter((price) => price !== null);
            const [cheap, dear] = prices.length ? [Math.min(...prices), Math.max(...prices)] : [null, null];
            text(this.find(".cheap"), fixed(cheap));
            text(this.find(".dear"), fixed(dear));
            for (const region of frame.regions) {
              this.largestLoad = Math.max(this.largestLoad, region.load);
              const site = this.sites.get(region.agent);
              if (!site) continue;
              const share = region.price === null ? null : dear > cheap ? (region.price - cheap) / (dear - cheap) : 0.5;
              set(site.mark, "r", (this.growth * (3 + 15 * Math.sqrt(Math.max(0, region.load) / this.largestLoad))).toFixed(1));
              site.mark.style.fill = share === null ? "var(--baseline)" : "color-mix(in oklab, var(--dear) " + Math.round(100 * share) + "%, var(--cheap))";
              text(site.mark.firstChild, this.about.agents[region.agent].name + ": draws " + show(region.load) + " MW at " + fixed(region.price) + " $/MWh, " + show(region.marginal) + " kg/MWh at the margin");
            }
            const drawn = frame.flows.filter((flow) => this.sites.has(flow.home) && this.sites.has(flow.executing)).slice(0, moveLimit);
            this.drawArcs(drawn);
            // What drifts along a move goes on with the ticks and stands with them.
            this.find(".arcs").style.setProperty("--drift", -4 * frame.tick % 16);
            const words = moves(frame.flows.length) + (drawn.length < frame.flows.length ? ", " + drawn.length + " of them drawn" : "");
            text(this.find(".count"), words);
            const largest = drawn.slice(0, 3).map((flow) => this.way(flow) + " " + show(flow.power) + " MW");
            set(this.find(".map"), "aria-label", "Map of work that runs away from home: " + words + (largest.length ? "; the largest: " + largest.join(", ") : ""));
          }
          way(flow) { return this.about.agents[flow.home].name + " to " + this.about.agents[flow.executing].name; }
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
              const { outline, middle } = taper(this.sites.get(flow.home), this.sites.get(flow.executing), this.growth * (1.2 + 9 * Math.sqrt(flow.power / this.largestPower)));
              set(arc.shape, "d", outline);
              set(arc.drift, "d", middle);
              const strength = flow.rate === null ? 0 : Math.min(100, 35 + 65 * Math.abs(flow.rate) / 800);
              arc.shape.style.fill = flow.rate === null ? "var(--baseline)" : "color-mix(in oklab, var(" + (flow.rate < 0 ? "--fall" : "--rise") + ") " + Math.round(strength) + "%, var(--baseline))";
              text(arc.shape.firstChild, this.way(flow) + ": " + show(flow.power) + " MW of IT power" + (flow.rate === null ? "" : ", " + show(flow.rate) + " kg/MWh at the margin"));
            });
          }
          /// The same as a table, for who cannot see the map and for runs without places.
          drawMoves(flows) {
            if (!this.find(".moves").open) return;
            const body = this.find(".moves tbody"), listed = flows.slice(0, moveLimit);
            while (this.moveRows.length < listed.length) {
              const row = make("tr", "", body);
              this.moveRows.push({ row, cells: [head(row, ""), ...["", "n", "n"].map((name) => make("td", name, row))] });
            }
            this.moveRows.forEach(({ row, cells }, index) => {
              const flow = listed[index];
              row.hidden = !flow;
              if (!flow) return;
              [this.about.agents[flow.home].name, this.about.agents[flow.executing].name, show(flow.power), show(flow.rate)].forEach((words, column) => text(cells[column], words));
            });
            text(this.find(".moves .note"), flows.length > listed.length ? "The largest " + listed.length + " of " + flows.length + "." : flows.length ? "" : "All work runs at home.");
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
              const waits = agent.mean === null ? [null, null, null] : [agent.last, agent.mean, agent.longest];
              waits.forEach((wait, place) => text(cells[place + 1], wait < 0.1 ? show(wait) : fixed(wait)));
              bar.style.width = 100 * agent.slowest + "%";
              const share = show(100 * agent.slowest) + " % of ticks";
              set(cells[4], "title", share);
              set(cells[4], "aria-label", share);
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
        const moves = (count) => (count === 0 ? "no moves" : count === 1 ? "1 move" : count + " moves");
        function head(row, words) {
          const cell = make("th", "", row);
          set(cell, "scope", "row");
          cell.textContent = words;
          return cell;
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
