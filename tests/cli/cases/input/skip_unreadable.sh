# Of a folder, a file that cannot be read at all ends the run, or is named and skipped.
mkdir d
printf '{"text":"one two"}\n{"text":"three"}\n' >d/a.jsonl
printf '{\\rtf1 some text}' >d/b.rtf
printf '<?xml version="1.0"?><o><n a="1" b="2">w<n a="3" b="4">x</n><n a="5" b="6">y</n></n></o>' >d/c.xml
printf '{"text":"one two"}\n' >d/d.jsonl
expect_exit 1 unecho dedup d -o o.jsonl --provenance p.jsonl
says stderr "d/b.rtf" "RTF"
absent o.jsonl
unecho dedup d -o o.jsonl --skip-unreadable --provenance p.jsonl --report r.json 2>err
grep -q "^unecho: warning: skipped: d/b.rtf is a document of rich text" err || fail "$(cat err)"
grep -q "^unecho: warning: skipped: d/c.xml" err || fail "$(cat err)"
grep -q "^d/b.rtf  *0 B" err || fail "no line of the table says that nothing of it was read: $(cat err)"
equal 2 "$(wc -l <o.jsonl)" kept
unecho audit -q --skip-unreadable --provenance p.jsonl --corpus o.jsonl d || fail audit
unecho audit -q --report r.json --provenance p.jsonl --corpus o.jsonl d || fail "audit by the report"
