expect_exit 2 unecho clean --treshold 0.8 /dev/null
says stderr --treshold
[ ! -s stdout ] || fail "a usage error goes to stderr alone"
