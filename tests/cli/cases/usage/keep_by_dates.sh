# Dates are put in order as what they say, in each notation that all of them have; what is uncertain is an error.
printf '{"p":"Table","text":"a table","on":"%s"}\n' 2020-11-10 2021-01-09 2020-02-01 >iso.jsonl
equal 2021-01-09 "$(unecho dedup -q iso.jsonl --match-fields p --keep on:max | jq -r .on)" "the newest"
printf '{"p":"Chair","text":"a chair","on":"9/1/2021"}\n' >>iso.jsonl
expect_exit 1 unecho dedup iso.jsonl --match-fields p --keep on:max -o out
says stderr "iso.jsonl#4" "9/1/2021" "beside '2020-11-10' of iso.jsonl#1" "ISO 8601"
absent out
# newest NAME WANT VALUE...: the same from a pipe in small batches, and so for an audit.
newest() {
  name=$1 want=$2
  shift 2
  { echo 'p,on'; printf 'Table,"%s"\n' "$@"; } >"$name.csv"
  unecho dedup -q "$name.csv" --match-fields p --keep on:max -f -o c.jsonl --provenance p.jsonl --report r.json
  equal "$want" "$(jq -r .fields.on c.jsonl)" "$name"
  unecho audit -q --provenance p.jsonl --report r.json --corpus c.jsonl || fail "audit of $name"
  equal "$want" "$(unecho dedup -q --layout csv --threads 1 --batch-size 1KiB --match-fields p --keep on:max <"$name.csv" | jq -r .fields.on)" "$name, piped"
}
newest names '1 May 2020' '5 March 2020' '1 May 2020' '30 Apr. 2020'
newest american 'May 1, 2020' 'March 5, 2020' 'May 1, 2020'
newest years 2020/05/01 2020/03/05 2020/05/01
newest days 03/04/2025 03/04/2025 14/03/2025 13/03/2025
newest months 03/14/2025 03/04/2025 03/14/2025 02/28/2025
newest dots 1.12.2024 30.11.2024 1.12.2024 2.1.2024
newest mail 'Fri, 14 Mar 2025 08:30:00 -0500' 'Fri, 14 Mar 2025 10:00:00 +0000' 'Fri, 14 Mar 2025 08:30:00 -0500'
newest clock '03/14/2025 1:00 PM' '03/14/2025 11:59 AM' '03/14/2025 1:00 PM'
newest zones 2021-12-31T23:00:00Z 2022-01-01T00:30:00+02:00 2021-12-31T23:00:00Z
newest long 9007199254740993 9007199254740992 9007199254740993
newest month 01/2025 12/2024 01/2025
# Which of the equal ones stands for them is known only at the end.
newest late 03/04/2025 04/03/2025 03/04/2025 20/01/2025
newest late_too 04/03/2025 03/04/2025 04/03/2025 01/20/2025
# Values of reference texts do not count.
printf 'p,on\nChair,2020-01-01\nStool,2020-01-02\n' >old.csv
equal '1 May 2020' "$(unecho dedup -q names.csv --reference old.csv --match-fields p --keep on:max | jq -r .fields.on)" "reference"
# refused NAME SAID... -- VALUE...
refused() {
  said=
  while [ "$1" != -- ]; do said="$said|$1"; shift; done
  shift
  { echo 'p,on'; printf 'Table,"%s"\n' "$@"; } >no.csv
  expect_exit 1 unecho dedup no.csv --layout csv --match-fields p --keep on:max -o out
  absent out
  (IFS='|'; for text in ${said#|}; do says stderr "$text"; done)
}
refused "no.csv#1 has '03/04/2025'" 'on:max:dmy' -- 03/04/2025 05/06/2025
refused "no.csv#2 has '03/14/2025'" "'14/03/2025' of no.csv#1" 'day comes first' -- 14/03/2025 03/14/2025
refused "no.csv#2 has '14.03.2025'" "two notations" -- 14/03/2025 14.03.2025
refused "no.csv#2 has 'spring'" "only one of them is a date" -- 2025-03-14 spring
refused "no.csv#2 has '2025-03-14'" "only one of them is a date" -- 2024 2025-03-14
refused "no.csv#2 has '2025-03-14T09:00:00'" "time zone" -- 2025-03-14T09:00:00Z 2025-03-14T09:00:00
refused "no.csv#1 has '14/03/25'" "four digits" -- 14/03/25
refused "no.csv#1 has 'Q4 2023'" "9 January 2021" -- 'Q4 2023' 'Q1 2024'
refused "no.csv#1 has '9:30 PM'" "1299.00" -- '9:30 PM' '11:15 AM'
refused "no.csv#2 has '9/10'" "2021-01-09" -- 7 9/10
for dressed in 1.299,50 'EUR 1.299,00' 10GB 1_000 '1’299'; do refused "no.csv#1 has '$dressed'" "1299.00" -- "$dressed" 999; done
for numbered in '1999?' '[2009]' 'c. 1999' '１２'; do refused "no.csv#2 has '$numbered'" "beside the number 1998" -- 1998 "$numbered"; done
refused "no.csv#2 has 'Feb'" "'Jan' of no.csv#1" "months" -- Jan Feb
# The story of a record says what was put in order.
unecho dedup -q days.csv --match-fields p --keep on:max -f -o c.jsonl --provenance p.jsonl --report r.json
unecho explain days.csv#3 --provenance p.jsonl --report r.json | grep '^keep ' >keep
says keep 'on:max: "13/03/2025" in this record, "03/04/2025" in the witness'
# Which order it is can be said.
printf 'p,on\nTable,03/04/2025\nTable,04/03/2025\n' >either.csv
equal 03/04/2025 "$(unecho dedup -q either.csv --match-fields p --keep on:max:dmy | jq -r .fields.on)" "dmy"
equal 04/03/2025 "$(unecho dedup -q either.csv --match-fields p --keep on:max:mdy -f -o c.jsonl --provenance p.jsonl --report r.json && jq -r .fields.on c.jsonl)" "mdy"
unecho audit -q --provenance p.jsonl --report r.json --corpus c.jsonl
expect_exit 1 unecho dedup years.csv --match-fields p --keep on:max:dmy -o out
says stderr "no dates whose day and month"
printf '{"p":"Table","text":"a table","on":"%s"}\n' 2022-01-01 2022-01-01T00:30:00Z 2022-01-01T00:30:01Z >times.jsonl
equal 2022-01-01T00:30:01Z "$(unecho dedup -q times.jsonl --match-fields p --keep on:max | jq -r .on)" "times"
# Numbers in quotes are numbers, and so are digits in texts.
most() {
  want=$1
  shift
  printf '{"p":"Table","n":"%s"}\n' "$@" >quoted.jsonl
  equal "$want" "$(unecho dedup -q quoted.jsonl --match-fields p --keep n:max --provenance p.jsonl --report r.json -f -o c.jsonl && jq -r .n c.jsonl)" most
  unecho audit -q --provenance p.jsonl --report r.json --corpus c.jsonl
}
most 10 9 10 -3
most v1.10 v1.9 v1.10 v1.09
most 'chapter 10' 'chapter 9' 'chapter 10' 'Chapter 11'
most a7 a007 a7 a6
most 5. .5 5. 4.99
