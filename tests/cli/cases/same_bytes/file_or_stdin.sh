dumps
cat dumps/page_1.txt dumps/page_3.txt >both.txt
mkdir file stdin pipe slow
unecho clean -q both.txt -o file/corpus --provenance file/provenance --rejects file/rejects
unecho clean -q --stdin-name both.txt -o stdin/corpus --provenance stdin/provenance --rejects stdin/rejects <both.txt
cat both.txt | unecho clean -q --stdin-name both.txt - --provenance pipe/provenance --rejects pipe/rejects >pipe/corpus
# Arriving in small pieces, with pauses in bad places.
for range in 1-1 2-900 901-901 902-20000 20001-; do cut_bytes $range both.txt; sleep 0.3; done |
  unecho clean -q --stdin-name both.txt --provenance slow/provenance --rejects slow/rejects >slow/corpus
diff -r file stdin && diff -r file pipe && diff -r file slow
