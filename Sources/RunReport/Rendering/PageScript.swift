/// What the page does by itself: draws the figures from the data beside them, and saves them. It computes no number.
enum PageScript {
    static let text = #"""
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
        const config = {
          background: null, font: 'system-ui, sans-serif', view: {stroke: null},
          axisQuantitative: {tickCount: 7}, axisY: {minExtent: 42},
          axis: {labelColor: 'var(--muted)', titleColor: 'var(--muted)', titleFontWeight: 500, titlePadding: 8, labelFontSize: 11, titleFontSize: 11,
            gridColor: 'var(--grid)', domainColor: 'var(--line)', tickColor: 'var(--line)', labelLimit: 150, labelFlush: false},
          legend: {labelColor: 'var(--text)', titleColor: 'var(--muted)', titleFontWeight: 500, orient: 'top', labelFontSize: 12, titleFontSize: 12, symbolStrokeWidth: 3, columns: 0},
          header: {labelColor: 'var(--text)'}, text: {color: 'var(--text)'}, rule: {color: 'var(--muted)'}, numberFormat: ',~r'
        };

        // The map shows its frame as large as there is room for; the frame is given in radii of the globe.
        const fit = (spec, {rotate, left, right, bottom, top}, width) => {
          const scale = Math.min(width / (right - left), 560 / (top - bottom));
          spec.width = width;
          spec.height = (top - bottom) * scale;
          spec.projection = {type: 'equalEarth', rotate: [rotate, 0, 0], scale,
            translate: [width / 2 - (left + right) / 2 * scale, top * scale]};
        };

        const arrange = (figure, width) => {
          const spec = structuredClone(figure.spec);
          if (figure.layout === 'facets') {
            const columns = Math.max(1, Math.min(3, Math.floor(width / 300)));
            spec.columns = columns;
            spec.spec.width = Math.max(160, Math.floor(width / columns) - 78);
          } else {
            spec.autosize = {type: 'fit-x', contains: 'padding'};
          }
          if (figure.shapes.frame) { delete spec.autosize; fit(spec, figure.shapes.frame, width - 12); }
          spec.datasets = {rows: rows(figure.table), ...figure.shapes};
          delete spec.datasets.frame;
          return spec;
        };

        // Legends in columns that fit, below each other where there is little room.
        const legends = width => width > 600 ? {} : {legend: {...config.legend, columns: Math.max(2, Math.floor(width / 150)),
          layout: {top: {direction: 'vertical'}}}};

        const draw = async id => {
          const place = document.getElementById(id);
          const width = place.clientWidth;
          const result = await vegaEmbed(place, arrange(read(id), width), {actions: false, renderer: 'svg', config: {...config, ...legends(width)}, tooltip: {theme: 'custom'}});
          if (views[id]) views[id].finalize();
          views[id] = result;
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
        // A saved figure has no style beside it: variables become the colours they stand for.
        const svg = async id => (await views[id].view.toSVG()).replace(/var\((--[\w-]+)\)/g, (_, name) => getComputedStyle(page).getPropertyValue(name).trim())
          .replace(/<svg[^>]*>/, head => head + '<style>text{paint-order:stroke}</style>');
        document.addEventListener('click', async event => {
          const {save: kind, figure: id} = event.target.dataset;
          if (kind === 'csv') save(id + '.csv', 'text/csv', csv(read(id).table));
          if (kind === 'svg') save(id + '.svg', 'image/svg+xml', await svg(id));
        });
        drawAll();
        })();
        """#
}
