# A terminal gets progress; NO_COLOR takes the colour, never the words.
dumps
command -v script >/dev/null || skip "needs script(1)"
script -qec 'unecho clean -f dumps/*.txt -o corpus.jsonl' /dev/null >talk
says talk 'read 93 kept 67'
# Progress, while something comes; what goes through a pipe meanwhile is only the corpus.
TERM=xterm script -qec '(cat dumps/page_1.txt; sleep 1; cat dumps/page_2.txt) | unecho clean | cat >piped.jsonl' /dev/null >talk
says talk 'reading: 0.0 MB'
cat dumps/page_1.txt dumps/page_2.txt | unecho clean -q | cmp - piped.jsonl
NO_COLOR=1 script -qec 'unecho clean -f no_such_file -o corpus.jsonl' /dev/null >talk || true
says talk no_such_file
! grep -q $'\033\\[[0-9;]*m' talk || fail "colour in spite of NO_COLOR"
