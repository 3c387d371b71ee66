/// The dashboard's script: asks for each run how it stands, again and again, and draws it. It computes nothing that is not
/// on its way to the screen.
enum DashboardScript {
    static let text = helpers + DashboardChart.text + DashboardDrawing.text + following

    private static let helpers = #"""
        "use strict";
        const page = document.documentElement;
        const noteError = (text) => { page.dataset.errors = (page.dataset.errors || "") + text + "\n"; };
        addEventListener("error", (event) => noteError(event.message));
        addEventListener("unhandledrejection", (event) => noteError(String(event.reason)));
        const token = new URLSearchParams(location.search).get("token");
        const headers = Object.assign({ "X-Gridtide": "1" }, token ? { Authorization: "Bearer " + token } : {});
        const sleep = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));
        const isKnown = (number) => number !== null && number !== undefined;
        const significant = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
        const decimal = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
        const show = (number) => (isKnown(number) ? significant.format(number) : "–");
        const fixed = (number) => (isKnown(number) ? decimal.format(number) : "–");
        const text = (element, words) => { if (element.textContent !== words) element.textContent = words; };
        const set = (element, name, value) => { if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value); };
        function make(name, className, parent) {
          const isDrawn = ["svg", "path", "g", "circle", "rect", "line", "text", "title"].includes(name);
          const element = isDrawn ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
          if (className) element.setAttribute("class", className);
          if (parent) parent.append(element);
          return element;
        }
        async function ask(path, method) {
          const answer = await fetch(path, { method: method || "GET", headers, cache: "no-store", signal: AbortSignal.timeout(10000) });
          const words = await answer.text();
          if (!answer.ok) throw new Error(words);
          return words;
        }

        """#

    private static let following = #"""
        class Run {
          constructor(number, folder) {
            this.number = number;
            this.folder = folder;
            this.path = "api/runs/" + number + "/";
            this.section = document.getElementById("run").content.firstElementChild.cloneNode(true);
            set(this.section, "aria-label", folder);
            text(this.find(".name"), folder);
            document.getElementById("runs").append(this.section);
            this.drawing = null;
            this.about = null;
            this.aboutText = "";
            this.view = null;
            this.viewText = "";
            this.past = null;
            this.fault = "";
            for (const button of this.section.querySelectorAll("button[data-do]"))
              button.addEventListener("click", () => this[button.dataset.do]());
            this.slider = this.find(".slider");
            this.slider.addEventListener("input", () => lookAt(Number(this.slider.value)));
          }
          find(selector) { return this.section.querySelector(selector); }
          get isHeld() { return this.view !== null && this.view.status === "held"; }
          get canBeHeld() { return this.view !== null && ["running", "held", "starting"].includes(this.view.status); }
          get lastTick() { return this.view === null ? -1 : this.view.readTicks - 1; }

          async follow() {
            for (;;) {
              const start = performance.now();
              let pause = 400;
              try {
                if (this.about === null || this.fault) await this.meet();
                this.take(await ask(this.path + "view"));
                this.blame("");
                if (!this.canBeHeld && this.view.readTicks === this.view.ticks) pause = 3000;
              } catch (error) {
                this.blame(error instanceof TypeError || error.name === "TimeoutError" ? "the dashboard's server does not answer; trying again" : error.message);
                pause = 1000;
              }
              if (document.hidden) pause = Math.max(pause, 3000);
              await sleep(Math.max(pause, 4 * (performance.now() - start)));
            }
          }
          blame(words) {
            this.fault = words;
            if (words) this.section.classList.remove("moving");
            showLink();
          }
          /// Learns what the run is. A server that was started again may serve another.
          async meet() {
            const words = await ask(this.path + "about");
            if (this.about !== null && words !== this.aboutText) return location.reload();
            if (this.about !== null || words === "null") return;
            this.about = JSON.parse(words);
            this.aboutText = words;
            this.drawing = new Drawing(this.section, this.about, lookAt);
            set(this.slider, "max", Math.max(0, this.about.plannedTicks - 1));
            text(this.find(".name"), this.about.name);
            text(this.find(".what"), (this.folder === this.about.name ? "" : this.folder + ": ") + this.about.mechanism + ", " + this.about.coupling + " coupling, seed " + this.about.seed + ", " + this.about.agents.length + " agents");
          }
          /// Draws how it stands, unless that is as it was.
          take(words) {
            if (words === this.viewText && !this.fault) return;
            this.draw(JSON.parse(words));
            this.viewText = this.about === null ? "" : words;
          }
          draw(view) {
            this.view = view;
            const section = this.section, about = this.about;
            const words = { starting: "starting", running: "running", held: "paused", finished: "finished", failed: "failed", lost: "stopped" }[view.status];
            text(this.find(".pill"), words);
            set(this.find(".pill"), "class", "pill " + view.status);
            text(this.find(".warning"), view.text ? words + ": " + view.text : "");
            this.find(".warning").hidden = !view.text;
            section.classList.toggle("moving", view.status === "running" && this.past === null);
            const [pause, step] = [this.find("[data-do=pause]"), this.find("[data-do=step]")];
            text(pause, this.isHeld ? "Go on" : "Pause");
            pause.disabled = step.disabled = !this.canBeHeld;
            if (about === null) return;
            text(this.find(".done"), view.ticks + " of " + about.plannedTicks + " done");
            text(this.find(".rate"), view.waiting !== null ? "waits for " + view.waiting.agents.slice(0, 3).join(", ") + (view.waiting.agents.length > 3 ? " and others" : "") + " (" + view.waiting.phase + ")"
              : view.digest !== null ? "digest " + view.digest.slice(0, 12)
              : view.ticksPerSecond !== null && view.status === "running" ? show(view.ticksPerSecond) + " ticks a second" : "");
            this.find(".progress span").style.width = 100 * Math.max(0, view.ticks - 1) / Math.max(1, about.plannedTicks - 1) + "%";
            this.drawing.drawSeries(view);
            this.drawing.drawAgents(view);
            this.drawing.drawHappenings(view.happenings);
            if (this.past === null && view.frame !== null) this.showFrame(view.frame);
            section.dataset.ticks = view.readTicks;
            section.dataset.status = view.status;
            if (this.number === 0) document.title = view.ticks + "/" + about.plannedTicks + " " + about.name;
          }
          showFrame(frame) {
            const about = this.about;
            const stamp = new Date(1000 * (about.startSeconds + frame.tick * about.tickSeconds)).toISOString();
            const utc = stamp.slice(0, 10) + " " + stamp.slice(11, 16) + " UTC";
            text(this.find(".utc"), utc);
            text(this.find(".tick"), "tick " + frame.tick);
            const asked = about.events.filter((event) => event.from <= frame.tick && frame.tick < event.to);
            text(this.find(".asked"), asked.map((event) => event.name + " at " + event.region).join(", "));
            if (document.activeElement !== this.slider || this.past === null) this.slider.value = frame.tick;
            set(this.slider, "aria-valuetext", "tick " + frame.tick + ", " + utc);
            this.drawing.drawFrame(frame, this.past !== null);
            this.section.dataset.tick = frame.tick;
          }
          /// Shows a tick that has been, or with null the last one.
          async look(tick) {
            if (this.view === null || this.about === null || this.lastTick < 0) return;
            this.past = tick === null || tick >= this.lastTick ? null : Math.max(0, tick);
            this.section.classList.toggle("past", this.past !== null);
            this.find("[data-do=now]").hidden = this.past === null;
            if (this.past === null) return this.draw(this.view);
            this.section.classList.remove("moving");
            if (this.isLooking) return;
            this.isLooking = true;
            try {
              for (let shown = null; this.past !== null && shown !== this.past;) {
                shown = this.past;
                const frame = JSON.parse(await ask(this.path + "frame?tick=" + shown));
                if (this.past !== null && frame !== null) this.showFrame(frame);
              }
            } catch (error) {
              this.blame(error.message);
            } finally {
              this.isLooking = false;
            }
          }
          async tell(what) {
            if (!this.canBeHeld) return;
            try {
              await ask(this.path + what, "POST");
              this.take(await ask(this.path + "view"));
            } catch (error) {
              this.blame(error.message);
            }
          }
          pause() { return this.tell(this.isHeld ? "release" : "hold"); }
          step() { return this.tell("step"); }
          now() { lookAt(null); }
        }

        const runs = JSON.parse(page.dataset.runs).map((folder, number) => new Run(number, folder));
        document.body.classList.toggle("many", runs.length > 1);
        function showLink() {
          const link = document.getElementById("link"), fault = runs.map((run) => run.fault).find(Boolean);
          text(link, fault || "live");
          document.body.classList.toggle("cut", Boolean(fault));
        }
        /// Runs side by side show the same tick.
        function lookAt(tick) { for (const run of runs) run.look(tick); }
        /// Runs side by side stand or go on together.
        function pauseAll() {
          const able = runs.filter((run) => run.canBeHeld), what = able.every((run) => run.isHeld) ? "release" : "hold";
          for (const run of able) run.tell(what);
        }
        addEventListener("keydown", (event) => {
          const isOwnKey = event.key === " " ? "button, summary, .scroll" : event.key.startsWith("Arrow") ? "input, .scroll" : "none";
          if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(isOwnKey)) return;
          const shown = runs[0].past ?? runs[0].lastTick;
          const action = { " ": pauseAll, ".": () => runs.forEach((run) => run.step()),
            ArrowLeft: () => lookAt(shown - 1), ArrowRight: () => lookAt(shown + 1), Escape: () => lookAt(null) }[event.key];
          if (!action) return;
          event.preventDefault();
          action();
        });
        for (const run of runs) run.follow();
        """#
}
