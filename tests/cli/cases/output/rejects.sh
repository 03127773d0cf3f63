# {"ref","offset","reason","raw","bytes"}; raw gives back the bytes, also those that are not UTF-8.
printf 'not json \xff at all\n{"title": "fine"}\n{"note": 1}\n' >in.jsonl
unecho dedup -q --layout jsonl in.jsonl --rejects rejects.jsonl >corpus.jsonl
jq -c '[.ref, .offset, .reason]' rejects.jsonl
python3 - <<'END'
import json
source = open("in.jsonl", "rb").read()
for line in open("rejects.jsonl", encoding="utf-8"):
    r = json.loads(line)
    assert r["raw"].encode("utf-8", "surrogateescape") == source[r["offset"]:r["offset"] + r["bytes"]], r
END
