# LF, CRLF and lone CR give the same records.
mkdir lf crlf cr
cp "$DATA/page_1.txt" lf/page.txt
sed 's/$/\r/' lf/page.txt >crlf/page.txt
tr '\n' '\r' <lf/page.txt >cr/page.txt
for d in lf crlf cr; do unecho segment -q "$d/page.txt" | jq -c '[.title, .text, .snapshot]' >"$d.out"; done
equal 32 "$(wc -l <lf.out)"
same lf.out crlf.out
same lf.out cr.out
