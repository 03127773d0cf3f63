# Line ends, delimiters and quotes inside quotes; a row with too few columns; a quote that is never closed.
printf 'Id;Title;Abstract\r\n1;"One; ""quoted""";"two\r\n\r\nparagraphs"\r\n2;Too few\r\n3;Three;"never closed\r\n4;Four;plain\r\n' >papers.csv
unecho segment -q --layout csv papers.csv --id-field id --provenance p.jsonl | jq -c '{title, text}'
jq -c '{id, fate, reason, offset, bytes}' p.jsonl
