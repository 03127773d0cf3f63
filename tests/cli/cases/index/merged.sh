# Two indexes into one: what is the same in both stays once, and groups are added up.
line() { printf '{"id":"%s","text":"%s"}\n' "$@"; }
{ line 1 'alpha beta gamma delta epsilon zeta eta theta iota kappa'; line 2 'red green blue'; line 3 'Red, green; blue'; } >a.jsonl
{ line 4 'alpha beta gamma delta epsilon zeta eta theta iota lambda'; line 5 'RED GREEN BLUE'; line 6 'yellow'; line 7 'Yellow'; } >b.jsonl
{ line 8 'yellow'; line 9 'red green blue'; line 10 'violet'; } >c.jsonl
unecho clean -q --id-field id a.jsonl --index a -o a.out
unecho clean -q --id-field id b.jsonl --index b -o b.out
unecho index merge a b -o both
unecho index export both
unecho index check both | cut -d, -f1
unecho clean -q --id-field id c.jsonl --index both --provenance c.p
jq -c '[.ref, .fate, .witness, .witness_id, .member]' c.p
# The two stay as they were, and a folder that is there is not touched.
unecho index check a | cut -d, -f1
expect_exit 1 unecho index merge a b -o both
says stderr 'both: is there already'
# They have to be made alike.
unecho clean -q --threshold 0.8 b.jsonl --index other -o other.out
expect_exit 1 unecho index merge a other -o none
says stderr '--threshold 0.7' '--threshold 0.8'
[ "$(find . -name ".none*" | wc -l)" = 0 ] || fail "$(ls -a)"
absent none
# Damage in one of them leaves nothing behind.
printf x | dd of=b/run-000001 bs=1 seek=200 conv=notrunc status=none
expect_exit 1 unecho index merge a b -o none
says stderr 'b/run-000001' 'damaged'
[ "$(find . -name ".none*" | wc -l)" = 0 ] || fail "$(ls -a)"
absent none
expect_exit 1 unecho index merge both both -o none
says stderr "the two are one index"
expect_exit 2 unecho index merge a -o none
says stderr 'unecho index merge A B -o C'
expect_exit 2 unecho index info a b
expect_exit 2 unecho index check a -o x
# With a key, and a run that has removed all: no record of it has marks.
key() { printf '{"k":"%s","text":"%s"}\n' "$@"; }
key 1 'to and fro' 2 'here and there' >k1.jsonl
key 1 'up and down' >k2.jsonl
unecho clean -q --key k k1.jsonl --index k1 -o k1.out
unecho clean -q --key k k2.jsonl --index k1 -o k2.out --provenance k2.p --report k2.json
unecho audit -q --report k2.json --provenance k2.p --index k1
unecho clean -q --key k k2.jsonl --index k2 -o k2b.out
unecho index merge -q k2 k1 -o k3
unecho index export k3
