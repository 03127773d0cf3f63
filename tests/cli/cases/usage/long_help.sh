# Options in groups, examples, and what may go wrong.
{ unecho --help; unecho clean --help; } >help
says help Input Matching Output Resources --threshold --provenance --memory 'unecho clean' 'unecho audit'
grep -q '1e-9' help || fail "--help does not say what a hash collision may cost"
