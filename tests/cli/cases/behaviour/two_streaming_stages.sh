mkfifo in
: >out
unecho segment -q <in | unecho dedup -q >out &
exec 3>in
cat "$DATA/page_1.txt" >&3
enough() { [ "$(wc -l <out)" -ge 30 ]; }
wait_for 60 enough
exec 3>&-
wait $!
wc -l <out
