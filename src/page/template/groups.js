// --- groups by their sizes: 2 to 5, then 6 to 10, 11 to 20, 21 to 50, 51 to 100, ...
if (report.group_sizes.some(g => g.records > 1)) {
  const sizes = report.group_sizes.filter(g => g.records > 1), most = sizes[sizes.length - 1].records, bins = [];
  for (const size of [2, 3, 4, 5]) bins.push([size, size]);
  for (let ten = 10; bins[bins.length - 1][1] < most; ten *= 10) for (const end of [ten, 2 * ten, 5 * ten]) bins.push([bins[bins.length - 1][1] + 1, end]);
  while (bins.length > 1 && bins[bins.length - 1][0] > most) bins.pop();
  section('Sizes of groups', 'A group is a kept record and those removed for it. Records without a copy are not in it.', columns(bins.map(([from, end]) => ({
    label: from === end ? number(from) : `${number(from)}–${number(end)}`, parts: [sizes.filter(g => g.records >= from && g.records <= end).reduce((sum, g) => sum + g.groups, 0)]})),
  [{name: 'groups', colour: 'accent'}], {name: 'groups', x: 'records in a group'}));
}

// --- groups: a kept record and all its copies
(function groups() {
  const titles = new Map(report.largest_groups.map(g => [g.witness, g.title]));
  const total = report.group_sizes.reduce((sum, g) => sum + (g.records > 1 ? g.groups : 0), 0);
  if (!data.groups.rows.length) {   // no provenance was given
    if (report.largest_groups.length) {
      section('Groups', 'Those with the most copies; with --provenance they can be looked into.',
        table(['copies', 'kept record', 'title of a copy'], report.largest_groups.map(g => [number(g.copies), short(g.witness), g.title]), [0, 1, 2]));
    }
    return;
  }
  const all = data.groups.rows.map(([code, copies, shown]) => {
    const ref = fullRef(code), text = shown.every(([copy]) => unlike.has(copy)) ? '' : data.texts[code] ?? '';
    const members = shown.map(([copy, fate, similarity, by = '']) => ({ref: fullRef(copy), fate, similarity, by, text: unlike.has(copy) ? '' : data.texts[copy] ?? ''}));
    return {ref, copies, text, members, hay: [ref, text, ...members.flatMap(m => [m.ref, m.text])].join('\n').toLowerCase()};
  });
  let shown = all;
  const box = el('div', {id: 'groups-list'}), none = el('p', {id: 'no-group', role: 'status', hidden: ''});
  const search = el('input', {type: 'search', id: 'search-groups', placeholder: 'Search refs and texts', 'aria-label': 'Search groups', oninput() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = all.filter(g => words.every(word => g.hay.includes(word)));
    none.hidden = shown.length > 0;
    none.textContent = `None of the ${number(all.length)} groups here has "${search.value.trim()}" in its refs or texts.`;
    pages.reset();
  }});
  function card(member, kept) {
    const words = member.similarity === null ? '' : ` · ${member.similarity.toFixed(4)}`;
    const text = !member.text ? '(text not at hand)' : !kept ? member.text
      : kept === member.text ? el('span', {class: 'note'}, '(as the kept one)') : diff(kept, member.text).map(marked);
    return el('div', {}, el('b', {}, short(member.ref)), `\n`, el('span', {class: 'note'}, groundsOf(member.fate, member.by) + words), '\n\n', text);
  }
  function cards(g) {
    const more = g.copies - g.members.length;
    return [el('div', {class: 'group'}, el('div', {class: 'kept'}, el('b', {}, short(g.ref)), '\n', el('span', {class: 'note'}, 'kept'), '\n\n', g.text || '(text not at hand)'),
      g.members.map(member => card(member, g.text))),
    more ? el('p', {}, `And ${count(more, 'copy', 'copies')} more: `, el('button', {type: 'button', onclick: () => showRemovedFor(g.ref)}, 'list those of this page')) : []];
  }
  function fold(g) {
    const node = el('details', {ontoggle: () => { if (node.open && node.children.length === 1) node.append(...cards(g).flat()); }},
      el('summary', {}, el('b', {}, count(g.copies, 'copy', 'copies')), ' ', short(g.ref), ' · ', (g.text.split('\n')[0] || titles.get(g.ref) || '').slice(0, 100)));
    return node;
  }
  const pages = pager(10, () => shown.length, (from, end) => box.replaceChildren(...shown.slice(from, end).map(fold)));
  const most = all.reduce((most, g) => Math.max(most, g.members.length), 0);
  section('Groups', `A kept record and the copies that were removed for it${all.some(g => g.copies > g.members.length) ? `, the first ${most} of each` : ''}, side by side. `
    + 'In a copy, words that only the kept record has are struck, and its own underlined. ' + (all.length < total ? `${number(all.length)} of ${number(total)} groups: the largest, and others drawn evenly.` : ''),
    el('div', {class: 'tools'}, search, pages.bar), none, box);
  pages.reset();
})();
