# Of bibliographies the page has the numbers for PRISMA, and what was filled in; of other records neither.
printf 'TY  - JOUR\nTI  - Sea fog and the sleep of harbour cats\nAU  - Alund, M.\nPY  - 2011\nER  - \n' >a.ris
printf 'Authors,Title,Year,Source title,Volume\n"Alund, M.",Sea fog and the sleep of harbour cats,2011,J Fog,12\n' >b.csv
shown() { sed -n 's|.*id="data">\(.*\)</script>.*|\1|p' "$1" | jq -c '[.report | (.prisma.identified, .prisma.duplicates_removed, .merged.filled.volume)]'; }
unecho clean -q --compare works --merge a.ris b.csv -o works.jsonl --report works.html
equal '[2,1,1]' "$(shown works.html)" "of works"
for title in 'Numbers for PRISMA' 'Filled in from copies'; do grep -q "section('$title'" works.html || fail "$title"; done
unecho clean -q --compare words a.ris b.csv -o words.jsonl --report words.html
equal '[null,null,null]' "$(shown words.html)" "of texts"
# Of more sources than it lists it says how many others there are.
mkdir many
for i in $(seq 203); do printf 'TY  - JOUR\nTI  - Sea fog and the cats of harbour %s\nAU  - Alund, M.\nPY  - 2011\nER  - \n' "$i" >many/$i.ris; done
unecho clean -q --compare works many -o many.jsonl --report many.html
equal '[200,3,203]' "$(sed -n 's|.*id="data">\(.*\)</script>.*|\1|p' many.html | jq -c '.report.prisma | [(.sources | length), .more_sources, .identified]')" "many sources"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$browser" ] || exit 0
for page in works words; do
  "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --virtual-time-budget=5000 --dump-dom "file://$PWD/$page.html" >$page.dom 2>/dev/null || exit 0
done
grep -q 'id="numbers-for-prisma"' works.dom && grep -q 'id="filled-in-from-copies"' works.dom || fail "the sections are not there"
! grep -q 'id="numbers-for-prisma"\|id="filled-in-from-copies"' words.dom || fail "a section of works is there"
