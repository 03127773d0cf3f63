// --- removed records: search, sort, pages, export
const removedRecords = data.removed.rows.map(([code, fate, witness, similarity, by = '']) => {
  const isShown = !unlike.has(code);
  return {ref: fullRef(code), fate, witness: fullRef(witness), similarity, by, whole: isShown && code in data.texts,
    text: isShown ? data.texts[code] ?? data.beginnings[code] ?? '' : '', witnessText: isShown ? data.texts[witness] ?? '' : ''};
});

(function removed() {
  if (!removedRecords.length) return;
  const all = removedRecords, size = 25, numWhole = all.filter(r => r.whole).length;
  let shown = all, order = null, down = false;
  const none = el('p', {id: 'none', role: 'status', hidden: ''});
  const columns = [['ref', 'removed'], ['fate', 'fate'], ['similarity', 'similarity'], ['witness', 'removed for'], ['text', 'text']];
  const body = el('tbody');
  const heads = columns.map(([key, title]) => el('th', {scope: 'col', class: 'text', 'aria-sort': 'none'}, el('button', {type: 'button', onclick: () => sort(key)}, title)));
  const search = el('input', {type: 'search', id: 'search', placeholder: 'Search refs and texts', 'aria-label': 'Search removed records', oninput: filter});
  const choice = (label, all, values) => el('select', {'aria-label': label, onchange: filter}, el('option', {value: ''}, all), values.map(([value, name]) => el('option', {value}, name)));
  const fate = choice('Fate', 'all fates', FATES.filter(f => all.some(r => r.fate === f)).map(f => [f, f]));
  const sourceOf = ref => ref.slice(0, ref.lastIndexOf('#')), sources = [...new Set(all.map(r => sourceOf(r.ref)))];
  const everything = sources.length > 500 ? `all sources (the first 500 of ${number(sources.length)} are here; search for others)` : 'all sources';
  const source = choice('Source', everything, sources.slice(0, 500).map(name => [name, elide(short(name), 50)]));
  function sort(key) {
    down = order === key && !down;
    order = key;
    columns.forEach(([k], i) => heads[i].setAttribute('aria-sort', k === key ? (down ? 'descending' : 'ascending') : 'none'));
    filter();
  }
  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hay = r => r.hay ??= `${r.ref}\n${r.witness}\n${r.by}\n${r.text}`.toLowerCase();
    shown = all.filter(r => (!fate.value || r.fate === fate.value) && (!source.value || sourceOf(r.ref) === source.value) && words.every(word => hay(r).includes(word)));
    none.hidden = shown.length > 0;
    const has = words.length ? `has "${search.value.trim()}" in its ref, witness or text` : 'is left';
    const others = data.removed.total > all.length ? ` ${number(data.removed.total - all.length)} others are in the provenance alone.` : '';
    none.textContent = `None of the ${number(all.length)} records of this table ${has}${fate.value ? `, is ${fate.value}` : ''}${
      source.value ? `, of ${short(source.value)}` : ''}.${others}`;
    if (order) shown.sort((a, b) => (a[order] < b[order] ? -1 : a[order] > b[order] ? 1 : 0) * (down ? -1 : 1));
    pages.reset();
  }
  showRemovedFor = witness => {
    search.value = witness;
    fate.value = source.value = '';
    filter();
    document.getElementById('removed-records').scrollIntoView();
    search.focus({preventScroll: true});
  };
  function open(row, button, r) {
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) return row.nextSibling.remove();
    const isSet = r.fate === 'contaminated';
    const comparison = pair(`${isSet ? 'evaluation record' : 'kept'}: ${r.witness}`, isSet ? '' : r.whole ? r.witnessText : '', `removed: ${r.ref}`, r.text);
    if (isSet) comparison.firstChild.lastChild.textContent = '(texts of evaluation sets are not in this page)';
    row.after(el('tr', {class: 'detail'}, el('td', {colspan: columns.length}, comparison)));
  }
  // The rows that are shown, all pages of them, as a file.
  function save(name, type, text) {
    const link = el('a', {href: URL.createObjectURL(new Blob([text], {type})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const fields = r => ({ref: r.ref, fate: r.fate, similarity: r.similarity, witness: r.witness, by: r.by, text: r.text, witness_text: r.witnessText});
  const quoted = value => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const saveJson = () => save('removed.jsonl', 'application/jsonl', shown.map(r => JSON.stringify(fields(r)) + '\n').join(''));
  const csv = rows => rows.map(row => row.map(quoted).join(',') + '\r\n').join('');
  const saveCsv = () => save('removed.csv', 'text/csv', csv([Object.keys(fields(all[0])), ...shown.map(r => Object.values(fields(r)))]));
  const pages = pager(size, () => shown.length, (from, end) => body.replaceChildren(...shown.slice(from, end).map(r => {
    const button = el('button', {type: 'button', 'aria-label': `Compare ${r.ref} with ${r.witness}`, 'aria-expanded': 'false', onclick: () => open(row, button, r)}, short(r.ref));
    const row = el('tr', {}, el('th', {scope: 'row', class: 'text'}, button),
      ...[groundsOf(r.fate, r.by), r.similarity === null ? '' : r.similarity.toFixed(4), short(r.witness), r.text.length > 120 ? r.text.slice(0, 120) + '…' : r.text]
        .map((words, i) => el('td', {class: 'text', 'data-name': columns[i + 1][1]}, words)));
    return row;
  })));
  const listed = all.length < data.removed.total ? `${number(all.length)} of ${number(data.removed.total)}, drawn evenly; all are in the provenance. ` : '';
  const cut = numWhole < all.length ? `${number(numWhole)} of them, drawn evenly, have their texts (the first 1,200 bytes), the others the first 100 bytes, as far as they are at hand. `
    : 'Texts are the first 1,200 bytes. ';
  section('Removed records', `${listed}${cut}A record opens beside the one that it was removed for, word by word. What is searched and chosen can be saved.`,
    el('div', {class: 'tools'}, search, fate, sources.length > 1 ? source : [], pages.bar,
      el('button', {type: 'button', onclick: saveCsv}, 'Save as CSV'), el('button', {type: 'button', onclick: saveJson}, 'as JSONL')), none,
    el('div', {class: 'scroll'}, el('table', {id: 'removed', class: 'cards sorted'}, el('thead', {}, el('tr', {}, heads)), body)));
  pages.reset();
})();

// --- rejected
(function rejected() {
  const reasons = Object.entries(report.ledger.reasons).filter(([, n]) => n > 0);
  if (!reasons.length) return;
  section('Rejected', '', table(['reason', 'records'], reasons.map(([name, n]) => [name, number(n)])));
  if (data.hides_rejected) main.lastChild.append(el('p', {}, 'Under --pii no text of a rejected record is shown: it may hold what was to be taken out.'));
  if (!data.rejected.rows.length) return;
  main.lastChild.append(el('p', {}, data.rejected.rows.length < data.rejected.total ? `${number(data.rejected.rows.length)} of ${number(data.rejected.total)}, drawn evenly.` : ''),
    table(['record', 'reason', 'line', 'beginning'], data.rejected.rows.map(([code, reason, line, text]) =>
      [short(fullRef(code)), reason, number(line), (reason === 'too_long' && text ? '... ' : '') + text]), [0, 1, 3]));
})();
