expect_exit 2 unecho clean --treshold 0.8 /dev/null
says stderr --treshold
[ ! -s stdout ] || fail "a usage error goes to stderr alone"
# What other tools call it.
expect_exit 2 unecho clean --jobs 4 /dev/null
says stderr "it is called --threads here"
expect_exit 2 unecho clean --num-perm 128 /dev/null
says stderr "follows from --threshold"
expect_exit 2 unecho stats --jobs 4 /dev/null
[ "$(grep -c "called" stderr)" = 0 ] || fail "stats has no --threads"
