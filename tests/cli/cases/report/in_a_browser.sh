# What a browser makes of the page: it renders, says nothing on the console, and search, sort, the diff and the themes work.
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$browser" ] || skip "no Chromium here"
dumps
unecho clean -q dumps -o corpus.jsonl --provenance provenance.jsonl --report report.json
unecho tune -q dumps --report tune.json >/dev/null
unecho report report.json --provenance provenance.jsonl --tune tune.json -o page.html
cat >probe.js <<'END'
<script>
const say = words => document.body.append(Object.assign(document.createElement('pre'), {className: 'probe', textContent: words}));
if (window.failures.length) say('errors: ' + window.failures.join('; '));
const rows = () => [...document.querySelectorAll('#removed tbody tr')].map(row => row.children[0].textContent);
say('sections: ' + [...document.querySelectorAll('h2')].map(h => h.textContent).join(', '));
say('charts: ' + document.querySelectorAll('svg[role=img]').length);
say('rows: ' + rows().length);
const search = document.getElementById('search');
search.value = 'page_2.txt#16';
search.dispatchEvent(new Event('input'));
say('found: ' + rows().join(', '));
search.value = 'no such words';
search.dispatchEvent(new Event('input'));
say('nothing found: ' + document.getElementById('none').textContent);
search.value = 'SNOW page_3.txt';
search.dispatchEvent(new Event('input'));
say('of several words: ' + rows().join(', '));
search.value = '';
search.dispatchEvent(new Event('input'));
for (const [label, value] of [['Fate', 'near'], ['Source', 'dumps/page_3.txt']]) {
  const choice = document.querySelector(`select[aria-label=${label}]`);
  choice.value = value;
  choice.dispatchEvent(new Event('change'));
  say(`${label} ${value}: ` + rows().length);
}
for (const choice of document.querySelectorAll('select')) choice.value = '';
search.dispatchEvent(new Event('input'));
say('links that lead nowhere: ' + [...document.querySelectorAll('#sections a')].filter(a => !document.querySelector(a.getAttribute('href'))).length);
say('title: ' + document.title.replace(/[0-9]{4}-.*/, 'DATE'));
let saved = '';
window.Blob = class { constructor(parts) { saved = parts[0]; } };
URL.createObjectURL = () => '#';
for (const save of [...document.querySelectorAll('.tools button')].filter(button => /CSV|JSONL/.test(button.textContent))) {
  save.click();
  say('saved: ' + saved.split('\n').length + ' lines, ' + saved.slice(0, 30));
}
const sort = document.querySelectorAll('#removed th button')[2];
sort.click();
say('least similar: ' + rows()[0] + ', ' + sort.parentNode.getAttribute('aria-sort'));
sort.click();
say('most similar: ' + sort.parentNode.getAttribute('aria-sort'));
sort.click();
const button = document.querySelector('#removed tbody button'), expanded = () => button.getAttribute('aria-expanded');
say('closed: ' + expanded());
button.click();
say('open: ' + expanded());
say('diff: ' + document.querySelectorAll('.detail ins').length + ' words added, ' + document.querySelectorAll('.detail del').length + ' taken out');
for (const fold of document.querySelectorAll('details.threshold, #groups-list details')) fold.open = true;
setTimeout(() => {
  say('thresholds: ' + document.querySelectorAll('details.threshold').length + ', ' + document.querySelectorAll('details.threshold ins').length + ' words');
  const group = document.querySelector('#groups-list details');
  say('group: ' + group.querySelector('summary').textContent + ': ' + [...group.querySelectorAll('.group b')].map(b => b.textContent).join(', '));
  say('in copies: ' + document.querySelectorAll('.group ins').length + ' words, ' + document.querySelectorAll('.group .note').length + ' notes');
  const find = document.getElementById('search-groups'), folds = () => document.querySelectorAll('#groups-list details').length;
  find.value = 'snow depth';
  find.dispatchEvent(new Event('input'));
  say('groups found: ' + folds());
  find.value = 'no such words';
  find.dispatchEvent(new Event('input'));
  say('no group found: ' + folds() + ', ' + document.getElementById('no-group').textContent);
  find.value = '';
  find.dispatchEvent(new Event('input'));
  const [back, next] = find.parentNode.querySelectorAll('button');
  next.click();
  say('next page of groups: ' + folds() + ', ' + find.parentNode.querySelector('[role=status]').textContent + ', ' + back.disabled + ', ' + next.disabled);
}, 100);
button.click();
say('closed again: ' + expanded() + ', ' + document.querySelectorAll('.detail').length + ' left');
const bare = [...document.querySelectorAll('tbody tr')].filter(row => row.firstChild.matches('th[scope=row]') === false);
say('rows without a head: ' + bare.length);
const before = document.documentElement.dataset.theme;
document.getElementById('theme').click();
say('themes: ' + [before, document.documentElement.dataset.theme].sort().join(', '));
</script>
END
# probed PAGE PROBE: what the probe says in the page.
probed() {
  local width=${3-1400}
  sed -e 's|<head>|<head><script>window.failures = []; window.onerror = m => failures.push(m); console.error = console.warn = m => failures.push(m);</script>|' \
    -e "/<\/body>/{r $2
N}" "$1" >probed.html
  "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --virtual-time-budget=5000 --window-size="$width,900" --dump-dom "file://$PWD/probed.html" >dom.html 2>browser.log ||
    { rm -rf profile; skip "Chromium does not run here: $(tail -n 1 browser.log)"; }
  rm -rf profile
  grep -o '<pre class="probe">[^<]*' dom.html | sed 's/.*>//'
}
probed page.html probe.js

# On a narrow screen nothing is beside it, whatever is open.
cat >narrow.js <<'END'
<script>
const say = words => document.body.append(Object.assign(document.createElement('pre'), {className: 'probe', textContent: words}));
if (window.failures.length) say('errors: ' + window.failures.join('; '));
for (const fold of document.querySelectorAll('details')) fold.open = true;
for (const button of document.querySelectorAll('#removed tbody button')) button.click();
setTimeout(() => {
  const wide = document.documentElement.clientWidth;
  const beside = [...document.querySelectorAll('main *')].filter(node => !node.closest('.scroll, svg') && node.getBoundingClientRect().right > wide);
  say(`narrow: ${wide < 720}, beside the screen: ${beside.length}, ${document.documentElement.scrollWidth > wide}`);
  const [kept, removed] = document.querySelector('.pair').children;
  say('one below the other: ' + (removed.getBoundingClientRect().top >= kept.getBoundingClientRect().bottom));
}, 100);
</script>
END
probed page.html narrow.js 390

# Many sources, many columns of the overlap: the page stays small, and says what it has summed up.
mkdir many
for i in $(seq 10000); do
  echo "{\"text\":\"the first sentence of story $((i % 5000)) is told by $((i % 5000)) people out of $((i % 5000)) of them all\"}" >"many/a_source_that_has_a_name_of_its_own_$i.jsonl"
done
for i in $(seq 300); do echo "{\"text\":\"yet another story, of number $i and only of $i, in the largest of them all\"}"; done >many/large.jsonl
unecho dedup -q many --report many.html >many.corpus
[ "$(wc -c <many.html)" -lt 2000000 ] || fail "a page of $(wc -c <many.html) bytes"
cat >probe.js <<'END'
<script>
const say = words => document.body.append(Object.assign(document.createElement('pre'), {className: 'probe', textContent: words}));
if (window.failures.length) say('errors: ' + window.failures.join('; '));
for (const id of ['sources', 'overlap']) {
  say(document.querySelector(`section[aria-labelledby=${id}] > p`).textContent);
  say(`${document.querySelectorAll(`section[aria-labelledby=${id}] tbody tr`).length} rows, the last: ${[...document.querySelectorAll(`section[aria-labelledby=${id}] tbody tr:last-child > *`)].map(c => c.textContent).join(' ').trim()}`);
}
say('flow: ' + [...document.querySelectorAll('svg text')].slice(0, 12).map(t => t.textContent).filter(t => /large|more/.test(t)).join(', '));
</script>
END
probed many.html probe.js
probed many.html narrow.js 390

# Other policies and evaluation sets: captions and heads say what happened.
jq -c '{text: (.title + " " + .text)}' corpus.jsonl | sed -n '3p;40p' >set.jsonl
unecho clean -q -f dumps --keep last --against set.jsonl --report last.html >/dev/null
cat >probe.js <<'END'
<script>
const say = words => document.body.append(Object.assign(document.createElement('pre'), {className: 'probe', textContent: words}));
if (window.failures.length) say('errors: ' + window.failures.join('; '));
say(document.querySelector('section[aria-labelledby=snapshots] > p').textContent);
for (const row of document.querySelectorAll('section[aria-labelledby=snapshots] tr')) say([...row.children].map(c => c.textContent).join(' | '));
const row = [...document.querySelectorAll('#removed tbody tr')].find(row => row.children[1].textContent === 'contaminated');
row.querySelector('button').click();
for (const head of row.nextSibling.querySelectorAll('b')) say(head.textContent);
say(document.querySelector('section[aria-labelledby=overlap] > p').textContent);
</script>
END
probed last.html probe.js
