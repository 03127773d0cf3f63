# The whole story of a record: its source lines, its witness, what both share, and the words that differ.
clean_sample
explain() { unecho explain "$@" --provenance provenance.jsonl dumps/*.txt; }
explain 'dumps/page_2.txt#16'
explain 'dumps/page_3.txt#1' | cut -c1-60
explain 'dumps/page_1.txt#5' | grep -A3 '^copies'
explain 'dumps/page_2.txt#11' | tail -1
# The same with the run; no corpus is written.
explain 'dumps/page_2.txt#16' >want
unecho clean -q dumps/*.txt -o none.jsonl --explain 'dumps/page_2.txt#16' >got
same want got
absent none.jsonl
# With the report, neither options nor files have to be named.
unecho explain 'dumps/page_2.txt#16' --provenance provenance.jsonl --report report.json >got
same want got
gzip provenance.jsonl dumps/*.txt
unecho explain 'dumps/page_2.txt#16' --provenance provenance.jsonl.gz dumps/*.gz >got
same want got
