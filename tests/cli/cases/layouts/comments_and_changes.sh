# Comments are no headings, and what has a form of its own is not cut as a listing: every line is in a record.
all_there() {  # FILE RECORDS
  equal "$2" "$(unecho segment -q $1 | wc -l)" "records of $1"
  unecho segment -q $1 | jq -r .text | grep . >got
  grep . $1 | cmp - got || fail "$1 lost something"
  { head -c 40 $1; sleep .02; tail -c +41 $1; } | unecho segment -q --threads 1 --batch-size 1KiB --stdin-name $1 >piped
  unecho segment -q $1 | cmp - piped
}
printf '# a comment that tells of the list\n# of words\napple\npear\n\n# more\nplum\n' >words.txt
all_there words.txt 1
printf '# what the tests need\n# and nothing else\nrain==1.0\nsnow>=2\n# of the farm\nhail\n' >requirements.txt
all_there requirements.txt 6
printf '# Rain\n# and snow\nrain.title=On Rain\n\n# Snow\nsnow.title=On Snow\n' >rain.properties
all_there rain.properties 1
printf '### Of the farm\n\n# A field\nfield = The field\n    .title = Where it is\n' >farm.ftl
all_there farm.ftl 1
word='\t%s\t%s\tNOUN\tNN\t_\t0\troot\t_\t_\n'
printf "# sent_id = 1\n# text = Rain\n1$word\n# sent_id = 2\n# text = Snow\n1$word" Rain rain Snow snow >words.conllu
all_there words.conllu 2
printf 'rain (1.2-1) unstable; urgency=medium\n\n  * New.\n  * Newer.\n\n -- Ann Lee <ann@example.org>  Mon, 01 Jan 2024 10:00:00 +0100\n\nrain (1.1-1) unstable; urgency=low\n\n  * First.\n\n -- Ann Lee <ann@example.org>  Mon, 02 Jan 2023 10:00:00 +0100\n' >changelog
all_there changelog 1
printf '2022-10-20  Ann Lee  <ann@example.org>\n\n\t* Makefile.am (rpm): Remove --sign.\n\n2022-10-19  Bo Ek  <bo@example.org>\n\n\t* rain.c: New.\n' >ChangeLog
all_there ChangeLog 1
{ for i in $(seq 60); do echo ".\\\" It was made by a program."; done; printf '.TH RAIN 1\n.SH NAME\nrain \\- falls\n'; } >rain.1
all_there rain.1 1
# Exports with tags are cut where the first one comes again.
for i in 1 2 3; do printf 'RT Journal Article\nSR Electronic(1)\nID %d\nA1 Lee, Ann\nT1 On rain %d\nAB It rains on town %d.\n\n' $i $i $i; done >rain.txt
for i in 1 2 3; do printf 'OWN - ERIC\nTI  - On rain %d\nAU  - Lee, Ann\nAB  - It rains on town %d.\n\n' $i $i; done >rain.nbib
for file in rain.txt rain.nbib; do
  equal "On rain 1,On rain 2,On rain 3" "$(unecho segment -q $file | jq -r .title | paste -sd,)" "titles of $file"
  equal "It rains on town 3." "$(unecho segment -q $file | jq -r .text | tail -1)" "text of $file"
done
# Headings of a listing stay what they are.
printf '# Papers\n# May\n\n## On Rain\n\nIt rains on the town and on all of the hills.\n\n## On Snow\n\nIt snows on the town and on all of the hills.\n' >papers.md
equal 2 "$(unecho segment -q papers.md | wc -l)" "records of a listing"
