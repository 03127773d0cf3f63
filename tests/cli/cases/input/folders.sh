mkdir -p dumps/2024/b dumps/2024/a dumps/.git dumps/empty
echo 'one line of the first' >dumps/2024/a/1.txt
echo 'two lines' | gzip >dumps/2024/b/2.txt.gz
echo 'three' >dumps/2024/b.txt
echo '{"text":"four"}' >dumps/z.jsonl
echo hidden >dumps/.git/config
echo hidden >dumps/2024/.swp
echo part >dumps/2024/.x.unecho-123
ln -s .. dumps/2024/up
ln -s ../2024/b.txt dumps/2024/link.txt
# By path, byte by byte; hidden and temporary files and links to folders left out.
unecho segment -q dumps | jq -r ".ref // .text"
unecho segment -q dumps/ | jq -r .ref | head -n 1
echo --glob
unecho segment -q dumps --glob '*.jsonl' --glob "2024/a/*" | jq -r ".ref // .text"
# The outputs of a run are no inputs of it, nor of the next.
unecho clean -q dumps -o dumps/corpus.jsonl --provenance dumps/provenance.jsonl
unecho clean -q -f dumps -o dumps/corpus.jsonl --provenance dumps/provenance.jsonl
jq -r .source dumps/provenance.jsonl | sort -u
unecho audit -q --provenance dumps/provenance.jsonl --corpus dumps/corpus.jsonl dumps
# What does not work says what would.
says_error() { unecho segment "$@" 2>error >/dev/null && fail "passed: $*"; cat error; }
says_error dumps/empty
says_error dumps --glob '*.pdf'
says_error dumps/z.jsonl --glob '*.jsonl'
rm dumps/2024/.x.unecho-123
