# --as input, read again, gives exactly the records that were kept, whichever were removed: first, last, in between.
# The audit holds each byte of it.
text_A='The heron stands in the shallow water and waits for the small silver fish'
text_B='Seven lanterns were hung along the pier before the first boat came home'
text_C='Nobody in the village remembered who had planted the old walnut tree'
# Each layout by head, record I LETTER, between and foot; all without an end of line of their own.
head() { :; }
foot() { printf '\n'; }
between() { printf '\n'; }
# made SEQUENCE: a source of these records.
made() {
  local i=0 letter text
  head
  for letter in $1; do
    [ $i -eq 0 ] || between
    i=$((i + 1))
    text=text_$letter
    record $i "$letter" "${!text}"
  done
  foot
}
# kept FILE: what is kept, but for its name.
kept() { unecho clean -q -f --compare words --layout "$layout" "${more[@]}" "$1" --provenance kept.p | sed 's/"ref":"[^"]*",//'; }
# as_input FILE SOURCE...: audited.
as_input() {
  local out=$1
  shift
  unecho clean -q -f --compare words --layout "$layout" "${more[@]}" "$@" --as input -o "$out" --provenance audit.p --report audit.r
  unecho audit -q --report audit.r --provenance audit.p --corpus "$out" || fail "the audit of $layout, $*"
}
more=()
# again LAYOUT EXTENSION [LINE_END]
again() {
  layout=$1
  local sequence name letter
  local -A letters=()
  # What is removed stands in front, in between, at the end.
  for sequence in "${4:-A A B A C C}"; do
    name=again.$2
    for letter in $sequence; do letters[$letter]=1; done
    made "$sequence" >"$name"
    [ "${3:-}" != crlf ] || { sed 's/$/\r/' "$name" >crlf && mv crlf "$name"; }
    [ "${3:-}" != open ] || { printf %s "$(cat "$name")" >open && mv open "$name"; }
    want=$(kept "$name")
    [ "$(grep -c '"fate":"kept"' kept.p)" = ${#letters[@]} ] || fail "$layout, $sequence: records"
    as_input "as.$2" "$name"
    equal "$want" "$(kept "as.$2")" "$layout ${3:-}, $sequence"
    ! grep -v '"fate":"kept"' kept.p || fail "$layout ${3:-}, $sequence: not all are kept"
  done
}
# batches LAYOUT: of a source that is longer than a batch.
batches() {
  made "$(printf 'A B A C %.0s' {1..20})" >long
  unecho clean -q -f --layout "$1" "${more[@]}" long --as input -o as.long
  unecho clean -q --layout "$1" "${more[@]}" --threads 1 --batch-size 1KiB --as input <long | cmp - as.long || fail "$1: batches"
}
each() { again "$1" "$2"; again "$1" "$2" open 'B A A'; }

record() { printf '%s' "$3"; }
each lines txt
again lines txt crlf
between() { printf '\n%%\n'; }
each fortunes fortunes
batches fortunes
again fortunes fortunes crlf
equal "$(printf '%s\n%%\n%s' "$text_A" "$text_B")" "$(made 'A B B' >f; unecho clean -q f --layout fortunes --as input)" "no empty fortune"
foot() { printf '\n%%\n'; }
each fortunes fortunes
between() { printf '\n%%\n%%\n\n%%\n'; }
each fortunes fortunes
between() { printf '\n<|endoftext|>\n'; }
foot() { printf '\n<|endoftext|>\n'; }
each endoftext txt
foot() { printf '\n'; }
more=(--record-separator '^-{5}$')
between() { printf '\n\n-----\n\n'; }
each auto txt
more=(--record-separator '^$')
between() { printf '\n\n\n'; }
each auto txt
more=()

record() { printf '%d\n00:00:0%d,000 --> 00:00:0%d,500\n%s' "$1" "$1" "$1" "$3"; }
between() { printf '\n\n'; }
each srt srt
again srt srt crlf
head() { printf 'WEBVTT\n\n'; }
each srt vtt
head() { :; }

record() { printf 'From a@example.org Mon Mar  3 10:00:0%d 2025\nFrom: a@example.org\nSubject: %s\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n\n%s' "$1" "$2" "$3"; }
each mail mbox
batches mail
again mail mbox crlf

record() { printf -- '- title: %s\n  text: %s' "$2" "$3"; }
between() { printf '\n'; }
each yaml yaml
head() { printf 'papers:\n'; }
record() { printf -- '  - title: %s\n    text: |\n      %s' "$2" "$3"; }
between() { printf '\n\n'; }
each yaml yaml
head() { :; }

record() { printf '{"title":"%s","text":"%s"}' "$2" "$3"; }
each jsonl jsonl
head() { printf '['; }
foot() { printf ']\n'; }
between() { printf ',\n '; }
again json json
batches json
between() { printf ','; }
again json json
head() { printf '{"papers": ['; }
foot() { printf '], "count": 3}\n'; }
again json json
head() { printf '{'; }
foot() { printf '}\n'; }
record() { printf '"k%d": {"title":"%s","text":"%s"}' "$1" "$2" "$3"; }
again json json
record() { printf '{\n "title":"%s",\n "text":"%s"\n}' "$2" "$3"; }
head() { :; }
foot() { printf '\n'; }
between() { printf '\n'; }
again json json

head() { printf '<?xml version="1.0"?>\n<papers>\n'; }
foot() { printf '\n</papers>\n'; }
record() { printf '<paper><title>%s</title><text>%s</text></paper>' "$2" "$3"; }
again xml xml
between() { :; }
again xml xml
between() { printf '\n<!-- next -->\n'; }
again xml xml
head() { printf '<rss version="2.0"><channel><title>News</title>\n'; }
foot() { printf '\n</channel></rss>\n'; }
record() { printf '<item><title>%s</title><description>%s</description></item>' "$2" "$3"; }
again rss xml

foot() { printf '\n'; }
between() { printf '\n'; }
head() { printf 'title,text\n'; }
record() { printf '%s,"%s"' "$2" "$3"; }
each csv csv
batches csv
again csv csv crlf
head() { printf 'title\ttext\n'; }
record() { printf '%s\t%s' "$2" "$3"; }
each csv tsv

head() { :; }
between() { printf '\n\n'; }
record() { printf '@article{k%d,\n  title = {%s},\n  abstract = {%s}\n}' "$1" "$2" "$3"; }
each bibtex bib
record() { printf 'TY  - JOUR\nTI  - %s\nAB  - %s\nER  - ' "$2" "$3"; }
each ris ris
record() { printf 'PMID- %d\nTI  - %s\nAB  - %s' "$1" "$2" "$3"; }
each medline nbib
record() { printf '# Part %s\n\n%s' "$2" "$3"; }
each markdown-titles md
record() { printf 'Title: Part %s\nAbstract: %s' "$2" "$3"; }
each labels txt
between() { printf '\n-----------\n'; }
each labels txt
between() { printf '\n'; }
record() { printf '[12.03.26, 09:14:0%d] Ana: %s' 1 "$3"; }
each chat txt
record() { printf '\\lx %s\n\\ge %s' "$2" "$3"; }
between() { printf '\n\n'; }
each toolbox txt
record() { printf 'Part %s of the Whole Story\n\n%s.' "$2" "$3"; }
each page txt

# Several sources in one file: what parts records parts those of two sources, and where nothing can, it is said.
printf 'one two three\n%%\nfour five six\n' >1.fortunes
printf 'seven eight nine' >2.fortunes
printf 'ten eleven twelve\n%%\none two three\n' >3.fortunes
layout=fortunes more=()
as_input all.fortunes [123].fortunes
equal 4 "$(unecho clean -q --layout fortunes all.fortunes | wc -l)" "fortunes of three sources"
printf 'one two three\n%%\nfour five six\n%%\n' >4.fortunes
as_input all.fortunes 4.fortunes 2.fortunes 1.fortunes 3.fortunes
equal 4 "$(unecho clean -q --layout fortunes all.fortunes | wc -l)" "a ruler behind the last one"
# Rulers that the audit does not find, or finds once more.
grep -vx % all.fortunes >without
printf '%%\n%%\n' | cat - all.fortunes >doubled
for changed in without doubled; do
  expect_exit 1 unecho audit -q --report audit.r --provenance audit.p --corpus $changed
done
expect_exit 1 unecho clean --layout fortunes 2.fortunes 1.fortunes --as input -o none
says stderr "1.fortunes" "--output-dir"
printf 'A title of the first\n\n%s.\n' "$text_A" >1.page
printf 'A title of the second\n\n%s.\n' "$text_B" >2.page
layout=page
as_input all.page 1.page 2.page
equal 2 "$(unecho clean -q --layout page all.page | wc -l)" "pages"
printf '%s\n-----\n%s\n' "$text_A" "$text_B" >1.ruled
printf '%s\n=====\n-----\n\n%s' "$text_C" "$text_A" >2.ruled
layout=auto more=(--record-separator '^(-----|=====)$')
as_input all.ruled 2.ruled 1.ruled
equal 3 "$(unecho clean -q "${more[@]}" all.ruled | wc -l)" "rulers of two kinds"
as_input all.ruled 1.ruled 2.ruled
more=(--record-separator '^$')
printf '%s\n\n%s\n' "$text_A" "$text_B" >1.blank
printf '%s\n\n%s' "$text_C" "$text_A" >2.blank
as_input all.blank 2.blank 1.blank
equal 3 "$(unecho clean -q "${more[@]}" all.blank | wc -l)" "blank lines that are rulers"
more=()
expect_exit 1 unecho clean --layout text 1.page 2.page --as input -o none
says stderr "2.page" "one record" "--output-dir"
absent none
