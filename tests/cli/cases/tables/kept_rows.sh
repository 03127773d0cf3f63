# --as input into Parquet: the kept rows, with the schema and the metadata they came with; and the audit reads them again.
tables
cp -r "$TABLES/reviews" data
rows() { unecho segment -q --layout lines --as input "$@"; }
unecho clean -q data -o corpus.jsonl
unecho clean -q data --as input -o corpus.parquet --provenance provenance.jsonl --report report.json
same corpus.jsonl <(rows corpus.parquet)
equal PAR1 "$(head -c 4 corpus.parquet)"
says corpus.parquet huggingface ARROW:schema
unecho audit -q --recall data --corpus corpus.parquet --provenance provenance.jsonl --report report.json
expect_exit 1 unecho audit -q data --corpus data/train-00000-of-00002.parquet --provenance provenance.jsonl --report report.json

# Every type goes through.
unecho clean -q "$TABLES/types.parquet" --match-fields text --as input -o few.parquet 2>warnings
head -n 1 "$TABLES/types.jsonl" | cmp - <(rows few.parquet)

unecho clean -q "$TABLES/not_by_arrow.parquet" --as input -o other.parquet
says other.parquet origin "made by hand"
! grep -q ARROW:schema other.parquet || fail "a schema of Arrow has come in"

# A folder of shards is one command in, one out.
unecho clean -q -f data --output-dir out --provenance provenance.jsonl --report report.json
equal "train-00000-of-00002.parquet train-00001-of-00002.parquet" "$(ls out | xargs)"
same corpus.jsonl <(rows out)
unecho audit -q data --corpus out --provenance provenance.jsonl --report report.json
# What is clean is left as it is, whatever decides.
unecho clean -q out --keep longest --as input -o again.parquet
same corpus.jsonl <(rows again.parquet)

# No rows, and none that are kept: columns all the same.
unecho clean -q "$TABLES/no_rows.parquet" --as input -o none.parquet
equal "" "$(rows none.parquet)"
cp -r data known
unecho clean -q -f data --reference known --as input -o none.parquet
equal "" "$(rows none.parquet)"
says none.parquet huggingface
unecho clean -q data --reference known --output-dir none
equal "" "$(rows none)"

refused() { expect_exit "$1" unecho clean -q "${@:3}"; says stderr "$2"; absent x.parquet; }
refused 1 "the rows of Parquet files go into a table with --as input" data -o x.parquet
refused 1 "corpus.jsonl is none, or comes through a pipe" corpus.jsonl --as input -o x.parquet
expect_exit 1 unecho clean -q "$TABLES/types.arrow" --output-dir arrows
says stderr "types.arrow: --output-dir writes the kept rows of Parquet files, and this is none; -o FILE.arrow takes the rows of all"
refused 1 "standard input is none, or comes through a pipe" --as input -o x.parquet
refused 1 "its columns are not those of the table before it" data "$TABLES/codecs/zstd.parquet" --as input -o x.parquet
refused 1 "a record is no row" data --layout text --as input -o x.parquet
refused 1 "x.parquet.zst: outputs are lines of text, and not .parquet" data --as input -o x.parquet.zst
refused 1 "x.parquet: the corpus and the provenance may be such a table" data --rejects x.parquet
refused 1 "x.orc: outputs are lines of text, and not .orc" data --as input -o x.orc
