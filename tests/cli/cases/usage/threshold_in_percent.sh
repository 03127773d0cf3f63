# 80 is meant to be .8, and the message says so.
expect_exit 2 unecho clean --threshold 80 /dev/null
says stderr --threshold 0.8
