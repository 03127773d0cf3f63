# Cleaning the corpus again removes nothing.
clean_sample
unecho dedup -q corpus.jsonl >again.jsonl
same corpus.jsonl again.jsonl
