# An evaluation set in another encoding than UTF-8 is found all the same, by its own --against-encoding or that of the inputs.
printf 'le th\351\342tre de la ville est ferm\351 pendant les vacances d\222\351t\351 et rouvre en septembre prochain\n' > latin.txt
iconv -f windows-1252 -t utf-8 latin.txt > utf8.txt
fates() { jq -r .fate p.jsonl; }
unecho dedup -q -f --layout lines --encoding windows-1252 latin.txt --against latin.txt --against-layout lines -o o --provenance p.jsonl
fates
unecho audit -q --layout lines --encoding windows-1252 --against latin.txt --against-layout lines --provenance p.jsonl latin.txt
unecho dedup -q -f --layout lines utf8.txt --against latin.txt --against-layout lines --against-encoding windows-1252 -o o --provenance p.jsonl
fates
unecho audit -q --layout lines --against latin.txt --against-layout lines --against-encoding windows-1252 --provenance p.jsonl utf8.txt
