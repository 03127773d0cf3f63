# Records shorter than a shingle are compared with their symbols: by every flow, and the audit agrees.
cat >short.txt <<'END'
C
C++
C#
c++!
A+
A-
3.5 %
35 %
-5 °C
5 °C
−5 °C
2 > 1
2 < 1
1,000
1000
1.000
OK
ok.
Thanks!!
thanks
don't
Don’t
🙂🙂
🙂
👍
👍
👍🏽
!!!
Nf3
Nf3+
Nf3!
#tag
@tag
x²
x2
END
for how in '' '--exact-join' '--keep longest' '--keep last' '--shingle 3' '--shingle 64'; do
  # shellcheck disable=SC2086
  unecho dedup -f -q --layout lines $how short.txt -o corpus.txt --provenance provenance.jsonl --report report.json
  unecho audit -q --recall --report report.json --provenance provenance.jsonl --corpus corpus.txt
  jq -r .fate provenance.jsonl | sort | uniq -c | awk '{ print $2, $1 }' | paste -sd' '
done
unecho dedup -f -q --layout lines short.txt -o corpus.txt --provenance provenance.jsonl
jq -r 'select(.fate == "exact") | "\(.ref) \(.witness)"' provenance.jsonl
unecho explain 'short.txt#4' --layout lines --provenance provenance.jsonl short.txt | tail -5
