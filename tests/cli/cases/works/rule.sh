# What the rule keeps apart, and what not; every record is looked at in the order of the file.
cat >w.jsonl <<'END'
{"title":"Editorial","journal":"Annals of Fog","year":2001,"volume":"3","pages":"1-2"}
{"title":"Editorial","journal":"Annals of Fog","year":2002,"volume":"4","pages":"1-2"}
{"title":"Editorial","journal":"Ann Fog","year":2002,"volume":"4","pages":"1-2"}
{"title":"Lamps of the old harbour. Part I","author":"Vane, R.","journal":"Light","year":1999,"volume":"7","pages":"10-20"}
{"title":"Lamps of the old harbour. Part II","author":"Vane, R.","journal":"Light","year":1999,"volume":"7","pages":"21-30"}
{"title":"Wicks in vitro and their oils","author":"Vane, R.","journal":"Light","year":2003,"volume":"9","pages":"1-8"}
{"title":"Wicks in vivo and their oils","author":"Vane, R.","journal":"Light","year":2003,"volume":"9","pages":"9-15"}
{"title":"Erratum: Wicks in vivo and their oils","author":"Vane, R.","journal":"Light","year":2003,"volume":"9","pages":"201-201"}
{"title":"The book of lamps","author":"Vane, R.","year":1990,"edition":"2nd"}
{"title":"The book of lamps","author":"Vane, R.","year":1990,"edition":"3rd"}
{"title":"The book of lamps","author":"Vane, R.","year":1990,"edition":"2"}
{"title":"Abstracts of the ninth meeting: on glass","author":"Orr, T.","doi":"10.5555/suppl"}
{"title":"Abstracts of the ninth meeting: nothing of the kind","author":"Poe, M.","doi":"10.5555/suppl"}
{"title":"Draughts","author":"Orr, T.","year":2010,"doi":"10.5555/one"}
{"title":"Draughts","author":"Orr, T.","year":2010,"doi":"https://doi.org/10.5555/TWO"}
{"title":"Draughts","author":"Orr, T","year":2010,"doi":"doi:10.5555/one."}
{"title":"","author":"Orr, T.","year":2010,"journal":"Light","volume":"16","pages":"5"}
{"title":"","author":"","year":null}
END
unecho clean -f -q --compare works w.jsonl --provenance p.jsonl --report r.json -o corpus.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus corpus.jsonl
jq -c '[.ordinal, .fate, .reason // .witness, .similarity, (.agree // [] | join(" "))]' p.jsonl
# In another order, with keys and vetoes beside the rule.
for options in '--keep longest' '--keep last' '--keep year:max' '--key doi' '--differ volume' '--within journal' '--mark' '--annotate'; do
  unecho clean -f -q --compare works w.jsonl $options --provenance p.jsonl --report r.json -o corpus.jsonl
  unecho audit -q --recall --report r.json --provenance p.jsonl --corpus corpus.jsonl
  echo "$options: $(jq -r .fate p.jsonl | sort | uniq -c | tr -s ' \n' ' ')"
done
# However it is read.
unecho clean -f -q --compare works w.jsonl --provenance p.jsonl -o corpus.jsonl
for options in '--threads 1' '--threads 5' '--batch-size 1KiB' '--memory 200M'; do
  unecho clean -f -q --compare works w.jsonl $options --provenance q.jsonl -o other.jsonl
  same corpus.jsonl other.jsonl
  same p.jsonl q.jsonl
done
# A lie is found.
sed 's/"agree":\["title"/"agree":["doi"/' p.jsonl >lie.jsonl
unecho audit -q --provenance lie.jsonl --compare works w.jsonl || echo "exit $?"
