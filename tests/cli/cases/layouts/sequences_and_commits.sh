# FASTA: an entry a record. What git log prints: a commit a record, its message as text.
printf '>s1 gene A\nACGTACGTAC\nGGTT\n>s2 gene B\nTTTTACGTAC\n\n>s3 gene C\nMKTAYIAKQR*\n' >genes.txt
equal '["s1 gene A","ACGTACGTAC\nGGTT"]["s2 gene B","TTTTACGTAC"]["s3 gene C","MKTAYIAKQR*"]' \
  "$(unecho segment -q genes.txt | jq -c '[.title, .text]' | tr -d '\n')" genes
# Quotations in a mail begin with the same sign.
printf '>Rain falls on small towns as on large ones,\n>but it is noticed more there, and we ask why.\n\nI agree with that, and I have to add\nthat it snows as well.\n' >quoted.txt
equal 1 "$(unecho segment -q quoted.txt | wc -l)" quotations
cat >log.txt <<'END_OF'
commit 4f1c2a9b7d8e6f0a1b2c3d4e5f60718293a4b5c6 (HEAD -> main)
Author: Ann Lee <ann@example.org>
Date:   Mon Mar 4 10:11:12 2024 +0100

    Read the settings once

    They were read for each request.

 settings.c | 3 ++-

commit 0a1b2c3d4e5f60718293a4b5c64f1c2a9b7d8e6f
Merge: 1234567 89abcde
Author: Bo Oak <bo@example.org>
Date:   Sun Mar 3 09:00:00 2024 +0100

    Fix a leak
END_OF
unecho segment -q log.txt >log.jsonl
equal '"Read the settings once\n\nThey were read for each request.\n\nsettings.c | 3 ++-""Fix a leak"' \
  "$(jq .text log.jsonl | tr -d '\n')" messages
equal '"Mon Mar 4 10:11:12 2024 +0100"' "$(jq .fields.date log.jsonl | head -1)" date
equal '"0a1b2c3d4e5f60718293a4b5c64f1c2a9b7d8e6f"' "$(jq .fields.id log.jsonl | tail -1)" id
