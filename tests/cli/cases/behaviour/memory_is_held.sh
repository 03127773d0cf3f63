# What a hostile input makes of --memory: the run goes through or ends with a message, and never has much more.
unecho() { command peak peak.txt "$(command -v unecho)" "$@"; }
printf 'a b c\n' | unecho segment -q --layout lines >/dev/null
[ "$(cat peak.txt)" -lt 60 ] || skip "a sanitizer takes memory of its own"
make_hostile in
for file in in/*; do
  case $file in
    *.txt) options=(--layout lines --provenance prov.jsonl --rejects rejects.jsonl) ;;
    in/endless.jsonl) options=(--max-record-bytes 400M) ;;
    *) options=() ;;
  esac
  code=0
  unecho clean -f -q --memory 100M --threads 2 "${options[@]}" "$file" -o corpus.jsonl 2>stderr || code=$?
  [ "$code" -le 1 ] || { cat stderr >&2; fail "$file: exit code $code"; }
  [ "$code" -eq 0 ] || grep -q -e '--memory' -e 'can use none' stderr || { cat stderr >&2; fail "$file: no reason"; }
  [ "$(cat peak.txt)" -le 114 ] || fail "$file: $(cat peak.txt) MiB under --memory 100M"
done

# Nor where the plain code of the definition makes the tokens, and where a value is folded: by ICU, which takes memory
# without operator new.
for options in --exact-join "--exact-join --ignore diacritics" "--exact-join --compare characters" "--key text:fold"; do
  code=0
  unecho clean -f -q --memory 80M --threads 2 $options in/words.jsonl -o corpus.jsonl 2>stderr || code=$?
  [ "$code" -eq 0 ] || says stderr --memory
  [ "$(cat peak.txt)" -le 92 ] || fail "$options: $(cat peak.txt) MiB under --memory 80M"
done

# A text of that length fits; what is written does not depend on how it was run.
for memory in 100M 4G; do
  unecho clean -f -q --memory $memory in/text.jsonl in/letters.txt -o corpus.$memory --provenance prov.$memory
done
same corpus.100M corpus.4G
same prov.100M prov.4G

# What does not fit says where it is, and what to do.
code=0
unecho clean -f -q --memory 100M in/tags.html -o absent.jsonl 2>stderr || code=$?
equal 1 $code "exit code"
says stderr in/tags.html --memory --max-record-bytes too_long
absent absent.jsonl
unecho clean -f -q --memory 100M --max-record-bytes 1M in/tags.html in/text.jsonl -o corpus.jsonl --rejects rejects.jsonl 2>stderr
equal 2 "$(grep -c too_long rejects.jsonl)" "records that are rejected as too_long"
