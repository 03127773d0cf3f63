# One work in many formats: --key doi finds its DOI by the name that each of them has for it, and the audit does, too.
title='Sea fog and the sleep of young sailors'
printf '{"title":"%s","doi":"10.5555/FOG.1","year":1}\n' "$title of the North" >lower.jsonl
printf '{"title":"%s","DOI":"doi:10.5555/fog.1","Year":2}\n' "Sleep at sea" >upper.jsonl
printf '[{"title":"%s","Doi":"10.5555/fog.1"},{"title":"Nets","Doi":"10.5555/net"}]\n' "Sailors" >mixed.json
printf 'Title,DOI\n%s,10.5555/FOG.1\nFoundations of Tidal Engineering,10.5555/tide\n' "Young sailors" >table.csv
printf '@article{a,\n title={%s},\n DOI={10.5555/fog.1}\n}\n\n@book{b,\n title={Ropes and how to tie them},\n year={1900}\n}\n' "On fog" >works.bib
printf 'TY  - JOUR\nTI  - %s\nDO  - 10.5555/FOG.1\nER  - \n\nTY  - JOUR\nTI  - Of tides\nER  - \n' "Fog at sea" >found.ris
printf 'PMID- 1\nTI  - %s\nLID - S1 [pii]\nLID - 10.5555/FOG.1 [doi]\nAB  - It is foggy.\n\nPMID- 2\nTI  - Sand\nAB  - It is sandy.\n' "The sea" >found.nbib
printf 'FN X\nVR 1.0\nPT J\nTI %s\nDI 10.5555/FOG.1\nAB It is foggy.\nER\n\nPT J\nTI Snow\nAB It is snowy.\nER\n\nEF\n' "Asleep" >found.isi
printf '%%0 Journal Article\n%%T %s\n%%R 10.5555/FOG.1\n%%X It is foggy.\n\n%%0 Book\n%%T Gulls\n%%X They cry.\n' "Awake" >found.enw
printf -- '- title: %s\n  DOI: 10.5555/fog.1\n  text: It is foggy there.\n- title: Stars\n  DOI: 10.5555/star\n  text: They shine.\n' "Fog" >list.yaml
files='lower.jsonl upper.jsonl mixed.json table.csv works.bib found.ris found.nbib found.isi found.enw list.yaml'
unecho dedup -q $files --key doi -o c.jsonl --provenance p.jsonl --report r.json
jq -r 'select(.fate != "kept") | [.ref, .witness, .by] | join(" ")' p.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
unecho dedup -q $files --key doi --exact-join -o joined.jsonl
same c.jsonl joined.jsonl
cat $files | wc -l >nothing
# So do --differ and --within ...
unecho dedup -qf lower.jsonl upper.jsonl found.ris --match-fields title --differ DOI --within Doi:doi -o c.jsonl --provenance p.jsonl --report r.json
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
# ... and what is compared, the ids, and what is put in order.
unecho dedup -qf lower.jsonl upper.jsonl --match-fields TITLE --id-field Doi --key DOI --keep yEAr:max -o c.jsonl --provenance p.jsonl --report r.json
jq -c '[.ref, .fate, .id]' p.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
unecho dedup -qf found.ris found.nbib --match-fields title,doi --id-field doi -o c.jsonl --provenance p.jsonl --report r.json
jq -c '[.ref, .fate, .id]' p.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
# One that is called exactly so comes first, whatever stands in front of it; null is none.
printf '%s\n' '{"Id":1,"id":2,"TEXT":"one two three","text":"four five six","D":"x"}' '{"Id":3,"text":null,"TEXT":"one two three","d":"x"}' '{"id":null,"ID":4,"meta":{"Text":"seven"},"d":"x"}' >exact.jsonl
unecho dedup -qf exact.jsonl --match-fields text,META.text --id-field id --within d -o c.jsonl --provenance p.jsonl --report r.json
jq -c '[.ref, .fate, .id]' p.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
# What some sources have, and others not, is said.
printf '{"title":"Of stars and their light"}\n' >none.jsonl
unecho dedup -f lower.jsonl none.jsonl --key doi --differ year --within year --id-field doi --match-fields title --keep year:max -o c.jsonl 2>&1 | grep '^--'
if unecho dedup -f lower.jsonl upper.jsonl --key doi -o c.jsonl 2>&1 | grep '^--'; then fail "both have it"; fi
