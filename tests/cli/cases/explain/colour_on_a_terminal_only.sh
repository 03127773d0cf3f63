# Colour on a terminal, unless NO_COLOR or TERM=dumb says otherwise; and no control character of a dump gets through.
command -v script >/dev/null || skip "needs script(1)"
printf 'one two three four five six \033[31m seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen\n' >in.txt
printf 'one two three four five six \033[31m seven eight nine ten eleven twelve thirteen fourteen fifteen XVI\n' >>in.txt
story="unecho dedup -q --threshold 0.5 in.txt --explain in.txt#2"
TERM=xterm script -qec "$story" /dev/null >coloured
grep -q $'\033\\[32mXVI\033\\[m' coloured || fail "no colour on a terminal"
grep -q $'\033\\[31m seven' coloured && fail "an escape code of the dump got through"
$story >plain
NO_COLOR=1 TERM=xterm script -qec "$story" /dev/null >no_color
TERM=dumb script -qec "$story" /dev/null >dumb
for talk in plain no_color dumb; do
  ! grep -q $'\033' "$talk" || fail "colour in $talk"
  says "$talk" '{+XVI+}'
done
