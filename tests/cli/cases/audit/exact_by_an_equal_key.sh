# A near record of an equal key that is called exact is a violation, not a crash.
printf '{"title":"Fog","doi":"10.5/a"}\n{"title":"Rain","doi":"10.5/A"}\n' >a.jsonl
unecho clean -q a.jsonl --key doi -o corpus.jsonl --provenance provenance.jsonl
sed -i 's/"near"/"exact"/' provenance.jsonl
unecho audit --key doi --provenance provenance.jsonl --corpus corpus.jsonl a.jsonl 2>&1 || echo "exit code $?"
