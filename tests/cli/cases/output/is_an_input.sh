# Refused before anything is read or written.
dumps
cp dumps/page_1.txt before
got=0
unecho clean -q dumps/*.txt -o dumps/page_1.txt 2>stderr || got=$?
[ "$got" -eq 1 ] || [ "$got" -eq 2 ] || fail "exit code $got"
says stderr dumps/page_1.txt
same before dumps/page_1.txt
ln dumps/page_2.txt link
! unecho clean -q dumps/*.txt --provenance link 2>stderr || fail "an input under another name was accepted as an output"
# Nor does --force make any command write over what it reads.
unecho clean -q dumps --report run.json --provenance run.jsonl -o corpus.jsonl
for file in dumps/page_1.txt run.json run.jsonl; do
  cp "$file" before
  expect_exit 1 unecho report run.json --provenance run.jsonl -f -o "$file"
  says stderr "$file" "is also an input"
  same before "$file"
done
cp dumps/page_1.txt before
expect_exit 1 unecho tune dumps/page_1.txt -f --report dumps/page_1.txt
expect_exit 1 unecho clean dumps/page_1.txt -f -o other.jsonl --report dumps/page_1.txt
cp dumps/page_1.txt page.html
expect_exit 1 unecho clean page.html --layout page -f -o other.jsonl --report page.html
same before page.html
same before dumps/page_1.txt
# Whatever they are called, no two outputs are one file, and no output is an input: standard input and output, too.
printf 'one line\nand another\n' >in.txt
ln -s elsewhere symlink
for second in ./out.txt "$PWD/out.txt"; do
  expect_exit 1 unecho clean -q in.txt -o out.txt --provenance "$second"
  says stderr "are one file"
done
expect_exit 1 unecho clean -q in.txt -o symlink --provenance elsewhere
got=0
unecho clean -q in.txt --provenance /dev/stdout >both 2>stderr || got=$?
equal 1 $got "exit code: corpus and provenance into standard output"
got=0
unecho clean -q in.txt >>in.txt 2>stderr || got=$?
equal 1 $got "exit code: into the input"
says stderr "standard output is also an input"
got=0
unecho clean -q -f -o in.txt <in.txt 2>stderr || got=$?
equal 1 $got "exit code: onto standard input"
says stderr "is also an input"
equal 2 "$(wc -l <in.txt)" "lines of the input"
for file in out.txt elsewhere; do absent $file; done
