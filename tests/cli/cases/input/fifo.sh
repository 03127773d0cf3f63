dumps
mkfifo pipe.txt
cat dumps/page_2.txt >pipe.txt &
unecho clean -q dumps/page_1.txt pipe.txt dumps/page_3.txt --provenance provenance.jsonl >got
equal "67 22 3 1" "$(fates provenance.jsonl)"
