# A record is never cut into its parts, and what it says is not lost where no field is known.
cat >chat.json <<'END'
[{"messages": [{"role": "user", "content": "Who are you?"}, {"role": "assistant", "content": "A lighthouse."}], "good": true},
 {"messages": [{"role": "user", "content": "Who are you?"}, {"role": "assistant", "content": "A buoy."}], "good": true}]
END
unecho dedup -q chat.json -o chat.jsonl --provenance p.jsonl
equal "2" "$(wc -l <chat.jsonl)" "conversations"
equal "user Who are you? assistant A buoy." "$(sed -n 2p chat.jsonl | jq -r .text | paste -sd ' ')" "text"
unecho audit -q --provenance p.jsonl --corpus chat.jsonl chat.json || fail audit
# A paper with sections is one record; lists of texts without a title are lists of records.
cat >paper.json <<'END'
{"paper_id": "P1", "metadata": {"title": "Slate Roofs", "authors": []},
 "abstract": [{"text": "We study how lichens spread over roofs in nine towns.", "section": "Abstract"}],
 "body_text": [{"text": "Growth is measured twice.", "section": "Methods"}], "bib_entries": {}}
END
unecho dedup -q paper.json -o paper.jsonl
equal '["Slate Roofs","We study how lichens spread over roofs in nine towns.\nAbstract\nGrowth is measured twice.\nMethods"]' \
  "$(jq -c '[.title, .text]' paper.jsonl)" paper
printf '{"train": [{"text": "one word"}, {"text": "two words"}], "test": [{"text": "three words"}]}' >sets.json
equal 3 "$(unecho dedup -q sets.json | wc -l)" "records of two lists"
# Instruction, input and output together; records that only their id tells apart are the same.
printf '[{"id": 1, "instruction": "Name a lichen", "output": "Map"}, {"id": 2, "instruction": "Name a lichen", "output": "Map"}]' >alpaca.json
unecho dedup -q alpaca.json -o alpaca.jsonl
equal '["Name a lichen\nMap"]' "$(jq -c '[.text]' alpaca.jsonl)" "instructions"
# Lines: what is compared is all that they say, or what a path names; they come out as they came.
cat >chat.jsonl <<'END'
{"id": 1, "messages": [{"role": "user", "content": "Who are you?"}, {"role": "bot", "content": "A lighthouse."}]}
{"id": 2, "messages": [{"role": "user", "content": "Who are you?"}, {"role": "bot", "content": "A buoy."}]}
{"id": 3, "messages": [{"role": "guest", "content": "Who are you?"}, {"role": "bot", "content": "A buoy."}]}
END
unecho dedup -f -q chat.jsonl -o all.jsonl --provenance p.jsonl
same chat.jsonl all.jsonl
unecho audit -q --provenance p.jsonl --corpus all.jsonl chat.jsonl || fail audit
unecho dedup -f -q chat.jsonl --match-fields messages[].content -o some.jsonl --provenance q.jsonl
sed -n 1,2p chat.jsonl >want
same want some.jsonl
unecho audit -q --match-fields messages[].content --provenance q.jsonl --corpus some.jsonl chat.jsonl || fail audit
# What a rule rewrites inside is rewritten where it stands.
printf '{"messages": [{"role": "user", "content": "Write to \\u0061nn@example.org now"}], "n": [1, "x"]}\n' >mail.jsonl
unecho dedup -f -q --pii mask mail.jsonl -o masked.jsonl --provenance m.jsonl
equal '{"messages": [{"role": "user", "content": "Write to [EMAIL] now"}], "n": [1, "x"]}' "$(sed 's/|||EMAIL_ADDRESS|||\|<EMAIL>\|\[EMAIL\]\|[a-z]*@[a-z.]*/[EMAIL]/' masked.jsonl)" masked
unecho audit -q --pii mask --provenance m.jsonl --corpus masked.jsonl mail.jsonl || fail audit
# Python's dictionaries, kept, annotated and rewritten as they are.
cat >literal.jsonl <<'END'
{'title': "It's", 'text': 'Write to ann@example.org', 'score': None, 'tags': ('a', u'b')}
{'title': 'Rain', 'text': 'It "rained".\nFor days.', 'score': 1.5, 'tags': []}
{'title': 'Rain', 'text': "It 'rained'. For days!", 'score': True}
END
unecho dedup -f -q literal.jsonl -o literal.out --provenance p.jsonl
sed -n 1,2p literal.jsonl >want
same want literal.out
unecho dedup -f -q --annotate --pii mask literal.jsonl -o literal.out --provenance p.jsonl
unecho audit -q --annotate --pii mask --provenance p.jsonl --corpus literal.out literal.jsonl || fail audit
python3 -c 'import ast, sys; [ast.literal_eval(line) for line in open("literal.out")]' || fail "no literals: $(cat literal.out)"
# --record says where records are.
printf '{"title": "T", "abstract": "U", "a": {"b": [{"title": "A", "abstract": "x"}, {"title": "B", "abstract": "y"}]}}' >deep.json
equal "A B" "$(unecho segment -q --record a.b deep.json | jq -r .title | paste -sd ' ')" records
expect_exit 1 unecho segment -q --record a.c deep.json
says stderr "deep.json" "called a.c (--record)"
printf 'one\ntwo\n' >plain.txt
expect_exit 1 unecho segment -q --record a plain.txt
says stderr "plain.txt: --record names an element of XML or a place in JSON"
# Letters that nobody could decode do not make two texts the same.
printf '{"text": "the caf\351 in town"}\n{"text": "the caf\350 in town"}\n{"text": "the caf\351 in town"}\n' >bad.jsonl
equal 2 "$(unecho dedup -f -q --encoding utf-8 bad.jsonl -o bad.out --provenance p.jsonl && wc -l <bad.out)" "kept"
unecho audit -q --encoding utf-8 --provenance p.jsonl --corpus bad.out bad.jsonl || fail audit
