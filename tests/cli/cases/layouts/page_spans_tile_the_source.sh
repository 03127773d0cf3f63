# What lies between the records is furniture, a date or white space, and each record begins with its title.
dumps
unecho segment -q dumps/*.txt --provenance provenance.jsonl >segments
check_spans provenance.jsonl segments dumps/*.txt
