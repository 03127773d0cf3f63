# What an option names and only some records have is counted, for each option; sources without it are another matter.
cat >in.jsonl <<'END'
{"title":"A first title about cats","text":"The cat sat on the mat all day long and slept.","date":"2024-01-01","doi":"10.5/a","id":1}
{"title":"Another title about dogs","text":"The dog ran over the hills and far away today.","date":"2024-01-02","doi":"10.5/b"}
{"title":"Another title about dogs","text":"The dog ran over the hills and far away today.","doi":null}
{"title":"","text":""}
END
echo '{"text":"Nothing of all that."}' >none.jsonl
for option in "--keep date:max" "--id-field id" "--key doi" "--key doi,id" "--key doi --key date" "--differ doi" "--within doi"; do
  for more in "" "--threads 4 --batch-size 1KiB" "--annotate"; do
    unecho dedup in.jsonl none.jsonl $option $more -f -o corpus.jsonl 2>stderr
    grep -e '^--[a-z-]* [a-z,]*: [0-9]' stderr >said.now || true
    [ -e "said.$option" ] && same "said.$option" said.now
    cp said.now "said.$option"
  done
  echo "\$ $option"
  cat said.now
done
# Nothing is said where all have it.
unecho dedup in.jsonl --id-field title -f -o corpus.jsonl 2>stderr
! grep -e '--id-field' stderr || fail "all of them have it"
