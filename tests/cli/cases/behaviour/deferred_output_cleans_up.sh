cat "$DATA/page_1.txt" | unecho clean -q --keep last --tmpdir "$TMPDIR" | wc -l
equal "" "$(ls "$TMPDIR")"
mkdir spool
cat "$DATA/page_1.txt" | unecho clean -q --annotate --tmpdir spool >/dev/null
equal "" "$(ls spool)"
expect_exit 1 unecho clean -q --keep last --tmpdir no/such/folder <"$DATA/page_1.txt"
says stderr no/such/folder
