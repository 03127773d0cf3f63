# Letters of a mail that declares no charset are guessed with a word, as those of any other source.
mail() { printf 'From: ann@example.org\nTo: bo@example.org\nSubject: Bohnen\nDate: Mon, 4 Mar 2024 10:11:12 +0100\n%b\nDie Bohnen sind so gro\xdf wie \xc4pfel. M\xf6chtest Du welche f\xfcr die K\xfcche?\n' "$1"; }
mail '' >plain.eml
unecho segment plain.eml >plain.jsonl 2>talk
equal 'Die Bohnen sind so groß wie Äpfel. Möchtest Du welche für die Küche?' "$(jq -r .text plain.jsonl)" text
says talk "no encoding is declared" "windows-1252"
unecho segment -q --layout mail plain.eml | cmp - plain.jsonl
expect_exit 1 unecho segment --strict plain.eml
says stderr "nothing is guessed"
{ echo 'From ann Mon Mar  4 10:11:12 2024'; cat plain.eml; echo; echo 'From bo Mon Mar  4 10:12:12 2024'; cat plain.eml; } >two.mbox
equal 2 "$(unecho segment -q two.mbox | jq -r .text | grep -c 'Äpfel')" mbox
# What is declared is obeyed, and UTF-8 needs no word.
mail 'Content-Type: text/plain; charset=koi8-r\n' >declared.eml
unecho segment declared.eml 2>talk >declared.jsonl
says declared.jsonl 'Die Bohnen'
! grep -q 'no encoding is declared' talk || fail "$(cat talk)"
mail '' | iconv -f latin1 -t utf-8 >utf8.eml
unecho segment utf8.eml 2>talk >utf8.jsonl
! grep -q 'no encoding is declared' talk || fail "$(cat talk)"
# EBCDIC is refused by name, and read by it.
for i in 1 2 3 4; do echo "THE RAIN FALLS ON SMALL TOWNS, AS ON LARGE ONES $i."; done | iconv -f utf-8 -t ibm1047 >ebcdic.txt
expect_exit 1 unecho segment ebcdic.txt
says stderr "EBCDIC" "--encoding"
unecho segment -q --encoding ibm-1047 ebcdic.txt >ebcdic.jsonl
says ebcdic.jsonl 'THE RAIN FALLS ON SMALL TOWNS, AS ON LARGE ONES 1.'
