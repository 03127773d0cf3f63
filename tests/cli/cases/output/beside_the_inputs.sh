# What is written where the inputs lie is said: the next run would read it.
dumps
unecho clean dumps -o dumps/corpus.jsonl --provenance dumps/p.jsonl --report out.json 2>stderr
says stderr "dumps/corpus.jsonl is written into dumps, which is read" "dumps/p.jsonl is written into dumps"
! grep -q out.json stderr || fail "a file elsewhere is complained of"
# The run that replaces them does not read them; one that does not name them would.
unecho clean -q -f dumps -o dumps/corpus.jsonl --provenance dumps/p.jsonl --report again.json 2>/dev/null
equal "$(jq -c .sources out.json)" "$(jq -c .sources again.json)" "sources"
# Not: what no walk finds.
for output in dumps/.hidden.jsonl dumps/.h/c.jsonl other.jsonl; do
  mkdir -p dumps/.h
  unecho clean -f dumps --glob '*.txt' -o $output 2>stderr
  ! grep warning stderr || fail "warning about $output"
done
unecho clean -f dumps --glob '*.txt' -o dumps/corpus.jsonl 2>stderr
! grep warning stderr || fail "warning about what --glob leaves out"
# A folder of outputs in one of inputs is refused, however it is called.
for folder in dumps dumps/out ./dumps/../dumps/out "$PWD/dumps/new/er"; do
  expect_exit 1 unecho clean -q dumps --output-dir "$folder"
  says stderr "--output-dir $folder lies in dumps, which is read"
done
absent dumps/out dumps/new
# The shell has emptied it before anybody can say so; it is said all the same.
cp dumps/page_1.txt in.txt
got=0
unecho clean -q in.txt >in.txt 2>stderr || got=$?
equal 1 $got "exit code: onto the input"
says stderr "standard output is also an input"
mkdir few && cp dumps/page_1.txt few
got=0
unecho clean -q few >few/corpus.jsonl 2>stderr || got=$?
equal 1 $got "exit code: into a folder that is read"
says stderr "standard output is also an input"
