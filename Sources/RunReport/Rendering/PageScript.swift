/// What the page does by itself: draws the figures from the data beside them, and saves them. It computes no number.
enum PageScript {
    static var text: String {
        #"""
        'use strict';
        (() => {
        const page = document.documentElement, views = {};
        const complain = what => {
          page.dataset.errors = (page.dataset.errors || '') + what + '\n';
          const trouble = document.getElementById('trouble');
          trouble.textContent = 'A figure could not be drawn: ' + what + ' Its table is still here.';
          trouble.hidden = false;
        };
        addEventListener('error', event => complain(String(event.message)));
        addEventListener('unhandledrejection', event => complain(String(event.reason)));
        if (typeof vegaEmbed === 'undefined') { complain('the drawing library is missing.'); return; }

        const read = id => JSON.parse(document.getElementById('data-' + id).textContent);
        const cells = column => column.at ? column.at.map(place => column.values[place]) : column.values;
        const rows = table => {
          const columns = table.map(cells);
          return (columns[0] || []).map((_, row) => Object.fromEntries(table.map((column, place) => [column.name, columns[place][row]])));
        };

        // Colours are variables of the style, so that light, dark and print follow by themselves.
        const config = \#(Look.config.text);
        // A saved figure has no style beside it: variables become the colours they are on paper.
        const paper = \#(Palette.paperColours.text);

        // The map shows its frame as large as there is room for; the frame is given in radii of the globe.
        const fit = (spec, {rotate, left, right, bottom, top}, width) => {
          const scale = Math.min(width / (right - left), 560 / (top - bottom));
          spec.width = width;
          spec.height = (top - bottom) * scale;
          spec.projection = {type: 'equalEarth', rotate: [rotate, 0, 0], scale,
            translate: [width / 2 - (left + right) / 2 * scale, top * scale]};
        };

        const arrange = (figure, width, less) => {
          const spec = structuredClone(figure.spec);
          if (figure.layout === 'facets') {
            const room = spec.usermeta?.room;
            const columns = Math.max(1, Math.min(3, Math.floor(width / (room ? room + 150 : 300))));
            spec.columns = columns;
            spec.spec.width = Math.max(150, Math.floor((room ? width / columns - room : (width - 76 - 72 * (columns - 1)) / columns) - less / columns));
          } else {
            spec.autosize = {type: 'fit-x', contains: 'padding'};
          }
          if (figure.shapes.frame) { delete spec.autosize; fit(spec, figure.shapes.frame, width - 12); }
          spec.datasets = {rows: rows(figure.table), ...figure.shapes};
          delete spec.datasets.frame;
          return spec;
        };

        // Legends in columns where there is little room, below each other.
        const legends = (width, columns) => {
          if (!columns && width > 600) return {};
          return {legend: {...config.legend, columns: columns || Math.max(2, Math.floor(width / 150)),
            ...(width > 600 ? {} : {layout: {top: {direction: 'vertical'}}})}};
        };

        // How wide labels are is known once they are drawn: what came out too wide is drawn again, with smaller diagrams or with a
        // legend of fewer columns.
        const draw = async id => {
          const place = document.getElementById(id), figure = read(id);
          const width = place.clientWidth, few = Math.max(2, Math.floor(width / 150));
          let over = 0;
          for (const [isSmaller, columns] of figure.layout === 'facets' ? [[0, 0], [1, 0], [0, few], [0, 1], [1, 1]] : [[0, 0], [0, few], [0, 1]]) {
            const options = {actions: false, renderer: 'svg', config: {...config, ...legends(width, columns)}, tooltip: {theme: 'custom'}};
            const result = await vegaEmbed(place, arrange(figure, width, isSmaller ? over : 0), options);
            if (views[id]) views[id].finalize();
            views[id] = result;
            over = place.scrollWidth - place.clientWidth;
            if (over <= 0) break;
          }
          place.dataset.width = width;
        };
        const drawAll = async () => {
          for (const place of document.querySelectorAll('.plot')) {
            if (place.dataset.width === String(place.clientWidth)) continue;
            try { await draw(place.id); } catch (error) { complain(place.id + ': ' + error.message); }
          }
          page.dataset.drawn = Object.keys(views).length;
        };
        let waiting;
        addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(drawAll, 200); });

        const save = (name, type, text) => {
          const link = document.createElement('a');
          link.href = URL.createObjectURL(new Blob([text], {type}));
          link.download = name;
          link.click();
          setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        };
        const field = (value, kind) => {
          if (value === null) return '';
          if (kind === 'time') return new Date(value).toISOString();
          const text = String(value);
          return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
        };
        const csv = table => {
          const columns = table.map(cells);
          const lines = [table.map(column => field(column.name)).join(',')];
          (columns[0] || []).forEach((_, row) => lines.push(table.map((column, place) => field(columns[place][row], column.kind)).join(',')));
          return lines.join('\r\n') + '\r\n';
        };
        const svg = async id => (await views[id].view.toSVG()).replace(/var\((--[\w-]+)\)/g, (_, name) => paper[name])
          .replace(/<svg[^>]*>/, head => head + '<rect width="100%" height="100%" fill="#ffffff"/>');
        document.addEventListener('click', async event => {
          const {save: kind, figure: id} = event.target.dataset;
          if (kind === 'csv') save(id + '.csv', 'text/csv', csv(read(id).table));
          if (kind === 'svg') save(id + '.svg', 'image/svg+xml', await svg(id));
        });
        drawAll();
        })();
        """#
    }
}
