# The place of a record is that in its source, as the provenance has it, though the source was converted to UTF-8.
printf '%s\n' 'Größe ist nicht alles' 'Äpfel und Birnen' | iconv -t UTF-16LE >wide.txt
unecho dedup -q wide.txt --encoding utf-16le --provenance provenance.jsonl >/dev/null
jq -c '[.offset, .offset + .bytes]' provenance.jsonl
unecho explain 'wide.txt#2' --provenance provenance.jsonl --encoding utf-16le wide.txt | grep '^source'
