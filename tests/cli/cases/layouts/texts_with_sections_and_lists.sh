# Parts of a text are no records: sections that come again below each title, items of a list, releases in a list of
# changes.
records() { equal "$2" "$(unecho segment -q $1 2>/dev/null | wc -l)" "records of $1"; }
titles() { equal "$2" "$(unecho segment -q $1 | jq -r .title | paste -sd '|')" "titles of $1"; }
one() {  # FILE: all of it is one text, wherever batches end
  records $1 1
  unecho segment -q $1 | jq -r .text | grep . >got
  grep . $1 | cmp - got || fail "$1 lost something"
  { head -c 40 $1; sleep .02; tail -c +41 $1; } | unecho segment -q --threads 1 --batch-size 1KiB --stdin-name $1 >piped
  unecho segment -q $1 | cmp - piped
}
# Recipes: a record each, with its title; parts that are the same in two of them make no duplicates.
recipe() { printf '%s %s\n\n%s# Ingredients\n\n- %s\n- milk\n\n%s# Steps\n\nMix all of it and bake it until it is brown.\n\n' "$1" "$2" "$1" "$3" "$1"; }
{ recipe '#' Pancake eggs; recipe '#' Toast bread; recipe '#' Waffle eggs; } >recipes.md
titles recipes.md 'Pancake|Toast|Waffle'
unecho segment -q recipes.md | jq -r .text | grep -c 'Ingredients\|Steps' | grep -qx 6 || fail "headings of parts"
{ printf '# My recipes\n\n'; recipe '##' Pancake eggs; recipe '##' Toast bread; } >book.md
titles book.md 'Pancake|Toast'
equal 3 "$(unecho dedup -q --threshold 1 recipes.md | wc -l)" "kept recipes"
recipe '#' Pancake eggs >recipe.md
one recipe.md
printf '# 7. Use lamps\n\nDate: 2024-03-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe need light in the evening, and the works are far away.\n\n## Decision\n\nWe will use lamps, which all of us can fill without help.\n' >decision.md
one decision.md
# Entries with fields, and titles below the name of their category, are those of a listing.
text='We present a survey of lamps in dark rooms, with a hundred of them measured by us.'
{ printf '# Vision\n# Lamps\n%s\n\n# Doors\n%s\n\n# Words\n# Silence\n%s\n' "$text" "$text" "$text"; } >categories.md
titles categories.md 'Lamps|Doors|Silence'
{ printf '# Papers\n\n'; for t in Lamps Doors; do printf '### %s\n\n#### Authors\n\nAnn Lee\n\n#### Abstract\n\n%s\n\n' $t "$text"; done; } >papers.md
titles papers.md 'Lamps|Doors'
# Numbered items in lines that were broken where they were full are texts, and not a title above one.
for i in 1 2 3 4; do printf '%d. Smith J. A study of the lamps of the north and of all their owners in\n    the winter of 198%d. Journal of Light. 199%d;3:1-9.\n' $i $i $i; done >references.txt
records references.txt 4
equal 'Smith J. A study of the lamps of the north and of all their owners in the winter of 1981. Journal of Light. 1991;3:1-9.' \
  "$(unecho segment -q references.txt | head -1 | jq -r .text | paste -sd ' ')" "the first reference"
for i in 1 2 3; do printf '%d. Lamps in the Dark\n   %s\n' $i "$text"; done >titled.txt
titles titled.txt 'Lamps in the Dark|Lamps in the Dark|Lamps in the Dark'
printf 'How to light a lamp\n\nIt is not hard, but it takes some time and a steady hand to do it well.\n\n1. Fill the lamp with oil, and take care that none of it is spilt on the\n   table.\n2. Light a match, and hold it to the wick until the wick burns on its own\n   and well.\n3. Put the glass on it.\n\nThen the lamp burns for a night. Do not leave the room while it burns.\n' >steps.txt
one steps.txt
printf 'Copyright 2012 Ann Lee\n\nRedistribution and use in source and binary forms are permitted provided that the following conditions are met:\n\n1. Redistributions of source code must retain the above copyright notice and this list of conditions.\n\n2. Redistributions in binary form must reproduce it in the documentation.\n\nTHIS SOFTWARE IS PROVIDED "AS IS" AND WITHOUT ANY WARRANTY OF ANY KIND AT ALL.\n' >licence.txt
one licence.txt
printf '1.1 Introduction\n\nLamps are things that give light when it is dark in the house.\n\n1.2 Methods\n\nWe made a lamp of glass, and lit it every evening for a year.\n' >sections.txt
one sections.txt
# Lists of changes, of any program.
for head in 'v1.5.%d (Apr 2023)' '* Version 1.0.%d' 'Version 10.%d 11-December-2022' '1.2.%d / 2012-01-02' '1.2.%d' 'Changes with rain 1.2.%d       13 Jun 2023'; do
  { for i in 3 2 1; do printf "$head\n" $i; printf ' - fix the lamp that was broken\n - and a door that was not, which nobody\nhad seen before\n\n'; done; } >changes.txt
  one changes.txt
done
{ for i in 3 2 1; do printf '* Thu Jan 0%d 2020 Ann Lee <ann@example.org> - 1.2.0-%d\n- Rebuilt for the new lamp\n- Fix the build\n\n' $i $i; done; } >rpm.txt
one rpm.txt
{ printf 'Change Log for RAIN\n-------------------\n\n'; for i in 3 2 1; do printf 'Version 10.%d 1-May-2022\n----------------------\n\n1. Fixed a bug in a code in which a pointer was not moved on after the end\nof a match.\n\n2. Renamed it.\n\n' $i; done; } >log.txt
one log.txt
printf 'python 3.11.2\n\nruby 3.2.1\n\nnode 18.2.0\n' >versions.txt
records versions.txt 3
# What may be records, and cannot be cut by any option, is said.
look() { unecho segment "$1" 2>&1 >/dev/null | grep '^look at' || true; }
for t in Pancake Toast Tea; do printf '%s\n\nIngredients:\nmilk\n\nMethod:\nBoil it for a while.\n\n' $t; done >labels.txt
look labels.txt >said
says said "'Ingredients:' and 'Method:' come again and again"
for i in 1 2 3; do printf 'ANNA:\nWhere is it?\n\nBOB:\nHere it is.\n\n'; done >play.txt
equal "" "$(look play.txt)" "said of a play"
for t in Lamps Doors Words; do printf '%s\n=====\n\n%s\n\n' $t "$text"; done >underlined.txt
look underlined.txt >said
says said "its underlined titles have a text each (--layout page"
equal 3 "$(unecho segment -q --layout page underlined.txt | wc -l)" "records below underlined titles"
# Dates behind the texts count for what is below them, which is said.
for t in 1 2 3; do printf 'Lamps in the Dark, Part %d\n\n%s\n\n2024-03-0%d\n\n' $t "$text" $t; done >behind.txt
look behind.txt >said
says said "each of its texts has a date behind it"
for t in 1 2 3; do printf '2024-03-0%d\n\nLamps in the Dark, Part %d\n\n%s\n\n' $t $t "$text"; done >before.txt
equal "" "$(look before.txt)" "said of dates above the titles"
