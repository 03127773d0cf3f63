# 92 records are 70 different texts, in LF and in CRLF dumps.
dumps
unecho segment -q dumps/*.txt >segments
equal 70 "$(jq -c '[.title, .text]' segments | sort -u | wc -l)" "different texts"
equal 70 "$(jq -r .id segments | sort -u | wc -l)" "different ids"
equal 70 "$(jq -c '[.id, .title, .text]' segments | sort -u | wc -l)" "different ids and texts"
