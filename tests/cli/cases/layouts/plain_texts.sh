# What shows no layout is cut into lines only where lines stand for themselves; else it is one text, blocks that look
# alike, or refused.
records() { unecho segment -q "$1" 2>refused | wc -l; }
printf 'Our teacher thought of the harbour twice.\nThe red tractor wrote about the garden.\nA young lawyer asked about the lake.\nMy neighbour walked to the old market.\n' >sentences.txt
printf 'how to water the beans in summer heat\nwhen to sow peas in the north bed now\nbest compost for leeks and carrots yet\ncheap watering can with a long spout\n' >queries.txt
printf 'Mayor Opens New Bridge After Delay\nFlood Warning for Northern Valleys\nLocal Team Wins Cup in Extra Time\nSchool Prices to Rise in September\n' >headlines.txt
printf 'fix: close the lid\nfeat: add beans\nfix: mend the fence\nfeat: add peas\n' >subjects.txt
for file in sentences.txt queries.txt headlines.txt subjects.txt; do
  equal 4 "$(records $file)" "lines of $file"
  unecho segment -q $file | jq -r .text | cmp - $file
done
cat >broken.txt <<'END_OF'
The landlord had been told of their coming and had laid a long table in
the garden, under the chestnut trees, where the light was still good. The
Governor of Northland came late, and John Castor, his secretary, did not
come at all. They began to eat.
END_OF
printf 'Two roads went down to the quiet sea,\nAnd one was gravel and one was sand,\nAnd neither road had a word for me,\nAnd neither would take my hand.\n' >verse.txt
printf 'the rain comes down\nand the gulls call\n\nthe lights are low\nand the tide is slow\n\nthe night is long\nthe wind is strong\n' >lyrics.txt
printf 'First snow on the pass\na fox crosses the border\nwithout a passport\n\nRain on the tin roof\nmy grandmother counts the drops\nin a foreign tongue\n' >haiku.txt
printf 'ROMY. Who is it that knocks so late?\n\nJULES. It is only me, with the letter.\n\nROMY. Then give it to me and go.\n\nJULES. I saw a light in the window.\n\nROMY. That is my lamp.\n' >play.txt
printf 'ANTON\nHow now, good Bram?\nWhat makes you walk?\n\nBRAM\nI walk to weigh the load.\n\nANTON\nThen walk with me.\n\nBRAM\nI will.\n' >verseplay.txt
printf 'Scene 1\nAnna: Where is it?\nBen: Here.\n\nScene 2\nAnna: Why?\nBen: So.\n\nScene 3\nAnna: Ah.\nBen: Yes.\n' >scenes.txt
printf 'On Rain\n\n1. Introduction\n\nRain falls on small towns, and it is noticed there more than elsewhere.\n\n2. Methods\n\nWe walked through four towns with an umbrella and counted the people.\n\n3. Results\n\nThe difference was largest on market days, when many stood outside.\n' >sections.txt
printf '1. The Plan\nWe shall walk through all of the four towns with an umbrella.\n\n1.1 The Towns\nTwo of them are at the coast, and two are in the hills behind it.\n\n2. The Walk\nIt rained in all of the towns on each of the days, as we had hoped.\n' >levels.txt
printf 'Dear Ben,\n\nthank you for the beans, which arrived on Monday and are in the shed.\n\nI shall write again when they are up, and I hope that you will come.\n\nAnna\n' >letter.txt
printf 'bed\n    a plot of ground\nframe\n    a box with a lid\nmulch\n    a layer of straw\n' >glossary.txt
printf '# gardener\n\nA tool.\n\n## Install\n\n[Download](https://e.example/d) it.\n\n## Links\n\n- [Planter](https://e.example/p)\n- [Weeder](https://e.example/w)\n- [Sower](https://e.example/s)\n' >README.md
printf '# Changes\n\n## 1.1.0 - 2024-01-15\n\n### Added\n\n- Beans.\n\n## 1.0.0\n\n### Added\n\n- Peas.\n' >changes.md
printf 'diff --git a/r.c b/r.c\n--- a/r.c\n+++ b/r.c\n@@ -1 +1 @@\n-a\n+b\n' >fix.patch
printf '+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+\n' >table.txt
for file in broken.txt verse.txt lyrics.txt haiku.txt play.txt verseplay.txt scenes.txt sections.txt levels.txt letter.txt \
  glossary.txt README.md changes.md fix.patch table.txt; do
  equal 1 "$(records $file)" "records of $file"
  unecho segment -q $file | jq -r .text | cmp - $file || fail "$file is not its text"
  { head -c 40 $file; sleep .02; tail -c +41 $file; } | unecho segment -q --threads 1 --batch-size 1KiB --stdin-name $file >piped
  unecho segment -q $file | cmp - piped
done
# Blocks that look alike are a record each; the audit reads them again without a report, too.
printf 'Anna Berg\n12 Mill Lane\nOldtown 4410\n\nBen Castor\n7 Harbour Street\nSaltby 1023\n\nClara Duval\n3 rue du Moulin\n59000 Lilaville\n' >addresses.txt
printf 'Rain is a guest.\n-- Anna Berg\n\nA fence is a promise\nthat deer break.\n-- Ben Castor\n\nNothing is as long.\n-- David Elm\n' >quotations.txt
printf 'Posted by ann on 2024-03-04\nThe beans are ready.\n\nPosted by bo on 2024-03-04\nI do.\nOn Friday.\n\nPosted by cy on 2024-03-05\nThe fence is broken.\n' >posts.txt
printf -- '-----\nr3 | ann | 2024-03-04\n\nOne.\n-----\nr2 | bo | 2024-03-03\n\nTwo.\n-----\nr1 | ann | 2024-03-02\n\nThree.\n-----\n' >revisions.txt
printf '###\nThe beans are ready.\n###\nThe fence is broken.\n###\nFrost tonight.\n' >rulers.txt
for file in addresses.txt quotations.txt posts.txt revisions.txt rulers.txt; do
  unecho segment -qf $file -o $file.jsonl --provenance p.jsonl
  equal 3 "$(wc -l <$file.jsonl)" "records of $file"
  unecho audit -q --provenance p.jsonl --corpus $file.jsonl $file || fail "audit of $file"
done
equal '"Ben Castor\n7 Harbour Street\nSaltby 1023"' "$(jq -c .text addresses.txt.jsonl | sed -n 2p)"
# What nobody can know.
printf 'The garden is green.\nDer Garten ist gr\303\274n, ja.\n\nThe fence is broken.\nDer Zaun ist kaputt.\n' >pairs.txt
expect_exit 1 unecho segment pairs.txt
says stderr "--record-separator '^\$'" "--layout lines"
printf 'Anna: Where is it?\nBen: In the shed.\nAnna: Which one?\nBen: The old one.\n' >said.txt
expect_exit 1 unecho segment said.txt
says stderr "--layout text" "--layout lines"
printf '<svg xmlns="http://www.w3.org/2000/svg"><title>A plan</title><text>Pond</text></svg>\n' >plan.svg
expect_exit 1 unecho segment plan.svg
says stderr "SVG" "--layout text"
printf '@r1\nACGTAC\n+\nIIIIII\n@r2\nGGGTAC\n+\nIIIIII\n' >reads.txt
expect_exit 1 unecho segment reads.txt
says stderr "FASTQ" "--layout text"
