# --as input, read again, gives exactly the records that were kept, whichever were removed: first, last, in between.
text_A='The heron stands in the shallow water and waits for the small silver fish'
text_B='Seven lanterns were hung along the pier before the first boat came home'
text_C='Nobody in the village remembered who had planted the old walnut tree'
# Each layout by head, record I LETTER, between and foot; all without an end of line of their own.
head() { :; }
foot() { printf '\n'; }
between() { printf '\n'; }
text_of() { local name=text_$1; printf %s "${!name}"; }
# made SEQUENCE: a source of these records.
made() {
  local i=0 letter
  head
  for letter in $1; do
    [ $i -eq 0 ] || between
    i=$((i + 1))
    record $i "$letter" "$(text_of "$letter")"
  done
  foot
}
# kept FILE: title and text of what is kept.
kept() { unecho clean -q -f --layout "$layout" "${more[@]}" "$1" -o kept.out --provenance kept.p; jq -Rc 'fromjson? // . | if type == "object" then [.title, .text] else . end' kept.out; }
more=()
# again LAYOUT EXTENSION [LINE_END]
again() {
  layout=$1
  local sequence name
  # What is removed stands in front, in between, at the end.
  for sequence in "${4:-A A B A C C}"; do
    name=again.$2
    made "$sequence" >"$name"
    [ "${3:-}" != crlf ] || { sed 's/$/\r/' "$name" >crlf && mv crlf "$name"; }
    [ "${3:-}" != open ] || { printf %s "$(cat "$name")" >open && mv open "$name"; }
    want=$(kept "$name")
    [ "$(jq -c 'select(.fate == "kept")' kept.p | wc -l)" = "$(printf '%s\n' $sequence | sort -u | wc -l)" ] || fail "$layout, $sequence: records"
    unecho clean -q -f --layout "$layout" "${more[@]}" "$name" --as input -o "as.$2"
    equal "$want" "$(kept "as.$2")" "$layout ${3:-}, $sequence"
    [ -z "$(jq -c 'select(.fate != "kept")' kept.p)" ] || fail "$layout ${3:-}, $sequence: not all are kept"
    [ -z "${3:-}" ] || continue
    unecho clean -q --layout "$layout" "${more[@]}" --threads 1 --batch-size 1KiB --as input <"$name" | cmp - "as.$2" || fail "$layout, $sequence: batches"
  done
}
each() { again "$1" "$2"; again "$1" "$2" open 'B A A'; }

record() { printf '%s' "$3"; }
each lines txt
again lines txt crlf
between() { printf '\n%%\n'; }
each fortunes fortunes
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
each json json
between() { printf ','; }
each json json
head() { printf '{"papers": ['; }
foot() { printf '], "count": 3}\n'; }
each json json
head() { printf '{'; }
foot() { printf '}\n'; }
record() { printf '"k%d": {"title":"%s","text":"%s"}' "$1" "$2" "$3"; }
each json json
record() { printf '{\n "title":"%s",\n "text":"%s"\n}' "$2" "$3"; }
head() { :; }
foot() { printf '\n'; }
between() { printf '\n'; }
each json json

head() { printf '<?xml version="1.0"?>\n<papers>\n'; }
foot() { printf '\n</papers>\n'; }
record() { printf '<paper><title>%s</title><text>%s</text></paper>' "$2" "$3"; }
each xml xml
between() { :; }
each xml xml
between() { printf '\n<!-- next -->\n'; }
each xml xml
head() { printf '<rss version="2.0"><channel><title>News</title>\n'; }
foot() { printf '\n</channel></rss>\n'; }
record() { printf '<item><title>%s</title><description>%s</description></item>' "$2" "$3"; }
each rss xml

foot() { printf '\n'; }
between() { printf '\n'; }
head() { printf 'title,text\n'; }
record() { printf '%s,"%s"' "$2" "$3"; }
each csv csv
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
unecho clean -q --layout fortunes [123].fortunes --as input -f -o all.fortunes
equal 4 "$(unecho clean -q --layout fortunes all.fortunes | wc -l)" "fortunes of three sources"
expect_exit 1 unecho clean --layout fortunes 2.fortunes 1.fortunes --as input -o none
says stderr "1.fortunes" "--output-dir"
printf 'A title of the first\n\n%s.\n' "$text_A" >1.page
printf 'A title of the second\n\n%s.\n' "$text_B" >2.page
unecho clean -q --layout page 1.page 2.page --as input -f -o all.page
equal 2 "$(unecho clean -q --layout page all.page | wc -l)" "pages"
expect_exit 1 unecho clean --layout text 1.page 2.page --as input -o none
says stderr "2.page" "one record" "--output-dir"
absent none
