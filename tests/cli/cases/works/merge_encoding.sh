# A head that names an encoding is read by it, and says UTF-8 when the file is written so. A source of which nothing is kept
# keeps its header, and no blank line.
printf '%% This file was created with JabRef 2.10.\n%% Encoding: Cp1252\n\n@article{a, title = {Caf\xe9 and fog}, author = {\xc5lund, M.}, year = 2011, journal = {J Fog}}\n' >old.bib
printf 'Title,Authors,Year,Source title,Volume\nCaf\xc3\xa9 and fog,"Alund, M.",2011,J Fog,12\n' >all.csv
unecho clean -q old.bib all.csv --compare works --merge --output-dir out --provenance p.jsonl --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus out
cat out/old.bib out/all.csv
unecho clean -q out/old.bib --compare works -o - | jq -c '.fields | [.author, .volume]'
for file in old.bib all.csv; do
  cp $file copy.$file
  unecho clean -qf $file copy.$file --compare works --output-dir both --provenance p.jsonl --report r.json
  unecho audit -q --report r.json --provenance p.jsonl --corpus both
  cat both/copy.$file
done
