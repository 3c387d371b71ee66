/// The part of the dashboard's script that draws one series over all ticks, with what it was in the tick shown.
enum DashboardChart {
    static let text = #"""
        class Chart {
          constructor(parent, title, unit, name, fromZero, onPick) {
            this.title = title;
            this.unit = unit;
            this.fromZero = fromZero;
            const figure = make("figure", "chart " + name, parent);
            const caption = make("figcaption", "", figure);
            make("h2", "", caption).textContent = title;
            this.note = make("span", "note", caption);
            const reading = make("p", "reading", caption);
            this.value = make("span", "value", reading);
            this.range = make("span", "range", reading);
            const field = make("div", "field", figure);
            this.svg = make("svg", "", field);
            set(this.svg, "viewBox", "0 0 1000 100");
            set(this.svg, "preserveAspectRatio", "none");
            set(this.svg, "role", "img");
            set(this.svg, "aria-label", title);
            this.events = make("g", "", this.svg);
            this.zero = make("line", "zero", this.svg);
            this.area = make("path", "area", this.svg);
            this.band = make("path", "band", this.svg);
            this.line = make("path", "line", this.svg);
            this.cursor = make("line", "cursor", this.svg);
            this.high = make("span", "ends high", field);
            this.low = make("span", "ends low", field);
            this.series = null;
            this.shown = null;
            this.hover = null;
            const tickAt = (event) => {
              const box = this.svg.getBoundingClientRect();
              return Math.max(0, Math.min(this.tickCount - 1, Math.round((event.clientX - box.left) / box.width * (this.tickCount - 1))));
            };
            this.svg.addEventListener("pointermove", (event) => { if (this.tickCount) { this.hover = tickAt(event); this.readOut(); } });
            this.svg.addEventListener("pointerleave", () => { this.hover = null; this.readOut(); });
            this.svg.addEventListener("click", (event) => { if (this.tickCount) onPick(tickAt(event)); });
          }
          draw(series, view) {
            this.series = series;
            this.tickCount = view.readTicks;
            this.ticksPerSpan = view.ticksPerSpan;
            const [low, high] = limits(series, this.fromZero);
            const x = places(series.mean.length, view), y = (value) => (100 - 96 * (value - low) / (high - low) - 2).toFixed(1);
            set(this.line, "d", linePath(series.mean, x, y));
            set(this.band, "d", series.low ? bandPath(series.low, series.high, x, y) : "");
            if (this.fromZero) set(this.area, "d", bandPath(series.mean.map((value) => (value === null ? null : 0)), series.mean, x, y));
            for (const [name, value] of [["x1", 0], ["x2", 1000], ["y1", y(0)], ["y2", y(0)]]) set(this.zero, name, value);
            set(this.zero, "visibility", low < 0 && high > 0 ? "visible" : "hidden");
            const isEmpty = series.mean.every((value) => value === null);
            text(this.high, isEmpty ? "" : show(high));
            text(this.low, isEmpty ? "" : show(low));
            this.readOut();
          }
          drawEvents(events) {
            const last = Math.max(1, this.tickCount - 1), begun = events.filter((event) => event.from < this.tickCount);
            text(this.note, begun.length ? "shaded: demand response" : "");
            while (this.events.childNodes.length < begun.length) make("title", "", make("rect", "event", this.events));
            begun.forEach((event, index) => {
              const rect = this.events.childNodes[index], from = 1000 * event.from / last;
              set(rect, "x", from);
              set(rect, "width", 1000 * Math.min(1, (event.to - 1) / last) - from + 2);
              set(rect, "y", 0);
              set(rect, "height", 100);
              text(rect.firstChild, event.name + ": " + event.region);
            });
          }
          /// What it was in the tick that the page shows.
          mark(tick, value, isPast) {
            this.shown = { tick, value, isPast };
            this.readOut();
          }
          /// The tick shown, exactly; or what the mouse points at, which in a long run is a span of ticks.
          readOut() {
            if (this.series === null || this.shown === null) return;
            const tick = this.hover ?? this.shown.tick;
            const { mean, low, high, when } = this.hover === null ? { ...this.shown.value, when: "tick " + tick } : this.reading(tick);
            const range = low !== high && low !== null && low !== undefined ? show(low) + " to " + show(high) : "";
            const place = this.hover === null ? "" : when;
            text(this.value, show(mean) + " " + this.unit);
            text(this.range, [range, place].filter(Boolean).join(", "));
            set(this.svg, "aria-label", this.title + ": " + show(mean) + " " + this.unit + (range && ", " + range) + ", " + when);
            const x = this.tickCount > 1 ? 1000 * tick / (this.tickCount - 1) : 0;
            for (const [name, value] of [["x1", x], ["x2", x], ["y1", 0], ["y2", 100]]) set(this.cursor, name, value);
            set(this.cursor, "visibility", this.hover !== null || this.shown.isPast ? "visible" : "hidden");
          }
          reading(tick) {
            const span = Math.min(this.series.mean.length - 1, Math.floor(tick / this.ticksPerSpan));
            const from = span * this.ticksPerSpan, to = Math.min(this.tickCount, from + this.ticksPerSpan) - 1;
            const when = from === to ? "tick " + from : "ticks " + from + " to " + to;
            return { mean: this.series.mean[span], low: this.series.low?.[span], high: this.series.high?.[span], when };
          }
        }
        class Spark {
          constructor(cell) {
            const svg = make("svg", "spark", cell);
            set(svg, "viewBox", "0 0 1000 100");
            set(svg, "preserveAspectRatio", "none");
            set(svg, "aria-hidden", "true");
            this.band = make("path", "band", svg);
            this.line = make("path", "line", svg);
          }
          draw(series, view) {
            const [low, high] = limits(series, false);
            const x = places(series.mean.length, view), y = (value) => (96 - 92 * (value - low) / (high - low)).toFixed(1);
            set(this.line, "d", linePath(series.mean, x, y));
            set(this.band, "d", series.low ? bandPath(series.low, series.high, x, y) : "");
          }
        }
        function limits(series, fromZero) {
          let low = fromZero ? 0 : Infinity, high = fromZero ? 0 : -Infinity;
          for (const values of series.low ? [series.low, series.high] : [series.mean])
            for (const value of values) if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
          if (!(low <= high)) return [0, 1];
          return low === high ? [low - (fromZero && low === 0 ? 0 : 1), high + 1] : [low, high];
        }
        /// Where spans of ticks stand across a chart: each in its middle, the first and the last at the edges.
        function places(count, view) {
          const last = Math.max(1, view.readTicks - 1);
          return (span) => (span === 0 ? 0 : span === count - 1 ? 1000 : 1000 * (span + 0.5 - 0.5 / view.ticksPerSpan) * view.ticksPerSpan / last).toFixed(1);
        }
        function linePath(values, x, y) {
          let path = "", isOn = false;
          values.forEach((value, span) => {
            if (value !== null) path += (isOn ? "L" : "M") + x(span) + " " + y(value);
            isOn = value !== null;
          });
          return values.length === 1 && path ? path + "h1000" : path;
        }
        function bandPath(low, high, x, y) {
          const known = high.map((_, span) => span).filter((span) => high[span] !== null);
          if (known.length < 2) return "";
          const point = (values) => (span) => x(span) + " " + y(values[span] ?? 0);
          return "M" + known.map(point(high)).join("L") + "L" + known.reverse().map(point(low)).join("L") + "Z";
        }

        """#
}
