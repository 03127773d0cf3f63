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
