# A work may have no title, and no text either: it is one all the same, and the audit finds it as it was written.
{
  printf 'TY  - JOUR\nTI  - \nAU  - Moth, K.\nPY  - 2001\nJO  - J Snow\nVL  - 3\nSP  - 12\nER  - \n\n'
  printf 'TY  - JOUR\nTI  - Of Snow\nAU  - Moth, K.\nPY  - 2001\nJO  - J Snow\nVL  - 3\nSP  - 12\nAB  - Snow fell.\nER  - \n'
} >in.ris
unecho clean -q --compare works in.ris -o out.jsonl --provenance p.jsonl --report r.json
jq -c '[.ref, .title, .text]' out.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus out.jsonl --recall
