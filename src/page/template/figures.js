// --- lengths
if (data.lengths?.length) {
  const kinds = [{name: 'kept', colour: 'kept'}, {name: 'removed', colour: 'removed'}, {name: 'contaminated', colour: 'contaminated'}, {name: 'rejected', colour: 'rejected'}];
  const used = kinds.map((kind, i) => i).filter(i => data.lengths.some(row => row[i + 1]));
  const label = n => n >= 1e9 ? `${n / 1e9} GB` : n >= 1e6 ? `${n / 1e6} MB` : n >= 1e3 ? `${n / 1e3} KB` : String(n);
  section('Lengths', 'Bytes of the records as they are in their sources, with tags and the like. Each column is from its number up to that of the next.',
    columns(data.lengths.map(([from, ...counts]) => ({label: label(from), parts: used.map(i => counts[i])})), used.map(i => kinds[i]), {name: 'records', x: 'bytes, at least'}));
}

// --- similarity
const shares = (report.parameters.match ?? []).map(field => Number(field.slice(field.lastIndexOf(':') + 1)));
const threshold = shares.length ? Math.min(...shares) : report.parameters.threshold;
if (report.similarities.length) {
  const least = Math.min(...report.similarities.map(s => s.from));  // by a key, below the threshold
  const begin = 5 * Math.floor(Math.min(Math.floor(threshold * 100 - 1e-9), Math.round(least * 100)) / 5), rows = [];
  for (let i = begin; i < 100; ++i) {
    rows.push({label: (i / 100).toFixed(2), parts: [(report.similarities.find(s => Math.round(s.from * 100) === i) || {records: 0}).records]});
  }
  rows[rows.length - 1].parts[0] += (report.similarities.find(s => Math.round(s.from * 100) === 100) || {records: 0}).records;
  const what = report.parameters.compare === 'works' ? 'How alike the titles of near records and their witnesses are, by hundredths: other fields have decided, too.'
    : `Of near records to their witnesses, by hundredths; the threshold is ${shares.length ? `that of each field, ${report.parameters.match.join(', ')}` : threshold}.`;
  section('Similarity', `${what} Exact copies are not in it.`,
    columns(rows, [{name: 'near records', colour: 'near'}], {name: 'near records', x: 'similarity, at least', every: rows.length > 40 ? 10 : 5}));
}

// --- what other thresholds would remove
(function thresholds() {
  const tuned = data.tune?.thresholds ?? [], {certain = 0, hundredths = []} = data.certainty ?? {};
  if (shares.length || (!hundredths.length && !tuned.length) || report.command === 'segment') return;
  const step = Math.round(threshold * 100), begin = Math.max(0, Math.min(step - 10, ...tuned.map(t => Math.round(t.threshold * 100))));
  const from = 10 * Math.floor(begin / 10), rows = [];   // [hundredths, removed]
  for (let i = 100, sum = certain + (hundredths.find(([at]) => at === 100)?.[1] ?? 0); i >= step; --i) {
    if (i < 100) sum += hundredths.find(([at]) => at === i)?.[1] ?? 0;
    rows.unshift([i, sum]);
  }
  // Between two hundredths: what is below the threshold is of the lowest.
  if (rows.length) rows[0][1] += hundredths.filter(([at]) => at < step).reduce((sum, [, n]) => sum + n, 0);
  const y = countAxis(Math.max(...rows.map(row => row[1]), ...tuned.map(t => t.exact + t.near)), 'removed records');
  const chart = drawn(width => axes(width, 'Removed records by threshold; the numbers are below', y, {name: 'threshold'}, (svg, at) => {
    const x = hundredth => at.x((hundredth - from) / (100 - from));
    svg.append(el('svg:rect', {x: x(from), width: x(step) - x(from), y: at.top, height: at.bottom - at.top, fill: 'var(--panel)'}));
    if (x(step) - x(from) > 100 && !tuned.length) svg.append(el('svg:text', {class: 'axis', x: (x(from) + x(step)) / 2, y: (at.top + at.bottom) / 2, 'text-anchor': 'middle'}, 'not known'));
    svg.append(el('svg:path', {fill: 'none', stroke: 'var(--removed)', 'stroke-width': 2, d: rows.map(([i, n], k) => `${k ? 'L' : 'M'}${x(i)},${at.y(n)}`).join(' ')}),
      el('svg:line', {x1: x(step), x2: x(step), y1: at.top - 8, y2: at.bottom, stroke: 'var(--drop)', 'stroke-width': 2, 'stroke-dasharray': '6 3'}),
      el('svg:text', {x: x(step) + (step > 85 ? -5 : 5), y: at.top - 2, 'text-anchor': step > 85 ? 'end' : 'start'}, `this run: ${threshold}`));
    for (const t of tuned) {
      svg.append(el('svg:circle', {cx: x(t.threshold * 100), cy: at.y(t.exact + t.near), r: 4, fill: 'var(--kept)'}, el('svg:title', {}, `${t.threshold}: ${number(t.exact + t.near)}, counted by tune`)));
    }
    for (let i = from; i <= 100; i += width < 500 && 100 - from > 30 ? 20 : 10) at.tick((i - from) / (100 - from), (i / 100).toFixed(2));
  }));
  const note = rows.length ? 'The line is an estimate from this run: its removed records whose similarity reaches the threshold, and those that any threshold removes (exact copies, keys, works). '
    + 'At another threshold other records are kept, so a record may find another witness, or none. Below the threshold of the run nothing is known: it looked for no such pairs. ' : '';
  section('Thresholds', note + (tuned.length ? 'Dots were counted by unecho tune.' : 'unecho tune counts what each threshold removes.'), chart,
    rows.length ? numbers(['threshold', 'removed, estimated', 'of what was read'], rows.map(([i, n]) => [(i / 100).toFixed(2), number(n), percent(n, records.read)])) : []);
})();
