# A combination that can do nothing says so.
expect_exit 2 unecho dedup --ignore case /dev/null
says stderr "--ignore case does nothing" "--compare words"
expect_exit 2 unecho dedup --compare characters --ignore diacritics,punctuation /dev/null
says stderr "--ignore punctuation does nothing"
expect_exit 2 unecho audit --compare letters --provenance p.jsonl /dev/null
says stderr "--compare letters: give words, text, code, characters or works"
expect_exit 2 unecho tune --ignore accents /dev/null
says stderr "--ignore accents"
