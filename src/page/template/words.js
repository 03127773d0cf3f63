'use strict';
// The data of the page, and what all sections are made with.
const data = JSON.parse(document.getElementById('data').textContent);
const report = data.report, run = report.run || {}, records = report.ledger.records, main = document.getElementById('main');
const numSources = data.sources.rows.length + data.sources.rest.sources;
const FATES = ['kept', 'exact', 'near', 'contaminated', 'reference', 'rejected']
  .filter(fate => !['contaminated', 'reference'].includes(fate) || records[fate] > 0);

// Names without the folders that all sources have in common.
const common = data.sources.common;
const short = name => common && name.startsWith(common) ? name.slice(common.length) : name;
// The end of a path says more than its beginning.
const elide = (name, most) => name.length <= most ? name : `${name.slice(0, Math.floor(most / 3))}…${name.slice(-Math.ceil(most * 2 / 3))}`;
// Several names, each cut to what tells it from the others: without the ending that all have.
function brief(names, most) {
  if (names.length < 2 || names.every(name => name.length <= most)) return names.map(name => elide(name, most));
  const least = Math.min(...names.map(name => name.length));
  let ending = 0;
  while (ending < least && names.every(name => name.at(-1 - ending) === names[0].at(-1 - ending))) ++ending;
  return names.map(name => {
    const end = Math.min(name.length, Math.max(name.length - ending, most)), begin = Math.max(0, end - most);
    return (begin > 0 ? '…' : '') + name.slice(begin, end) + (end < name.length ? '…' : '');
  });
}
// "3#17" in the data: record 17 of the fourth of its names.
function fullRef(code) {
  const at = code.lastIndexOf('#');
  return data.names[code.slice(0, at)] + code.slice(at);
}

const unlike = new Set(data.unlike);
const groundsOf = (fate, by) => by ? `${fate}, ${by}` : fate;
let showRemovedFor = null;   // lists the records that were removed for a witness, where any are listed

const number = n => n.toLocaleString('en');
const count = (n, one, many = one + 's') => `${number(n)} ${n === 1 ? one : many}`;
function bytes(n) {
  if (n < 1000) return `${number(n)} B`;
  const units = ['KB', 'MB', 'GB', 'TB', 'PB', 'EB'];
  for (n /= 1000; n >= 999.95 && units.length > 1; n /= 1000) units.shift();
  return `${n.toFixed(1)} ${units[0]}`;
}
const percent = (n, of) => of ? `${(100 * n / of).toFixed(1)} %` : '-';
const show = value => typeof value === 'number' ? (Number.isInteger(value) ? number(value) : String(value))
  : value === null || value === '' || value.length === 0 ? '-' : typeof value === 'boolean' ? (value ? 'yes' : 'no')
  : typeof value !== 'object' ? value : Array.isArray(value) && value.every(each => typeof each !== 'object') ? value.join(', ') : JSON.stringify(value);

// el('td', {class: 'text'}, 'words', node, [node, ...]): all text goes in as text, so nothing in a dump becomes markup.
function el(name, attributes, ...children) {
  const node = name.startsWith('svg:') ? document.createElementNS('http://www.w3.org/2000/svg', name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  for (const child of children.flat(Infinity)) node.append(child);   // a call takes no more than some 100,000 arguments
  return node;
}
function section(title, note, ...children) {
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '');
  main.append(el('section', {'aria-labelledby': id}, el('h2', {id}, title), note ? el('p', {}, note) : [], children));
  document.getElementById('sections').append(el('a', {href: '#' + id}, title));
}
// Where a phone has no room for the columns, a row is a card, and each cell has the name of its column.
function table(head, rows, textColumns = [0], attributes = head.length > 4 ? {class: 'cards'} : {}) {
  const kind = i => textColumns.includes(i) ? {class: 'text'} : {};
  const cellOf = (cell, i) => cell instanceof Node && /^t[hd]$/i.test(cell.tagName) ? cell
    : i === 0 ? el('th', {scope: 'row', ...kind(i)}, cell) : el('td', {'data-name': head[i], ...kind(i)}, cell);
  return el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Table by ${head[0] instanceof Node ? head[0].textContent : head[0]}`}, el('table', attributes,
    el('thead', {}, el('tr', {}, head.map((h, i) => el('th', {scope: 'col', ...kind(i)}, h)))),
    el('tbody', {}, rows.map(row => el('tr', {}, row.map(cellOf))))));
}
const list = object => el('dl', {}, Object.entries(object).flatMap(([key, value]) =>
  [el('dt', {}, key), el('dd', {}, show(value))]));
// The numbers of a chart, for those who read and do not look.
const numbers = (head, rows) => el('details', {class: 'numbers'}, el('summary', {}, 'Numbers'), table(head, rows));

// Pages of a list: {bar, items(), go(by), reset()}; `render` shows what is in turn.
function pager(size, total, render) {
  const state = el('span', {role: 'status', 'aria-live': 'polite'});
  const back = el('button', {type: 'button', onclick: () => turn(-1)}, 'Back');
  const next = el('button', {type: 'button', onclick: () => turn(1)}, 'Next');
  let page = 0;
  const last = () => Math.max(0, Math.ceil(total() / size) - 1);
  function draw() {
    render(page * size, (page + 1) * size);
    back.disabled = page === 0;
    next.disabled = page === last();
    state.textContent = total() ? `${number(page * size + 1)} to ${number(Math.min(total(), (page + 1) * size))} of ${number(total())}` : 'none';
  }
  function turn(by) { page = Math.min(Math.max(0, page + by), last()); draw(); }
  return {bar: [back, next, state], reset() { page = 0; draw(); }};
}

// A table of many rows, in pages; `rest` is the last row of each.
function pagedTable(head, rows, rest, textColumns, size = 25) {
  if (rows.length <= size + 5) return table(head, [...rows, ...rest], textColumns);
  const box = el('div'), pages = pager(size, () => rows.length, (from, end) => box.replaceChildren(table(head, [...rows.slice(from, end), ...rest], textColumns)));
  pages.reset();
  return [box, el('div', {class: 'tools'}, pages.bar)];
}
