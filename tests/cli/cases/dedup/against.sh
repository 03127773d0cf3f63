# Evaluation sets by commas and again, as JSONL, lines and compressed; every kind of contamination, in every order of keeping.
cat >eval.jsonl <<'END'
{"question": "What is the capital of the country in which the river that flows through Vienna ends at last?", "answer": "Bucharest"}
{"question": "The quick brown fox jumps over the lazy dog", "answer": null}
{"question": "too short", "answer": ""}
END
cat >poem.txt <<'END'
Whose woods these are I think I know his house is in the village though
END
gzip poem.txt
cat >in.jsonl <<'END'
{"text": "A quiz: what is the capital of the country in which the river that flows through Vienna ends, at last? Nobody knew."}
{"text": "Say 'the quick brown fox jumps over the lazy DOG' again, and once more, and then say it with a cat in it for a change"}
{"text": "Too short."}
{"text": "too short, but not much else"}
{"text": "the quick brown fox jumps over the lazy cat"}
{"text": "He said that his house is in the village though, whose woods these are I think he did not know"}
{"text": "Whose woods these are, I think I know; his house is in the village. Though what follows is another poem altogether now."}
{"text": "A quiz: what is the capital of the country in which the river that flows through Vienna ends, at last? Nobody knew it."}
END
run() {
  unecho dedup -f -q in.jsonl -o corpus.jsonl --provenance provenance.jsonl --report report.json \
    --against eval.jsonl,poem.txt.gz --against-fields question "$@"
  unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
}
run
cut -d, -f6- provenance.jsonl
jq -c '.against[], .overlap[], .ledger.records' report.json
cp provenance.jsonl want
run --exact-join
same want provenance.jsonl
run --keep last
same want provenance.jsonl
run --annotate
same want provenance.jsonl
unecho dedup -f -q in.jsonl --against eval.jsonl --against poem.txt.gz --against-fields question --provenance provenance.jsonl >corpus.jsonl
same want provenance.jsonl
# Without the sets the audit cannot believe it; with others it finds what is wrong.
expect_exit 1 unecho audit --provenance provenance.jsonl in.jsonl
says stderr "name them with --against"
expect_exit 1 unecho audit --provenance provenance.jsonl --against poem.txt.gz in.jsonl
says stderr "is no record of the evaluation sets"
