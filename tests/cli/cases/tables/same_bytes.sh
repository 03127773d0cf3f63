# Threads, batches, memory, pipes and files: the same bytes, of what is written as a table, too.
tables
cp -r "$TABLES/reviews" data
unecho clean -q data/* -o want.jsonl --provenance want.provenance
unecho clean -q data/* --as input -o want.parquet
for options in "--threads 1" "--threads 2" "--threads 8" "--batch-size 1KiB" "--batch-size 1KiB --threads 7" "--memory 256MiB"; do
  unecho clean -q $options data/* -o got.jsonl -f --provenance got.provenance
  same want.jsonl got.jsonl
  same want.provenance got.provenance
  unecho clean -q $options data/* --as input -o got.parquet -f
  same want.parquet got.parquet
done
# Through a pipe, by way of a file without a name in the folder of --tmpdir.
mkdir here
one=data/train-00000-of-00002.parquet
unecho clean -q "$one" >want
cat "$one" | unecho clean -q --tmpdir here | cmp - want
unecho clean -q <"$one" | cmp - want
unecho clean -q <(cat "$one") | cmp - want
cat "$one" | unecho clean -q --keep longest | cmp - <(unecho clean -q --keep longest "$one")
equal "" "$(ls here)"
cat "$one" | { expect_exit 1 unecho clean -q --tmpdir nowhere; }
says stderr "--tmpdir"
cat "$TABLES/types_stream.arrow" | unecho segment -q --layout lines --as input | cmp - "$TABLES/types_arrow.jsonl"
