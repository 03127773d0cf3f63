# Whoever names an output like a packed file gets one: the same text, the same bytes from any number of threads.
awk 'BEGIN { srand(7); for (i = 0; i < 9000; ++i) { s = ""; for (j = 0; j < 30; ++j) s = s " " int(rand() * 100000); print "{\"text\": \"record " i s "\"}" } }' >in.jsonl
printf '{"text": "a b c d e f"}\n{"text": "A b c d e f."}\n{"text": ""}\n' >>in.jsonl
unecho clean -q in.jsonl -o corpus.jsonl --provenance p.jsonl --rejects r.jsonl --removed d.jsonl --report r.json
unpacked() {
  case $1 in
    *.gz) gzip -dc <"$1" ;;
    *.bz2) bzip2 -dc <"$1" ;;
    *.xz) xz -dc <"$1" ;;
    *.lz4) lz4 -dc <"$1" 2>>noise ;;
    *.zst | *.zstd) zstd -dc <"$1" 2>>noise ;;
  esac
}
for end in gz bz2 xz lz4 zst zstd; do
  mkdir $end $end.8
  files() { echo "-o $1/c.jsonl.$end --provenance $1/p.jsonl.$end --rejects $1/r.jsonl.$end --removed $1/d.jsonl.$end"; }
  unecho clean -q -j 1 in.jsonl $(files $end) --report $end/r.json.$end
  unecho clean -q -j 8 --batch-size 20KiB in.jsonl $(files $end.8)
  for file in c p r d; do same $end/$file.jsonl.$end $end.8/$file.jsonl.$end; done
  unpacked $end/c.jsonl.$end | cmp - corpus.jsonl
  unpacked $end/p.jsonl.$end | cmp - p.jsonl
  unpacked $end/r.jsonl.$end | cmp - r.jsonl
  unpacked $end/d.jsonl.$end | cmp - d.jsonl
  # What unecho writes it reads.
  unecho audit in.jsonl --provenance $end/p.jsonl.$end --corpus $end/c.jsonl.$end --rejects $end/r.jsonl.$end \
    --removed $end/d.jsonl.$end --report $end/r.json.$end >/dev/null 2>audited || { cat audited >&2; fail "audit of .$end"; }
  unecho stats $end/p.jsonl.$end >stats
  says stats 9003
  unecho explain in.jsonl#9002 --provenance $end/p.jsonl.$end in.jsonl >story
  says story in.jsonl#9001
  equal 9001 "$(unecho clean $end/c.jsonl.$end -q | wc -l)" "records of the packed corpus"
done
# One frame: readers that stop behind the first read all of it.
equal 1 "$(zstd -lv zst/c.jsonl.zst 2>&1 | sed -n 's/.*Frames: *//p; s/.*# Zstandard Frames: *//p' | head -1)" "frames"
# A page too.
unecho clean -q in.jsonl -o - --report page.html.gz >/dev/null
gzip -dc page.html.gz | sed -n 1p | grep -qi '<!doctype html>' || fail "page.html.gz is no page"
# Nothing is a valid file of nothing.
printf '' | unecho clean -q -o empty.gz
equal 0 "$(gzip -dc empty.gz | wc -c)" "bytes"
# Sources are written packed as they are packed.
mkdir dumps
printf '{"text": "one two three four five"}\n' >dumps/a.jsonl
printf '{"text": "six seven eight nine ten"}\n' | gzip >dumps/a.jsonl.gz
printf '{"text": "eleven twelve thirteen"}\n' | zstd -q >dumps/b.jsonl.zst
unecho clean -q dumps --output-dir out --provenance out.jsonl --report out.json
equal "a.jsonl a.jsonl.gz b.jsonl.zst" "$(ls out | tr '\n' ' ' | sed 's/ $//')" "names"
same dumps/a.jsonl out/a.jsonl
for file in a.jsonl.gz b.jsonl.zst; do cmp <(unpacked dumps/$file) <(unpacked out/$file); done
unecho audit dumps --provenance out.jsonl --report out.json --corpus out -q
# What cannot be written is said before anything is.
try() { expect_exit 1 unecho clean -q in.jsonl "$@"; says stderr "$2" "$message"; absent "$2"; }
message="no archive" try -o x.zip
message="no archive" try -o x.tar.gz
message="no archive" try -o x.TGZ
message="not as .br" try -o x.jsonl.br
message="not as .lzma" try --provenance p2.lzma
# Objects in a file that is named after another form.
printf 'title,text\na,Rain fell.\n' >rows.csv
expect_exit 1 unecho clean -q rows.csv -o as_rows.csv.gz
says stderr "as_rows.csv.gz: what is in it would be JSON objects, a line each, and no .csv: --as input writes"
expect_exit 1 unecho clean -q in.jsonl -o in.csv
says stderr "in.csv: JSON lines stay as they came, and are no .csv: name it FILE.jsonl, or FILE.parquet"
absent as_rows.csv.gz in.csv
for right in "rows.csv --as input -o right.csv" "rows.csv -o right.jsonl" "rows.csv --layout lines -o lines.csv"; do
  unecho clean -q $right 2>err
  equal "" "$(cat err)" "$right"
done
# A disk that is full and a reader that has gone are what they are of other files.
ln -s /dev/full full.gz
expect_exit 1 unecho clean -q in.jsonl -o full.gz
says stderr "full.gz" "No space left"
mkfifo pipe.zst
head -c 10 <pipe.zst >/dev/null &
expect_exit 141 unecho clean -q in.jsonl -o pipe.zst
wait
