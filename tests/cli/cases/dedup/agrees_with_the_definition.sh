# Every fate, witness and similarity is that of an all-pairs comparison in a few lines of Python, at several settings.
dumps
unecho segment -f -q dumps/*.txt >segments.jsonl
for setting in '0.7 5' '0.5 5' '0.8 5' '0.7 1' '0.3 2' '1 5'; do
  read -r threshold shingle <<<"$setting"
  unecho dedup -f -q --threshold "$threshold" --shingle "$shingle" segments.jsonl --provenance provenance.jsonl >corpus.jsonl
  naive_dedup "$threshold" "$shingle" <segments.jsonl >want
  jq -r '(.witness // "" | sub(".*#"; "")) as $w |
         if .fate == "near" then "near \($w) SIMILARITY" elif .fate == "exact" then "exact \($w)" else .fate end' provenance.jsonl >shape
  # Six digits, as they are written: jq would shorten them.
  grep -oE '"similarity": ?[0-9.]+' provenance.jsonl | grep -oE '[0-9.]+$' >similarities || true
  sed -E 's/^(near [0-9]+) .*/\1 SIMILARITY/' want >want_shape
  same want_shape shape
  paste -d' ' <(jq -r 'select(.similarity) | .fate' provenance.jsonl) similarities | sed -n 's/^near //p' >got_similarities
  sed -nE 's/^near [0-9]+ //p' want >want_similarities
  same want_similarities got_similarities
done
