# What is compared is what --match-fields says, and nothing else.
printf '%s\n' '{"a": "same words here", "b": "first"}' '{"a": "Same WORDS, here!", "b": "second"}' '{"a": "others", "b": "first"}' >in.jsonl
unecho dedup -q --match-fields a in.jsonl
printf -- '--\n'
unecho dedup -q --match-fields b in.jsonl
printf -- '--\n'
unecho dedup -q --match-fields a,b in.jsonl | wc -l
