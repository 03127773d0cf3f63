# A run against an index is proved without the inputs of earlier runs; what is wrong with it is found.
say() { printf '{"id":"%s","title":"","text":"%s"}\n' "$@"; }
{
  say a1 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi'
  say a2 'one two three four five six seven eight nine ten eleven twelve thirteen'
  say a3 'C++'
  say a4 'one two three four five six seven eight nine ten eleven twelve thirteenth'
} >old.jsonl
{
  say b1 'Alpha, beta, gamma, delta: epsilon zeta eta theta iota kappa lambda mu nu xi!'
  say b2 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu omega'
  say b3 'C#'
  say b4 'c++'
  say b5 'one two three four five six seven eight nine ten eleven twelve thirteenth'
  say b6 'something new that nobody has said before in so many words'
} >new.jsonl
unecho clean -q old.jsonl --id-field id --index seen -o old.out --provenance old.p
unecho clean -q new.jsonl --id-field id --index seen -o new.out --provenance new.p --report new.json
rm old.jsonl
jq -c '[.ref, .fate, .witness, .equal, .member, .witness_id]' new.p
# By the report; by the options; when a later run has added to the index.
audit() { unecho audit --provenance "${1-new.p}" --corpus new.out --index seen --recall "${@:2}"; }
audit new.p --report new.json
audit new.p --id-field id new.jsonl
say c1 'a later record that is of no concern to the run that is looked at here' | unecho clean -q --index seen -o later.out
audit new.p --report new.json
audit new.p --id-field id new.jsonl

# Each of these is found.
wrong() {
  sed "$1" new.p >wrong.p
  ! cmp -s new.p wrong.p || fail "nothing was changed by $1"
  expect_exit 1 audit wrong.p --report new.json
  says stderr "$2"
}
wrong '2s/old.jsonl#1/old.jsonl#2/g' 'similarity to old.jsonl#2'
wrong '2s/"member":3/"member":2/' 'should say'
wrong '1s/"tokens"/"bytes"/' 'byte by byte'
wrong '2s/a1/a2/' 'is called "a1"'
wrong '2s/0\.[0-9]*/0.900000/' 'its similarity to old.jsonl#1'
wrong '4s/old.jsonl#3/old.jsonl#1/g' 'its tokens differ'
# The key of a removed record is known, and what it went for.
wrong '5s/old.jsonl#2/old.jsonl#1/g' 'an earlier run has removed a record like it for old.jsonl#2'
wrong '2s/old.jsonl#1/older.jsonl#1/g' 'its witness is no record of these inputs, nor of the index'
# A copy of an old record that stayed.
sed '1s/"fate":"exact".*/"fate":"kept","group":"new.jsonl#1","member":1}/' new.p >wrong.p
expect_exit 1 audit wrong.p --report new.json
says stderr 'is kept although its tokens equal those of old.jsonl#1'
jq '.index.kept = 2' new.json >other.json
expect_exit 1 audit new.p --report other.json
says stderr 'kept'

# Without the index nothing can be said.
expect_exit 1 unecho audit --report new.json --provenance new.p
says stderr 'the run had an index (seen)'
expect_exit 1 unecho audit --id-field id --provenance new.p new.jsonl
says stderr 'of a run with --index, give that'
# One that is damaged is named.
printf 'x' | dd of=seen/run-000001 bs=1 seek=100 conv=notrunc status=none
expect_exit 1 audit new.p --report new.json
says stderr 'seen/run-000001' 'the index is damaged'
