# Tables that are cut off or damaged: an error that says where, and no output; never a crash.
tables
one=$TABLES/reviews/train-00000-of-00002.parquet
size=$(stat -c %s "$one")
for bytes in 5 8 100 $((size / 2)) $((size - 9)) $((size - 1)); do
  head -c "$bytes" "$one" >cut.parquet
  expect_exit 1 unecho clean -q cut.parquet -o out.jsonl
  says stderr "cut.parquet: cannot be read as the table that it begins as"
  absent out.jsonl
done
for file in types.arrow types_stream.arrow; do
  head -c $(($(stat -c %s "$TABLES/$file") / 2)) "$TABLES/$file" >cut.arrow
  expect_exit 1 unecho clean -q cut.arrow -o out.jsonl
  says stderr "cut.arrow: "
done
# A page of the second group. The one before it has been read.
python3 - "$one" <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
pages = [at for at in range(len(data) - 4) if data[at:at + 4] == b"\x28\xb5\x2f\xfd"]
at = pages[len(pages) * 2 // 3] + 8
data[at:at + 16] = bytes(255 - byte for byte in data[at:at + 16])
open("damaged.parquet", "wb").write(data)
END
expect_exit 1 unecho clean -q damaged.parquet -o out.jsonl
says stderr "damaged.parquet: broken in group " " of 3 of its rows, behind row "
absent out.jsonl
unecho clean -q --skip-unreadable cut.parquet "$one" -o skipped.jsonl 2>stderr
unecho clean -q "$one" | cmp - skipped.jsonl
# A byte is another one: whatever that is, it is read or said.
python3 - "$one" "$TABLES/types.parquet" "$TABLES/types.arrow" "$TABLES/types_stream.arrow" <<'END'
import random
import subprocess
import sys
draw = random.Random(1)
for number in range(60):
    path = sys.argv[1 + number % 4]
    data = bytearray(open(path, "rb").read())
    for _ in range(draw.choice((1, 1, 8))):
        data[draw.randrange(8, len(data))] = draw.randrange(256)
    open("other", "wb").write(data)
    run = subprocess.run(["unecho", "segment", "-q", "--layout", "lines", "--as", "input", "other"], capture_output=True)
    if run.returncode not in (0, 1) or (run.returncode == 1) != bool(run.stderr):
        sys.exit(f"{path}, {number}: exit code {run.returncode}\n{run.stderr.decode()}")
END
# Nothing, or a part of the first bytes.
for bytes in 0 3 4; do
  head -c "$bytes" "$one" >cut.parquet
  expect_exit 1 unecho clean -q cut.parquet -o out.jsonl
  says stderr "cut.parquet: is of $bytes bytes, and not what its name says"
done
# By whoever has the keys.
for magic in PAR1 PARE; do
  { printf '%s,\0\0\0' "$magic"; head -c 200 /dev/zero; printf '%s' "$magic"; } >encrypted.parquet
  expect_exit 1 unecho clean -q encrypted.parquet -o out.jsonl
  says stderr "encrypted.parquet: cannot be read as the table that it begins as"
done
