// Charts are drawn as wide as the page is, and again when that changes: on a phone nothing is beside the screen.
const WIDEST = 1100;
function drawn(draw) {
  const box = el('div', {class: 'chart'});
  let width = 0;
  const redraw = () => {
    const now = Math.max(300, Math.min(WIDEST, main.clientWidth - parseFloat(getComputedStyle(main).paddingLeft) * 2));
    if (now === width) return;
    width = now;
    box.replaceChildren(draw(width));
  };
  redraw();
  addEventListener('resize', redraw);
  return box;
}

// A round step: 1, 2 or 5 times a power of ten, so that at most `most` of them are in `range`.
function roundStep(range, most, least = 0) {
  const rough = range / most, ten = 10 ** Math.floor(Math.log10(rough));
  return Math.max(least, [1, 2, 5, 10].find(n => n * ten >= rough * (1 - 1e-9)) * ten);
}

// Axes and what `plot` draws between them. y: {most, name, label, step?}, x: {name}. plot(svg, at): at.x(share of the
// width), at.y(value) and at.bottom are places, at.tick(share, words) writes below the axis.
function axes(width, label, y, x, plot) {
  const left = 70, right = width - 28, top = 38, height = 200, bottom = top + height;
  const svg = el('svg:svg', {viewBox: `0 0 ${width} ${bottom + 42}`, width, height: bottom + 42, role: 'img', 'aria-label': label});
  const at = {
    bottom, top, x: share => left + share * (right - left), y: value => bottom - value * height / y.most,
    tick(share, words, anchor = 'middle') {
      svg.append(el('svg:text', {class: 'axis', x: at.x(share), y: bottom + 16, 'text-anchor': anchor}, words));
    },
  };
  for (let value = 0; value <= y.most * (1 + 1e-9); value += y.step) {
    svg.append(el('svg:line', {class: 'grid', x1: left, x2: right, y1: at.y(value), y2: at.y(value)}),
      el('svg:text', {class: 'axis', x: left - 6, y: at.y(value) + 4, 'text-anchor': 'end'}, y.label(value)));
  }
  svg.append(el('svg:text', {class: 'axis', x: left, y: 12}, y.name),
    el('svg:text', {class: 'axis', x: right, y: bottom + 34, 'text-anchor': 'end'}, x.name));
  plot(svg, at);
  return svg;
}
function countAxis(most, name) {
  const step = roundStep(Math.max(most, 1), 4, 1);
  return {most: Math.max(most, 1), step, name, label: number};
}

// Columns: rows of {label, parts: [n, ...]}, `kinds` the name and colour of each part; labels on every `every`th.
function columns(rows, kinds, {name, x, every, largest = 90}) {
  const total = row => row.parts.reduce((sum, n) => sum + n, 0);
  const y = countAxis(rows.reduce((most, row) => Math.max(most, total(row)), 1), name);
  const alt = `${name} by ${x}: ${rows.filter(total).slice(0, 20).map(row => `${row.label}: ${number(total(row))}`).join(', ')}`;
  const head = [x, ...(kinds.length > 1 ? kinds.map(kind => kind.name) : [name])];
  return [drawn(width => axes(width, alt, y, {name: x}, (svg, at) => {
    const step = Math.min(largest / (width - 98), 1 / rows.length), wide = step * (width - 98);
    const skip = every ?? Math.ceil(44 / wide);
    rows.forEach((row, i) => {
      let from = 0;
      row.parts.forEach((n, k) => {
        if (!n) return;
        svg.append(el('svg:rect', {x: at.x(i * step) + (wide > 4 ? 1 : 0), y: at.y(from + n), width: Math.max(1, wide - (wide > 4 ? 2 : 0)),
          height: Math.max(1, at.y(from) - at.y(from + n)), fill: `var(--${kinds[k].colour})`},
        el('svg:title', {}, `${row.label}: ${number(n)} ${kinds[k].name}`)));
        from += n;
      });
      if (i % skip === 0) at.tick((i + .5) * step, row.label);
      if (wide >= 40 && total(row)) svg.append(el('svg:text', {x: at.x((i + .5) * step), y: at.y(total(row)) - 4, 'text-anchor': 'middle'}, number(total(row))));
    });
  })), legend(kinds), numbers(head, rows.filter(total).map(row => [row.label, ...row.parts.map(number)]))];
}
const legend = kinds => kinds.length < 2 ? []
  : el('div', {class: 'legend', 'aria-hidden': 'true'}, kinds.map(kind => el('span', {style: `--of: var(--${kind.colour})`}, kind.name)));
