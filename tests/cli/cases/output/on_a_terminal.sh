# A terminal gets progress; NO_COLOR takes the colour, never the words.
dumps
command -v script >/dev/null || skip "needs script(1)"
script -qec 'unecho clean -f dumps/*.txt -o corpus.jsonl' /dev/null >talk
says talk 'read 93 kept 67'
NO_COLOR=1 script -qec 'unecho clean -f no_such_file -o corpus.jsonl' /dev/null >talk || true
says talk no_such_file
! grep -q $'\033\\[[0-9;]*m' talk || fail "colour in spite of NO_COLOR"
