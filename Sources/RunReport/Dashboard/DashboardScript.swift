/// The dashboard's script: asks for each run how it stands, again and again, and draws it. It computes nothing that is not
/// on its way to the screen.
enum DashboardScript {
    static let text = helpers + DashboardDrawing.text + following

    private static let helpers = #"""
        "use strict";
        const page = document.documentElement;
        const noteError = (text) => { page.dataset.errors = (page.dataset.errors || "") + text + "\n"; };
        addEventListener("error", (event) => noteError(event.message));
        addEventListener("unhandledrejection", (event) => noteError(String(event.reason)));
        const token = new URLSearchParams(location.search).get("token");
        const headers = Object.assign({ "X-Gridtide": "1" }, token ? { Authorization: "Bearer " + token } : {});
        const sleep = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));
        const numbers = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
        const show = (number) => (number === null || number === undefined ? "–" : numbers.format(number));
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
          if (!answer.ok) throw new Error(await answer.text());
          return answer.json();
        }

        """#

    private static let following = #"""

        class Run {
          constructor(number) {
            this.number = number;
            this.path = "api/runs/" + number + "/";
            this.section = document.getElementById("run").content.firstElementChild.cloneNode(true);
            document.getElementById("runs").append(this.section);
            this.drawing = null;
            this.about = null;
            this.view = null;
            this.past = null;
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
                if (this.about === null) this.begin(await ask(this.path + "about"));
                this.draw(await ask(this.path + "view"));
                setLink("");
                if (!this.canBeHeld && this.view.readTicks === this.view.ticks) pause = 3000;
              } catch (error) {
                setLink(error instanceof TypeError || error.name === "TimeoutError" ? "the dashboard's server does not answer; trying again" : error.message);
                pause = 1000;
              }
              if (document.hidden) pause = Math.max(pause, 3000);
              await sleep(Math.max(pause, 4 * (performance.now() - start)));
            }
          }
          begin(about) {
            if (about === null) return;
            this.about = about;
            this.drawing = new Drawing(this.section, about, lookAt);
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
            const [pause, step] = section.querySelectorAll(".buttons button");
            text(pause, this.isHeld ? "Go on" : "Pause");
            pause.disabled = step.disabled = !this.canBeHeld;
            if (about === null) return;
            text(this.find(".name"), about.name);
            text(this.find(".what"), about.mechanism + ", " + about.coupling + " coupling, seed " + about.seed + ", " + about.agents.length + " agents");
            text(this.find(".rate"), view.waiting !== null ? "waits for " + view.waiting.agents.slice(0, 3).join(", ") + (view.waiting.agents.length > 3 ? " and others" : "") + " (" + view.waiting.phase + ")"
              : view.digest !== null ? "digest " + view.digest.slice(0, 12)
              : view.ticksPerSecond !== null && view.status === "running" ? show(view.ticksPerSecond) + " ticks a second" : "");
            this.find(".progress span").style.width = (100 * view.ticks / about.plannedTicks) + "%";
            set(this.slider, "max", Math.max(0, this.lastTick));
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
            text(this.find(".utc"), stamp.slice(0, 10) + " " + stamp.slice(11, 16) + " UTC");
            text(this.find(".tick"), "tick " + (frame.tick + 1) + " of " + about.plannedTicks);
            if (document.activeElement !== this.slider || this.past === null) this.slider.value = frame.tick;
            this.drawing.drawFrame(frame, this.view, this.past);
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
                const frame = await ask(this.path + "frame?tick=" + shown);
                if (this.past !== null && frame !== null) this.showFrame(frame);
              }
            } catch (error) {
              setLink(error.message);
            } finally {
              this.isLooking = false;
            }
          }
          async tell(what) {
            try {
              await ask(this.path + what, "POST");
              this.draw(await ask(this.path + "view"));
            } catch (error) {
              setLink(error.message);
            }
          }
          pause() { if (this.canBeHeld) return this.tell(this.isHeld ? "release" : "hold"); }
          step() { if (this.canBeHeld) return this.tell("hold?after=" + (this.view.ticks + 1)); }
          now() { lookAt(null); }
        }

        function setLink(words) {
          const link = document.getElementById("link");
          text(link, words || "live");
          set(link, "class", words ? "link off" : "link");
        }
        const runs = Array.from({ length: Number(page.dataset.runs) }, (_, number) => new Run(number));
        document.body.classList.toggle("many", runs.length > 1);
        /// Runs side by side show the same tick.
        function lookAt(tick) { for (const run of runs) run.look(tick); }
        addEventListener("keydown", (event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || ["INPUT", "BUTTON"].includes(event.target.tagName)) return;
          const shown = runs[0].past ?? runs[0].lastTick;
          const action = { " ": () => runs.forEach((run) => run.pause()), ".": () => runs.forEach((run) => run.step()),
            ArrowLeft: () => lookAt(shown - 1), ArrowRight: () => lookAt(shown + 1), Escape: () => lookAt(null) }[event.key];
          if (!action || event.target.closest(".scroll")) return;
          event.preventDefault();
          action();
        });
        for (const run of runs) run.follow();
        """#
}
