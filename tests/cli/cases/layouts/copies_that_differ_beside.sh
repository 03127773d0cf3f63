# Exact copies whose other fields tell one thing from another are removed, and the run says so: how many, by which
# fields, where. What changes from one copy to the next is no news.
look() { unecho clean -q "$@" 2>&1 >/dev/null | grep 'exact copies differ' || true; }
cat >bookings.csv <<'END'
booking_id,guest,title,date,seat
1,Ann Low,Evening concert,2024-01-03,A1
2,Ben Hill,Evening concert,2024-01-03,A2
3,Ann Low,Choir practice,2024-01-11,B7
4,Ann Low,Choir practice,2024-01-18,B7
END
# A title is not all that a row says: guest and seat are compared, the date is known as a detail.
look bookings.csv >said
says said "1 of 1 exact copies differ from their witnesses in fields that are not compared: date, the first in line 5"
printf 'date,description,amount\n2024-01-02,Coffee,-3.50\n2024-01-03,Coffee,-3.50\n2024-01-04,Coffee,-4.00\n' >bank.csv
look bank.csv >said
says said "2 of 2 exact copies" ": date, the first in line 3"
unecho clean -q bank.csv --differ date | wc -l | grep -qx 3
# Where --differ has done what it can, the notation of a date is no news; a field of another name is.
printf 'date,description,amount\n2024-01-02,Coffee,-3.50\n2024-01-02,Coffee,-4.00\n' >day.csv
look day.csv --differ date >said
says said ": amount, the first in line 3"
equal "" "$(look day.csv --differ date,amount)" "said of what is kept apart"
# What only the witness says is not lost.
printf '%s\n' '{"title": "Choir practice", "seat": "B7"}' '{"title": "Choir practice"}' >less.jsonl
equal "" "$(look less.jsonl)" "said of a copy that says less"
look less.jsonl --keep last >said
says said ": seat, the first in line 1"
# The report has it, too.
unecho clean -q bank.csv -o o.jsonl --report r.json 2>/dev/null
jq -e '.sources[0].look_at | length == 1 and (.[0] | contains("date"))' r.json >/dev/null || fail "$(cat r.json)"
# Copies of an article come with other links, scores and dates.
cat >articles.csv <<'END'
id,title,text,url,date,score
1,Rain,It rained all night and the roof of the old mill was wet in the morning.,http://a.example/1,2024-01-01,3
2,Rain,It rained all night and the roof of the old mill was wet in the morning.,http://b.example/2,2024-01-02,4
END
equal "" "$(look articles.csv)" "said of articles"
# The same in JSON lines, in JSON, and where the witness comes later.
printf '%s\n' '{"id": 1, "image_id": 7, "question": "What is it?", "answer": "A cat"}' \
  '{"id": 2, "image_id": 8, "question": "What is it?", "answer": "A cat"}' >vqa.jsonl
jq -s . vqa.jsonl >vqa.json
for file in vqa.jsonl vqa.json; do
  look $file >said
  says said "1 of 1 exact copies" ": image_id"
  look $file --keep last >said
  says said "1 of 1 exact copies" ": image_id"
done
# Tags say what their layout calls them; a tag without a name, and details beside an abstract, are no news.
printf 'TY  - JOUR\nTI  - Editorial\nC6  - 1\nDO  - 10.1/a\nER  - \n\nTY  - JOUR\nTI  - Editorial\nC6  - 2\nDO  - 10.1/b\nER  - \n' >a.ris
printf 'PMID- 1\nOWN - NLM\nTI  - Editorial.\nDP  - 2001\n\nPMID- 2\nOWN - PIP\nTI  - Editorial.\nDP  - 2002\n' >a.nbib
printf '%%0 Journal Article\n%%T Editorial\n%%R 10.1/a\n\n%%0 Journal Article\n%%T Editorial\n%%R 10.1/b\n' >a.enw
printf 'RT Journal Article\nSR Print\nT1 Editorial\nYR 2001\n\nRT Journal Article\nSR Print\nT1 Editorial\nYR 2002\n' >a.refworks
for tag in a.ris:DO "a.nbib:PMID, DP" a.enw:R a.refworks:YR; do
  look "${tag%:*}" --compare words >said
  says said "1 of 1 exact copies differ from their witnesses in fields that are not compared: ${tag#*:}, the first"
  look ${tag%:*} --compare words --keep last >said
  says said "1 of 1 exact copies" ": ${tag#*:}, the first in line 1"
done
equal "" "$(look a.ris --differ DO)" "said of what is kept apart"
sed 's/^TI.*/&\nAB  - The ferry was late again today, because the old engine had to be mended first./' a.ris >text.ris
equal "" "$(look text.ris)" "said of details beside an abstract"
# Whoever names the fields has said what counts.
equal "" "$(look vqa.jsonl --match-fields question,answer)" "said under --match-fields"
# The bytes of a run do not matter.
look bank.csv >file
look --threads 1 --batch-size 1KiB --stdin-name bank.csv <bank.csv >pipe
same file pipe
