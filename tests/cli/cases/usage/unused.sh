# What says how something is done that nobody asked for is an error.
printf '{"text":"one two","price":"$1,299.00"}\n{"text":"One two","price":"$49.00"}\n' >in.jsonl
expect_exit 2 unecho clean in.jsonl --against-ngram 8
says stderr "--against names none"
expect_exit 2 unecho clean in.jsonl --dedup-min-tokens 9
says stderr "--dedup-lines"
expect_exit 1 unecho clean in.jsonl --keep price:max
says stderr "in.jsonl#1" '$1,299.00' "no number as it is written"
for value in '85 %' '1,000' '10 stars' '12 kg' '3,5' '+7' '5 €'; do
  printf '{"text":"one two","price":"%s"}\n' "$value" >one.jsonl
  expect_exit 1 unecho clean -q one.jsonl --keep price:max
done
for value in '12' '-3.5' '1e5' 'v1.2' '2024-W05' '10:30' 'high' '1st'; do
  printf '{"text":"one two","price":"%s"}\n' "$value" >one.jsonl
  unecho clean -q one.jsonl --keep price:max >nothing || fail "$value"
done
