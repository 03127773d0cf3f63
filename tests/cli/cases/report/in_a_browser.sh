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
search.value = '';
search.dispatchEvent(new Event('input'));
const sort = document.querySelectorAll('#removed th button')[2];
sort.click();
say('least similar: ' + rows()[0] + ', ' + sort.parentNode.getAttribute('aria-sort'));
sort.click();
say('most similar: ' + sort.parentNode.getAttribute('aria-sort'));
sort.click();
document.querySelector('#removed tbody button').click();
say('diff: ' + document.querySelectorAll('.detail ins').length + ' words added, ' + document.querySelectorAll('.detail del').length + ' taken out');
say('thresholds: ' + document.querySelectorAll('details.threshold').length + ', ' + document.querySelectorAll('details.threshold ins').length + ' words');
const before = document.documentElement.dataset.theme;
document.getElementById('theme').click();
say('themes: ' + [before, document.documentElement.dataset.theme].sort().join(', '));
</script>
END
sed -e 's|<head>|<head><script>window.failures = []; window.onerror = m => failures.push(m); console.error = console.warn = m => failures.push(m);</script>|' \
  -e '/<\/body>/{r probe.js
N}' page.html >probed.html
"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --virtual-time-budget=5000 --dump-dom "file://$PWD/probed.html" >dom.html 2>browser.log ||
  { rm -rf profile; skip "Chromium does not run here: $(tail -n 1 browser.log)"; }
rm -rf profile
grep -o '<pre class="probe">[^<]*' dom.html | sed 's/.*>//'
