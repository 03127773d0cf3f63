# stderr is not a terminal: no progress, no colour, with or without NO_COLOR.
dumps
make_records 5000 >records.jsonl
unecho clean -v dumps/*.txt records.jsonl >/dev/null 2>talk
NO_COLOR=1 unecho clean dumps/*.txt no_such_file >/dev/null 2>>talk || true
! grep -q $'[\033\r]' talk || fail "escape codes or carriage returns on stderr"
