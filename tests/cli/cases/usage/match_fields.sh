# What --match cannot mean, and what it does not go with.
printf '{"title":"a title","text":"some text"}\n' >in.jsonl
printf 'a line\n' >in.txt
for options in '--match title:.9 --match-fields title' '--match title:.9 -t .8' '--match title:90' '--match title:0' '--match title,,text' \
  '--match title,title' '--match title --against in.txt'; do
  # shellcheck disable=SC2086
  expect_exit 2 unecho dedup -q $options in.jsonl -o out.jsonl
  head -1 stderr
done
expect_exit 2 unecho segment -q --match title in.jsonl
head -1 stderr
expect_exit 2 unecho tune --match title in.jsonl
head -1 stderr
expect_exit 1 unecho dedup -q --match title,body in.jsonl -o out.jsonl
head -1 stderr
expect_exit 1 unecho dedup -q --match body in.jsonl -o out.jsonl
head -1 stderr
expect_exit 1 unecho dedup -q --match title in.jsonl in.txt -o out.jsonl
head -1 stderr
