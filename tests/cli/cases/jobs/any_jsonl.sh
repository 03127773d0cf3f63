zstd -q "$DATA/messy.jsonl" -o old.jsonl.zst
zstdcat old.jsonl.zst | unecho dedup -q --match-fields title,text --keep longest >clean.jsonl
equal 14 "$(wc -l <clean.jsonl)"
# The extended version of a record, later in the file, is the one that is kept.
says clean.jsonl '"key": "m25"'
! grep -q '"key": "m05"' clean.jsonl || fail "the shorter version was kept too"
