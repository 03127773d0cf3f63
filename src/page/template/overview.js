// --- which run this is
(function head() {
  const finished = run.finished ? run.finished.slice(0, 16).replace('T', ' ') + ' UTC' : '';
  const what = numSources === 1 ? short(data.sources.rows[0].name).replace(/^-$/, 'standard input')
    : common ? `${common.slice(0, -1).replace(/.*\//, '')} (${count(numSources, 'source')})` : count(numSources, 'source');
  document.title = `${what}: unecho ${report.command}${finished && ', ' + finished}`;
  document.getElementById('name').textContent = `unecho ${report.command}: ${what}`;
  const header = document.querySelector('header');
  header.append(el('div', {}, [finished, `unecho ${report.unecho}`].filter(Boolean).join(' · ')));
  if (run.command_line) header.append(el('details', {}, el('summary', {}, 'Command'), el('code', {}, run.command_line)));
  // What this page does not show, and why.
  for (const words of [...data.warnings.map(w => `Warning: ${w}.`), ...data.notes]) main.append(el('p', {class: 'warning', role: 'note'}, words));
  if (common) main.append(el('p', {}, `${numSources === 1 ? 'The source is' : 'Sources are'} in ${common}`));
  const tile = (name, value, below, colour) =>
    el('div', {class: 'tile', style: colour ? `border-color: var(--${colour})` : ''}, name, el('b', {}, value), below);
  main.append(el('div', {class: 'tiles'}, tile('read', number(records.read), bytes(report.ledger.bytes.read)),
    FATES.map(fate => tile(fate, number(records[fate]), percent(records[fate], records.read), fate)),
    tile('ledger', report.ledger.balances ? 'balances' : 'does not balance', 'every byte and record has one place')));
  if (!records.read) main.append(el('p', {class: 'warning', role: 'note'}, 'No record was read: there is nothing to draw.'));
})();

// --- flow: sources on the left, fates on the right; the largest sources by name, the rest together
(function flow() {
  if (!records.read) return;
  const all = data.sources.rows.filter(s => s.records.read > 0).sort((a, b) => b.records.read - a.records.read);
  let sources = all, named = all;
  if (all.length + data.sources.rest.sources > 12) {
    // A source of less than a hundredth would be a hairline.
    named = all.slice(0, 11).filter(s => s.records.read >= records.read / 100);
    const others = all.slice(named.length), numOthers = number(others.length + data.sources.rest.sources);
    const rest = {name: named.length ? `${numOthers} more` : `${numOthers} sources`, records: {...data.sources.rest.records}};
    for (const s of others) for (const k of ['read', ...FATES]) rest.records[k] = (rest.records[k] || 0) + (s.records[k] || 0);
    sources = [...named, rest];
  }
  const words = s => FATES.filter(fate => s.records[fate]).map(fate => `${fate} ${number(s.records[fate])}`).join(', ');
  // A phone has no room for a flow: a bar for each source.
  function bars() {
    return el('div', {}, sources.map(s => el('div', {class: 'share'}, `${elide(short(s.name), 60)} (${number(s.records.read)}): ${words(s)}`,
      el('div', {}, FATES.map(fate => el('span', {style: `width: ${100 * (s.records[fate] || 0) / s.records.read}%; background: var(--${fate})`}))))));
  }
  function ribbons(width) {
    // A source has room for its words, however few records it has.
    const gap = 8, line = 16, scale = 280 / records.read, left = 280, right = width - 200;
    const slot = s => Math.max(s.records.read * scale, line - gap);
    const height = gap + Math.max(sources.reduce((sum, s) => sum + slot(s) + gap, 0), 280 + gap * FATES.length);
    const labels = [...brief(named.map(s => short(s.name)), 30), sources.at(-1).name];   // the last is of the rest, if there is one
    const svg = el('svg:svg', {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img',
      'aria-label': 'Flow of records from sources to fates; the numbers are in the table of sources below'});
    const top = {}, at = {};
    let y = gap;
    for (const fate of FATES) { top[fate] = at[fate] = y; y += records[fate] * scale + gap; }
    y = gap;
    sources.forEach((s, i) => {
      const size = s.records.read * scale;
      svg.append(el('svg:rect', {x: left - 10, y, width: 10, height: Math.max(1, size), fill: 'var(--soft)'}),
        el('svg:text', {x: left - 16, y: y + size / 2 + 4, 'text-anchor': 'end'}, `${labels[i]} ${number(s.records.read)}`));
      let from = y;
      for (const fate of FATES) {
        const n = (s.records[fate] || 0) * scale, to = at[fate], middle = (left + right) / 2;
        if (n <= 0) continue;
        svg.append(el('svg:path', {d: `M${left},${from} C${middle},${from} ${middle},${to} ${right},${to} L${right},${to + n} C${middle},${to + n} ${middle},${from + n} ${left},${from + n} Z`,
          fill: `var(--${fate})`, 'fill-opacity': .45}, el('svg:title', {}, `${s.name}: ${number(s.records[fate])} ${fate}`)));
        from += n;
        at[fate] += n;
      }
      y += slot(s) + gap;
    });
    // Words of small fates make room for one another.
    let free = 0;
    for (const fate of FATES.filter(fate => records[fate])) {
      const size = records[fate] * scale, below = Math.max(top[fate] + size / 2 + 4, free);
      free = below + line;
      svg.append(el('svg:rect', {x: right, y: top[fate], width: 10, height: Math.max(1, size), fill: `var(--${fate})`}),
        el('svg:text', {x: right + 16, y: below}, `${fate} ${number(records[fate])} (${percent(records[fate], records.read)})`));
    }
    return svg;
  }
  section('From sources to fates', '', drawn(width => width < 640 ? bars() : ribbons(width)));
})();

(function sources() {
  const rest = data.sources.rest, books = s => [bytes(s.bytes.read), number(s.records.read), ...FATES.map(fate => number(s.records[fate] || 0))];
  const more = rest.sources ? [[`${number(rest.sources)} more`, '', ...books(rest)]] : [];
  section('Sources', rest.sources ? `The ${data.sources.rows.length} of ${number(numSources)} with the most records; all are in the JSON report.` : '',
    pagedTable(['source', 'layout', 'size', 'read', ...FATES], data.sources.rows.map(s => [short(s.name), s.layout, ...books(s)]), more, [0, 1]));
})();

// --- bibliographies: what a review has to publish, and what the kept records have from their copies
(function prisma() {
  const flow = report.prisma;
  if (!flow) return;
  const NAMES = {identified: 'records identified', duplicates_removed: 'duplicates removed', removed_for_other_reasons: 'removed for other reasons', to_screen: 'records to screen'};
  const keys = Object.keys(NAMES);
  const cut = flow.more_sources ? ` Of ${number(numSources)} sources those ${flow.sources.length} with the most records are listed; all are in the JSON report.` : '';
  section('Numbers for PRISMA', `As the flow diagram of PRISMA 2020 calls them. Only here: kept records no copy of which comes from another source.${cut}`,
    list(Object.fromEntries(keys.map(key => [NAMES[key], flow[key]]))),
    flow.sources && flow.sources.length > 1 ? pagedTable(['source', ...keys.map(key => NAMES[key]), 'only here'],
      flow.sources.map(s => [short(s.name), ...keys.map(key => number(s[key])), number(s.only_here)]), [], [0]) : []);
})();

(function merged() {
  const fills = report.merged;
  if (!fills) return;
  const fields = Object.keys(fills.filled).filter(field => fills.filled[field] || fills.left_out[field]);
  section('Filled in from copies', fields.length ? `${number(fills.records)} of ${count(records.kept, 'kept record')}. Left out: values for which the record has no place.`
    : 'No kept record lacks a field that a copy of it has.',
    fields.length ? table(['field', 'filled in', 'left out'], fields.map(field => [field, number(fills.filled[field]), number(fills.left_out[field])])) : []);
})();

// --- overlap
(function overlap() {
  const {from, to, more_from, more_to, counts, pairs, pairs_left_out} = data.overlap;
  if (!counts.length || numSources + (report.against ?? []).length < 2) return;
  const names = (shown, more) => [...shown.map(short), ...(more ? [`${number(more)} more`] : [])];
  const isNamed = (i, k) => i < from.length && k < to.length;
  let most = 1, sum = 0, sumNamed = 0;
  counts.forEach((row, i) => row.forEach((n, k) => {
    sum += n;
    if (isNamed(i, k)) { sumNamed += n; most = Math.max(most, n); }
  }));
  const rows = names(from, more_from), heads = names(to, more_to);
  const briefly = (shown, more, most) => [...brief(shown.map(short), most), ...(more ? [`${number(more)} more`] : [])];
  const headWords = briefly(to, more_to, 28), rowWords = briefly(from, more_from, 36);
  const cut = (shown, more, what) => more ? ` Of ${number(shown.length + more)} ${what} those ${shown.length} with the most such records have their own.` : '';
  const leftOut = pairs_left_out ? ` The report leaves out ${number(pairs_left_out)} pairs of sources with fewer records.` : '';
  const matrix = () => el('div', {class: 'matrix'}, table(['removed from \\ for one in', ...heads.map((name, k) => el('span', {title: name}, headWords[k]))], counts.map((row, i) =>
    [el('th', {scope: 'row', class: 'text', title: rows[i]}, rowWords[i]), ...row.map((n, k) =>
      el('td', {class: 'shade', style: `--share: ${isNamed(i, k) ? Math.round(60 * n / most) : 0}%`, title: `${rows[i]}, for one in ${heads[k]}`}, n ? number(n) : ''))]), [0], {}));
  const list = () => table(['removed from', 'for one in', 'records'], pairs.map(([a, b, n]) => [short(a), short(b), number(n)]), [0, 1]);
  // A matrix that has nearly all in "more" says nothing.
  if (sumNamed < sum / 5) {
    const sides = `of ${number(from.length + more_from)} sources, for ${number(to.length + more_to)}`;
    section('Overlap', `Records of one source that were removed for one of another or the same: ${sides}.${leftOut} The pairs with the most such records:`, list());
    return;
  }
  const sets = records.contaminated ? ' or evaluation set' : '';
  section('Overlap', `Records of the source in the row that were removed for one of the source${sets} in the column.${
    cut(from, more_from, 'rows')}${cut(to, more_to, 'columns')}${leftOut}`, matrix());
  if (more_from || more_to || counts.length > 8) main.lastChild.append(el('h3', {}, 'Pairs with the most such records'), list());
})();

// --- along the input
(function along() {
  const {width = 1, rows = []} = data.along ?? {};
  if (rows.length < 2) return;
  const kinds = [{name: 'removed', colour: 'removed'}, {name: 'contaminated', colour: 'contaminated'}, {name: 'rejected', colour: 'rejected'}];
  const used = kinds.map((kind, i) => i).filter(i => rows.some(row => row[i + 1]));
  if (!used.length) return;
  const shares = rows.map(row => used.map(i => row[i + 1] / row.reduce((sum, n) => sum + n, 0)));
  const most = Math.max(...shares.map(parts => parts.reduce((sum, n) => sum + n, 0)));
  const step = Math.min(.25, roundStep(most, 4, .001)), total = rows.length * width;
  const y = {most: Math.ceil(most / step - 1e-9) * step, step, name: 'share of the records', label: share => `${+(100 * share).toFixed(2)} %`};
  const words = i => `records ${number(i * width + 1)} to ${number(Math.min((i + 1) * width, records.read))}`;
  const each = drawn(pixels => axes(pixels, 'Share of records that were not kept, along the input; the numbers are below', y, {name: 'record, in input order'}, (svg, at) => {
    rows.forEach((row, i) => {
      let from = 0;
      used.forEach((kind, k) => {
        const n = shares[i][k];
        svg.append(el('svg:rect', {x: at.x(i / rows.length), width: at.x(1 / rows.length) - at.x(0), y: at.y(from + n), height: at.y(from) - at.y(from + n), fill: `var(--${kinds[kind].colour})`},
          el('svg:title', {}, `${words(i)}: ${number(row[kind + 1])} ${kinds[kind].name}`)));
        from += n;
      });
    });
    // Where the next source begins, while that can be seen.
    if (numSources > 1 && numSources <= 30) {
      let before = 0;
      for (const s of data.sources.rows) {
        const x = at.x(before / total);
        svg.append(el('svg:line', {x1: x, x2: x, y1: at.top - 6, y2: at.bottom, stroke: 'var(--soft)', 'stroke-dasharray': '2 3'}, el('svg:title', {}, `from here: ${s.name}`)));
        before += s.records.read;
      }
    }
    const tick = roundStep(total, pixels < 500 ? 3 : 8, 1);
    for (let record = 0; record <= total; record += tick) at.tick(record / total, number(record), record ? 'middle' : 'start');
  }));
  section('Along the input', `${width > 1 ? `Each column is ${number(width)} records, in the order of the input. ` : ''}${numSources > 1 && numSources <= 30 ? 'Dotted lines are where a source begins.' : ''}`,
    each, legend(used.map(i => kinds[i])), numbers(['records', 'kept', ...used.map(i => kinds[i].name)], rows.map((row, i) => [words(i).slice(8), number(row[0]), ...used.map(k => number(row[k + 1]))])));
})();

if (data.snapshots.length) {
  const keep = report.parameters.keep, all = data.other_snapshots ? [...data.snapshots, data.other_snapshots] : data.snapshots;
  const kept = keep === 'first' ? 'A record is kept if none before it in the input is the same; others are removed as seen before.'
    : keep === 'last' ? 'A record is kept if none after it in the input is the same; others are removed since they come again later.'
    : `Of records that are the same one is kept, by --keep ${keep}, whichever snapshot has it.`;
  const contaminated = FATES.includes('contaminated');
  section('Snapshots', `What became of the records of each dated snapshot. ${kept}${contaminated ? ' Contaminated ones are removed for an evaluation set.' : ''}`,
    pagedTable(['snapshot', 'read', 'kept', 'removed', ...(contaminated ? ['contaminated'] : []), 'rejected', 'share kept'],
      all.map(s => [s.name, number(s.read), number(s.kept), number(s.removed), ...(contaminated ? [number(s.contaminated)] : []), number(s.rejected), percent(s.kept, s.read)]), [], [0]));
}
