# The pipe stays open: the records are there at once, but for the last two: the last paragraph may go on, and
# until it is known what that is, the one before may be a title or a short abstract.
mkfifo in
: >out
unecho clean -q <in >out &
exec 3>in
cat "$DATA/page_1.txt" >&3
enough() { [ "$(wc -l <out)" -ge 30 ]; }
wait_for 60 enough
exec 3>&-
wait $!
wc -l <out
