# Refused before anything is read or written.
dumps
cp dumps/page_1.txt before
got=0
unecho clean -q dumps/*.txt -o dumps/page_1.txt 2>stderr || got=$?
[ "$got" -eq 1 ] || [ "$got" -eq 2 ] || fail "exit code $got"
says stderr dumps/page_1.txt
same before dumps/page_1.txt
ln dumps/page_2.txt link
! unecho clean -q dumps/*.txt --provenance link 2>stderr || fail "an input under another name was accepted as an output"
