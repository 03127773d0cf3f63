# A run whose user says nothing of sameness compares works where all inputs are bibliographies, says so, and gives the
# same bytes from files, pipes and archives.
ris() { printf 'TY  - JOUR\nTI  - Sea fog and the sleep of harbour cats\nAU  - Alund, Marta\nPY  - %s\nJO  - J Coast Med\nVL  - %s\nSP  - 3\nER  - \n\n' "$@"; }
{ ris 2011 12; ris 2015 16; } >a.ris
printf '@article{a1, title = {Sea Fog and the Sleep of Harbor Cats}, author = {Alund, M.}, journal = {J. Coast. Med.}, year = 2011, volume = 12, pages = {3--9}}\n' >b.bib
printf 'Title,Authors,Year,Source title,Volume,DOI\nSea fog & the sleep of harbour cats,"Alund, M.",2015,J Coast Med,16,\n' >c.csv
printf '[{"type":"article-journal","title":"Sea fog and the sleep of harbour cats","author":[{"family":"Alund","given":"M"}],"issued":{"date-parts":[[2011]]},"container-title":"J Coast Med","volume":"12","page":"3"}]\n' >d.json
: >empty.ris
said='bibliographies (a.ris: ris): works are compared by their fields; by --compare words, their texts'
unecho clean a.ris b.bib c.csv d.json -o works.jsonl --provenance p --report r.json 2>err
equal "$said" "$(head -n 1 err)" "what is said"
equal "works 2" "$(jq -r .parameters.compare r.json) $(wc -l <works.jsonl)" "works"
unecho audit -q --recall --provenance p --corpus works.jsonl a.ris b.bib c.csv d.json
unecho audit -q --recall --report r.json --provenance p --corpus works.jsonl
unecho explain 'b.bib#1' --provenance p a.ris b.bib c.csv d.json | grep -q '^ *volume' || fail "explain"
unecho explain 'b.bib#1' --provenance p | grep -q '^ *volume' || fail "explain without inputs"
# An option that says what is the same has its say, and --keep does not.
for option in "--compare words" "--threshold 0.8" "--shingle 4" "--key title" "--ignore numbers" "--differ year"; do
  unecho clean $option a.ris -o o.jsonl -f --report r2.json 2>err
  ! grep -q bibliograph err || fail "$option: $(cat err)"
  jq -e '.parameters | has("compare") | not' r2.json >/dev/null || fail "$option"
done
unecho clean --keep longest a.ris b.bib -o o.jsonl -f 2>&1 | grep -q '^bibliographies' || fail "--keep"
# Pipes, archives, a pipe that stalls, several pipes, a deferred run.
cat a.ris | unecho clean -q --stdin-name a.ris - b.bib c.csv d.json | cmp - works.jsonl
{ head -c 100 a.ris; sleep 0.1; tail -c +101 a.ris; } | unecho clean -q --batch-size 1KiB --stdin-name a.ris - b.bib c.csv d.json | cmp - works.jsonl
gzip -k a.ris
cat a.ris.gz | unecho clean -q --stdin-name a.ris - b.bib c.csv d.json | cmp - works.jsonl
for keep in first longest; do
  unecho clean -q --keep $keep a.ris b.bib c.csv -o files
  unecho clean -q --keep $keep <(cat a.ris) <(cat b.bib) <(cat c.csv) | sed 's|"ref":"[^#]*#|"ref":"#|' >pipes
  sed 's|"ref":"[^#]*#|"ref":"#|' files | cmp - pipes
  rm files
done
unecho clean -q empty.ris a.ris b.bib | wc -l | grep -qx 2 || fail "an empty file"
for first in empty.ris "empty.ris empty.ris"; do
  cat a.ris | unecho clean -q --stdin-name a.ris $first - b.bib c.csv d.json | cmp - works.jsonl
  unecho clean -q $first <(cat a.ris) <(cat b.bib) | wc -l | grep -qx 2 || fail "pipes behind $first"
done
unecho audit -q --provenance p --corpus works.jsonl --stdin-name a.ris - b.bib c.csv d.json <a.ris
iconv -t utf-16 a.ris >wide.ris
unecho clean wide.ris -o o.jsonl -f 2>&1 | grep -q '^bibliographies' || fail "UTF-16"
# No bibliographies: an input that is none, corpora of papers, entries of which little is known, tables of other things.
printf 'Some notes on fog.\n' >notes.txt
unecho clean a.ris notes.txt b.bib -o o.jsonl -f 2>err
equal 'texts are compared, for notes.txt is no bibliography; by --compare works all records are compared by their fields' "$(head -n 1 err)" "mixed"
unecho clean notes.txt a.ris b.bib -o o.jsonl -f 2>err
equal 'texts are compared, for notes.txt is no bibliography; by --compare works all records are compared by their fields' "$(head -n 1 err)" "mixed, the other way round"
# A search that found nothing does not speak against it; what unecho has written is a bibliography again.
printf 'Title,Authors,Year,Source title,Volume,DOI\n' >none.csv
printf '\xef\xbb\xbf' >bom.ris
unecho clean -q none.csv bom.ris a.ris b.bib | wc -l | grep -qx 2 || fail "exports without records"
unecho clean -q a.ris -o old.jsonl
unecho clean old.jsonl b.bib c.csv -o o.jsonl -f 2>err
grep -q '^bibliographies (old.jsonl: jsonl)' err || fail "$(cat err)"
equal 2 "$(wc -l <o.jsonl)" "its own output"
unecho clean -q --reference old.jsonl b.bib c.csv | wc -l | grep -qx 0 || fail "a reference that unecho has written"
printf '{"title":"Sea fog","authors":["M. Alund"],"journal":"J","year":2011,"doi":"10.5/1","text":"It was foggy."}\n' >papers.jsonl
printf 'TY  - JOUR\nTI  - Sea fog\nAB  - It was foggy.\nER  - \n' >bare.ris
printf 'title,author,source,date\nSea fog,Alund,The Times,2011-01-03\n' >news.csv
for file in notes.txt papers.jsonl bare.ris news.csv; do
  unecho clean $file -o o.jsonl -f 2>err
  ! grep -q bibliograph err || fail "$file: $(cat err)"
done
# A pipe behind the first input cannot be looked at before.
for option in "" "--threads 1 --keep last"; do
  code=0
  unecho clean -q $option a.ris <(cat notes.txt) -o none.jsonl 2>err || code=$?
  equal 1 $code "$option: exit code"
  grep -q 'no bibliography (.*give --compare works (all records by their fields) or --compare words (by their texts)' err || fail "$(cat err)"
  [ ! -e none.jsonl ] || fail "an output"
done
# What is wrong with the first input is said as ever.
head -c 60 a.ris.gz >cut.gz
code=0
cat cut.gz | unecho clean -q - -o none.jsonl 2>err || code=$?
equal 1 $code "a truncated pipe"
grep -q 'ends in the middle of its gzip data, after 60 bytes' err || fail "$(cat err)"
