# Dates are put in order byte by byte, which is right for ISO 8601; others are an error that says so.
printf '{"p":"Table","text":"a table","on":"%s"}\n' 2020-11-10 2021-01-09 2020-02-01 >iso.jsonl
equal 2021-01-09 "$(unecho dedup -q iso.jsonl --match-fields p --keep on:max | jq -r .on)" "the newest"
printf '{"p":"Chair","text":"a chair","on":"9/1/2021"}\n' >>iso.jsonl
expect_exit 1 unecho dedup iso.jsonl --match-fields p --keep on:max -o out
says stderr "iso.jsonl#4" "9/1/2021" "beside '2020-11-10'" "ISO 8601"
absent out
printf 'p,on\nTable,5 March 2020\nTable,1 May 2020\n' >names.csv
expect_exit 1 unecho dedup names.csv --match-fields p --keep on:max -o out
says stderr "names.csv#1" "5 March 2020"
printf 'p,on\nTable,2020/03/05\nTable,2020/05/01\n' >years.csv
equal 2020/05/01 "$(unecho dedup -q years.csv --match-fields p --keep on:max | jq -r .fields.on)" "years first"
printf '{"p":"Table","text":"a table","on":"%s"}\n' 2022-01-01T00:30:00+02:00 2021-12-31T23:00:00Z >zones.jsonl
expect_exit 1 unecho dedup zones.jsonl --match-fields p --keep on:max -o out
says stderr "zones.jsonl#2" "beside '2022-01-01T00:30:00+02:00'"
printf '{"p":"Table","text":"a table","on":"%s"}\n' 2022-01-01 2022-01-01T00:30:00Z 2022-01-01T00:30:01Z >times.jsonl
equal 2022-01-01T00:30:01Z "$(unecho dedup -q times.jsonl --match-fields p --keep on:max | jq -r .on)" "times"
printf '{"p":"Table","text":"a table","on":"%s"}\n' 2022-01-01 20220102 >compact.jsonl
expect_exit 1 unecho dedup compact.jsonl --match-fields p --keep on:max -o out
# Numbers in quotes are numbers.
printf '{"p":"Table","n":"%s"}\n' 9 10 -3 >quoted.jsonl
equal 10 "$(unecho dedup -q quoted.jsonl --match-fields p --keep n:max --provenance p.jsonl --report r.json -o c.jsonl && jq -r .n c.jsonl)" most
unecho audit -q --provenance p.jsonl --report r.json --corpus c.jsonl
