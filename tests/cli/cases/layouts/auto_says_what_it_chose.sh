unecho clean -v "$DATA/page_1.txt" "$DATA/messy.jsonl" >/dev/null 2>talk
grep -qE 'page_1\.txt.*\bpage\b' talk || fail "no word on the layout of page_1.txt: $(cat talk)"
grep -qE 'messy\.jsonl.*\bjsonl\b.*' talk || fail "no word on the layout of messy.jsonl: $(cat talk)"
