# Records by date in one object; one of them is broken; a list of them inside another is no list of records.
cat >papers.json <<'END'
{
  "2024-05-01": [
    {"title": "One", "abstract": "First.", "authors": [{"name": "A"}, {"name": "B"}]},
    {"title": "Two, "abstract": "A quote is missing."},
    {"title": "Three", "abstract": "Third."}
  ],
  "2024-05-02": [
    {"title": "Four", "abstract": ["Two", "lines"]}
  ]
}
END
unecho segment -q --layout json papers.json --report r.json | jq -c '{ref, title, text}'
jq -c '.ledger.bytes' r.json
