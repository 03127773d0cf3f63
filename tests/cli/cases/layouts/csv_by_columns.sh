# Tables whose columns nobody knows: they are known by what their rows have in common, and compared by all they say.
printf 'Product,Price,Last Update\nTable,150,2020-11-10\nTable,150,2019-10-10\nTable,150,2019-10-10\nTable,170,2020-02-01\nChair,40,2020-02-01\nChair,45,2020-12-01\n' >prices.csv
unecho inspect prices.csv | grep layout
unecho dedup -q prices.csv -o kept.jsonl --provenance p.jsonl --report report.json
jq -c .text kept.jsonl
equal "5 1 0 0" "$(fates p.jsonl)" fates
unecho audit -q --provenance p.jsonl --corpus kept.jsonl prices.csv || fail audit
unecho audit -q --provenance p.jsonl --corpus kept.jsonl --report report.json || fail "audit by the report"
echo "-- the newest of each product"
unecho dedup -q -f prices.csv --match-fields product --keep 'last update:max' --provenance p.jsonl | jq -c '[.ref, .text]'
unecho audit -q --match-fields product --keep 'last update:max' --provenance p.jsonl prices.csv || fail "audit by columns"
echo "-- without a header"
printf '"1","On Rain","It rained for nine days, and ""more""."\r\n"2","On Snow","It snowed for two."\r\n' >rows.csv
unecho inspect rows.csv | grep layout
unecho segment -q rows.csv | jq -c '[.title, .text]'
unecho segment -q -f rows.csv --columns "id, title,text" --id-field ID -o named.jsonl --provenance p.jsonl --report report.json
jq -c '[.title, .text]' named.jsonl
jq -c .id p.jsonl
equal '["id"," title","text"]' "$(jq -c .parameters.columns report.json)" "columns in the report"
unecho audit -q --provenance p.jsonl --corpus named.jsonl --report report.json || fail "audit by the report of columns"
unecho audit -q --columns id,title,text --id-field id --provenance p.jsonl rows.csv || fail "audit by columns that are named"
echo "-- rows over several lines are not torn, and a quote between tabs swallows nothing"
{ echo 'prompt_id,completion'; for i in 1 2 3 4 5 6 7 8 9; do printf '%d,"# Heading\n\n- a bullet, and one more\n- another %d\n\nTitle: x"\n' $i $i; done; } >prompts.csv
equal 9 "$(unecho segment -q prompts.csv | wc -l)" "records over lines"
{ printf 'src\ttrg\tscore\n'; for i in 1 2 3 4 5 6 7 8 9; do printf 'a sentence of words %d\t"an open quote %d\t0.%d\n' $i $i $i; done; } >open.tsv
equal 9 "$(unecho segment -q open.tsv | wc -l)" "records with open quotes"
equal '"an open quote 9"' "$(unecho segment -q open.tsv --match-fields trg | jq -r .text | tail -1 | sed 's/$/"/')" "a quote is a character"
echo "-- what no column has"
for options in '--match-fields Product,Cost' '--id-field sku' '--keep sku:max' '--columns product,price'; do
  # shellcheck disable=SC2086
  expect_exit 1 unecho dedup $options prices.csv -o none.jsonl
  cat stderr
  absent none.jsonl
  # shellcheck disable=SC2086
  case $options in --keep*) ;; *) expect_exit 1 unecho inspect $options prices.csv; [ -s stderr ] || fail "inspect says nothing" ;; esac
done
# Names are for a CSV, and for no other layout.
expect_exit 2 unecho dedup --layout ris --columns a,b rows.csv
says stderr "--columns" "the layout is ris"
unecho segment -q --layout csv --columns id,title,text rows.csv | cmp - named.jsonl || fail "--layout csv with --columns"
expect_exit 2 unecho dedup --columns '' rows.csv
says stderr "--columns" "its value is empty"
