# Macros, groups, LaTeX accents, an entry that is never closed, and text between entries.
cat >papers.bib <<'END'
My references (mail: me@example.org).
@string{venue = "Proc. of {X}"}
@article{goedel31,
  title    = {{\"U}ber formal unentscheidbare {S}{\"a}tze},
  abstract = "In " # venue # " -- and elsewhere",
  year     = 1931
}
@book{lost, title = {Never closed {here},
@misc(last, title = "The last {O}ne", year = {2024})
END
unecho segment -q --layout bibtex papers.bib --id-field key --provenance p.jsonl | jq -c '{title, text}'
jq -c '{id, fate, reason, line}' p.jsonl
